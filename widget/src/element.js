import { LitElement, html, nothing, unsafeCSS } from "lit";
import { Api } from "./api.js";
import { Conversation } from "./conversation.js";
import { keepFocusInside } from "./focus.js";
import { Memory } from "./memory.js";
import { Peers } from "./peers.js";
import { base, contactsOf, served } from "./settings.js";
import style from "./style.css";
import { alarmView } from "./view/alarm.js";
import { callLink, emergencyLink } from "./view/calls.js";
import { composerView } from "./view/composer.js";
import { icons } from "./view/icons.js";
import { messageView } from "./view/message.js";
import { optionsView } from "./view/options.js";
import { statusView } from "./view/status.js";
import { wordsFor } from "./words.js";

const FULL_SCREEN = "(max-width: 480px), (max-height: 480px)";
const TOUCH = "(pointer: coarse)";
const SETTLED_AFTER = 150;

/**
 * The chat on a page. Attributes: `position` start or end, `heading`, `theme` light or dark, `open`, `embedded`,
 * `language`, `words` (id of a JSON script element).
 */
export class ChatElement extends LitElement {
  static properties = {
    position: {}, heading: {}, theme: { reflect: true }, language: {}, words: {},
    open: { type: Boolean }, embedded: { type: Boolean, reflect: true },
    shown: { state: true }, draft: { state: true }, options: { state: true }, settled: { state: true }, full: { state: true },
  };

  static styles = unsafeCSS(style);

  #full = matchMedia(FULL_SCREEN);
  #settling = 0;
  #seen = "";
  #known = null;

  constructor() {
    super();
    this.shown = false;
    this.draft = "";
    this.options = "";
    this.settled = false;
    this.full = this.#full.matches;
  }

  connectedCallback() {
    super.connectedCallback();
    const { language, words } = wordsFor(this.language, this.words);
    this.table = words;
    this.tongue = language;
    this.memory = new Memory();
    this.draft = this.memory.get("draft");
    this.conversation = new Conversation({
      api: new Api(base),
      memory: this.memory,
      peers: (answer, heard) => new Peers(`gut-skin-chat ${base}`, answer, heard),
      words,
      article: served.article,
      changed: this.#changed,
      draft: (text) => this.#type(this.draft || text),
    });
    this.#known = this.conversation.emergency;
    this.#full.addEventListener("change", this.#resized);
    addEventListener("online", this.#connection);
    addEventListener("offline", this.#connection);
    if (this.embedded || (this.memory.get("open") ? this.memory.get("open") === "yes" : this.open)) this.#show();
    else if (this.conversation.outbox.length) this.conversation.start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.conversation.leave();
    this.#full.removeEventListener("change", this.#resized);
    removeEventListener("online", this.#connection);
    removeEventListener("offline", this.#connection);
  }

  #resized = ({ matches }) => {
    this.full = matches;
  };

  #connection = ({ type }) => this.conversation.connection(type === "online");

  #show() {
    this.shown = true;
    this.memory.set({ open: "yes" });
    this.conversation.start();
  }

  #launch = async () => {
    this.#show();
    await this.updateComplete;
    this.#box.focus();
  };

  close = async () => {
    if (this.embedded) return;
    this.shown = false;
    this.options = "";
    this.memory.set({ open: "no" });
    await this.updateComplete;
    this.renderRoot.querySelector(".launcher").focus();
  };

  get #box() {
    return this.renderRoot.querySelector("#box");
  }

  #type = (text) => {
    this.draft = text;
    this.memory.set({ draft: text });
  };

  #send = () => {
    const text = this.draft.trim();
    if (!text) return this.#box.focus();
    this.#type("");
    this.conversation.say(text);
  };

  #pick(choice) {
    this.conversation.pick(choice);
    this.#settleFocus();
  }

  /** After a button that is gone: to the box, or where that would bring up a keyboard, to the messages. */
  #settleFocus() {
    const target = matchMedia(TOUCH).matches ? this.renderRoot.querySelector(".scroll") : this.#box;
    target.focus({ preventScroll: true });
  }

  #choose = (options) => async () => {
    this.options = options;
    await this.updateComplete;
    (this.renderRoot.querySelector(".options button") ?? this.renderRoot.querySelector(".more")).focus();
  };

  #leaveOptions(work) {
    return () => {
      this.options = "";
      this.#settleFocus();
      return work();
    };
  }

  #key = (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (this.options) this.#choose("")();
      else this.close();
    } else if (event.key === "Tab" && this.full && !this.embedded) {
      keepFocusInside(this.renderRoot.querySelector(".panel"), event);
    }
  };

  /** An emergency that comes while the chat is closed opens it, without moving the focus. */
  #changed = () => {
    const { emergency } = this.conversation ?? {};
    if (emergency && emergency !== this.#known) this.shown = true;
    this.#known = emergency;
    this.requestUpdate();
  };

  updated() {
    this.#settle();
    const { entries, pending, emergency, trouble } = this.conversation;
    const seen = [entries.length + pending.length, !!emergency, trouble, this.shown].join();
    if (seen !== this.#seen) this.#scrollToNewest();
    this.#seen = seen;
  }

  /** Messages restored or uncovered must not be read out; those that come later must. */
  #settle() {
    if (!this.shown || !this.conversation.live) {
      clearTimeout(this.#settling);
      this.#settling = 0;
      this.settled = false;
    } else if (!this.settled && !this.#settling) {
      this.#settling = setTimeout(() => {
        this.settled = true;
        this.#settling = 0;
      }, this.conversation.entries.length ? SETTLED_AFTER : 0);
    }
  }

  /** The end of the conversation, but never past the beginning of what is new. */
  #scrollToNewest() {
    const scroll = this.renderRoot.querySelector(".scroll");
    const asked = [...this.renderRoot.querySelectorAll(".mine")].at(-1);
    const end = scroll.scrollHeight - scroll.clientHeight;
    const start = asked ? asked.offsetTop - 8 : 0;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || !this.settled;
    scroll.scrollTo({ top: Math.min(end, start), behavior: calm ? "instant" : "smooth" });
  }

  render() {
    const { table: words, full, shown } = this;
    const side = this.position === "start" ? "start" : "end";
    if (this.embedded) return html`<div class="dock embedded" lang=${this.tongue}>${this.#panel(words, "region", nothing)}</div>`;
    return html`<aside class="dock ${side}" lang=${this.tongue} aria-label=${this.heading || words.title}>
      ${shown || !this.conversation.emergency ? nothing : html`<div class="standing">${emergencyLink(contactsOf("emergency")[0], words)}</div>`}
      <button class="launcher" ?hidden=${shown} aria-expanded="false" @click=${this.#launch}>${icons.chat}<span>${words.launcher}</span></button>
      ${this.#panel(words, "dialog", full ? "true" : nothing)}
    </aside>`;
  }

  #panel(words, role, modal) {
    const talk = this.conversation;
    const emergency = contactsOf("emergency")[0];
    return html`<section class="panel" role=${role} aria-modal=${modal} aria-labelledby="title" aria-describedby="nature" ?hidden=${!this.shown} @keydown=${this.#key}>
      <header>
        <div><h2 id="title">${this.heading || words.title}</h2><p id="nature">${words.subtitle}</p></div>
        ${emergencyLink(emergency, words)}
        <button class="plain icon more" aria-label=${words.more} aria-expanded=${this.options ? "true" : "false"} aria-controls=${this.options ? "options" : nothing}
          @click=${this.#choose(this.options ? "" : "list")}>${icons.more}</button>
        ${this.embedded ? nothing : html`<button class="plain icon" aria-label=${words.close} @click=${this.close}>${icons.close}</button>`}
      </header>
      ${optionsView({
        shown: this.options,
        words,
        restart: this.#leaveOptions(() => talk.restart()),
        ask: this.#choose("erase"),
        erase: this.#leaveOptions(() => talk.erase()),
        keep: this.#choose(""),
      })}
      ${alarmView(talk.emergency, words, () => {
        talk.dismiss();
        this.#settleFocus();
      })}
      <div class="scroll" tabindex="0" role="group" aria-label=${words.messages}>
        ${this.#messages(words)}
        ${talk.erased ? this.#farewell(words) : this.#underLast(words)}
      </div>
      ${statusView(talk, words, () => talk.retry())}
      <div class="always">
        <button @click=${() => { talk.say(words.ask_reception_text); this.#settleFocus(); }}>${icons.person}<span>${words.ask_reception}</span></button>
        ${contactsOf("reception").slice(0, 1).map((contact) => callLink(contact, words))}
      </div>
      ${composerView({ words, draft: this.draft, asks: talk.asks, typed: this.#type, send: this.#send })}
    </section>`;
  }

  #messages(words) {
    const { entries, pending, waiting, trouble } = this.conversation;
    const chat = {
      words, language: this.tongue, articleLanguage: served.article.language,
      close: () => { if (this.full) this.close(); },
    };
    const state = waiting ? "" : trouble === "offline" || trouble === "told" ? words.kept : trouble ? words.undelivered : "";
    const items = [
      ...entries.map((entry) => messageView(entry, chat)),
      ...pending.map(({ at, shown }) => messageView({ from: "visitor", at, text: shown }, chat, state)),
    ];
    return html`<div role=${this.settled ? "log" : "group"} aria-label=${words.log}>${items.length ? html`<ol>${items}</ol>` : nothing}</div>`;
  }

  /** What can be done about the last message: say whether it helped, or choose what is next. */
  #underLast(words) {
    const talk = this.conversation;
    const last = talk.entries.at(-1);
    const rated = last?.reply && !talk.pending.length;
    return html`${rated && talk.canRate(last)
        ? html`<div class="rating" role="group" aria-labelledby="helpful"><span id="helpful">${words.helpful}</span>
            <button @click=${() => this.#rate(last, true)}>${words.helpful_yes}</button><button @click=${() => this.#rate(last, false)}>${words.helpful_no}</button></div>`
        : nothing}
      ${talk.choices.length
        ? html`<div class="choices" role="group" aria-label=${words.choices}>${talk.choices.map((choice) => html`<button @click=${() => this.#pick(choice)}>${choice.title}</button>`)}</div>`
        : nothing}`;
  }

  #rate(entry, helpful) {
    this.conversation.rate(entry, helpful);
    this.#settleFocus();
  }

  #farewell(words) {
    return html`<div class="farewell"><p>${this.conversation.erased}</p>
      <button @click=${() => { this.conversation.restart(); this.#settleFocus(); }}>${words.new_chat}</button></div>`;
  }
}
