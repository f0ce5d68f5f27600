import { Problem } from "./api.js";
import { canBeRated, readReply } from "./reply.js";

const SLOW_AFTER = 5_000;
const RETRY_AFTER = [3_000, 8_000, 20_000, 60_000];
const MOST_WAITS = 3;

/**
 * The conversation as the visitor sees it, and the way of each message to the server.
 *
 * A message stays in the outbox, which outlives a reload, until the server has answered it or refused it with words. It goes
 * out again under the same id, so that the server answers it once.
 */
export class Conversation {
  entries = [];
  waiting = "";
  trouble = "";
  note = "";
  erased = "";
  emergency = null;
  ready = false;
  live = false;

  #delivering = false;
  #attempt = 0;
  #timer = 0;
  #slow = 0;
  #starting = null;
  #resumed = new Set();
  #renewed = "";

  constructor({ api, memory, peers, words, article, changed, draft }) {
    Object.assign(this, { api, memory, words, article, changed, draft });
    this.emergency = memory.get("emergency");
    this.peers = peers(() => this.#running(), (news) => this.#hear(news));
  }

  get outbox() {
    return this.memory.get("outbox");
  }

  /** The choices of the last replies, while nothing has been said since. */
  get choices() {
    if (this.outbox.length || this.erased) return [];
    const choices = [];
    for (const entry of [...this.entries].reverse()) {
      if (entry.from !== "assistant") break;
      choices.unshift(...(entry.reply?.choices ?? []));
    }
    return choices;
  }

  /** What is on its way, as the visitor wrote it. */
  get pending() {
    const said = this.entries.findLast(({ from }) => from === "visitor")?.text;
    return this.outbox.filter(({ message_id, shown }) => !(this.#resumed.has(message_id) && shown === said));
  }

  get asks() {
    return this.entries.at(-1)?.reply?.asks ?? "";
  }

  /** Brings back the conversation of this tab, or of another one, or begins one. */
  start() {
    this.#starting ??= this.#start().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  async #start() {
    if (this.ready) return;
    this.#trouble("");
    if (!this.memory.get("session")) {
      const running = await this.peers.ask();
      if (running) this.memory.set(running);
    }
    try {
      if (this.memory.get("session")) {
        this.#resumed = new Set(this.outbox.map(({ message_id }) => message_id));
        await this.#restore();
      } else {
        this.live = true;
        await this.#open();
      }
      this.ready = true;
    } catch (problem) {
      const offline = problem.kind === "offline";
      if (this.outbox.length) this.#unread(offline ? "offline" : "failed");
      else this.#trouble(offline ? "offline_idle" : "not_loaded");
      if (offline) this.#again(() => this.start());
    }
    this.#show();
    this.live = true;
    this.#show();
    if (this.ready) await this.#deliver();
  }

  say(text) {
    return this.#post({ text }, text);
  }

  pick({ id, title }) {
    return this.#post({ choice: id }, title);
  }

  async #post(message, shown) {
    this.note = "";
    this.memory.set({ outbox: [...this.outbox, { ...message, message_id: newId(), shown, at: new Date().toISOString() }] });
    this.#show();
    if (!this.ready) return this.start();
    return this.#deliver();
  }

  /** The browser's own word about the connection. */
  connection(online) {
    if (online && this.trouble.startsWith("offline")) {
      this.#trouble("");
      this.note = this.words.back;
      this.retry();
    } else if (!online && !this.trouble) {
      this.#trouble("offline_idle");
    }
    this.#show();
  }

  /** At once, instead of when it is due. */
  retry() {
    this.#attempt = 0;
    clearTimeout(this.#timer);
    return this.ready ? this.#deliver() : this.start();
  }

  async restart() {
    const from = this.memory.get("thread");
    this.memory.forget();
    this.#clear();
    this.#show();
    try {
      await this.#open();
      this.note = this.words.restarted;
      this.ready = true;
      this.peers.tell({ renewed: from, ...this.#running() });
    } catch (problem) {
      this.#trouble(problem.kind === "offline" ? "offline_idle" : "not_loaded");
    }
    this.#show();
  }

  /** Erases here and on the server; the server's words with the reference. */
  async erase() {
    try {
      const { message, reference } = await this.api.erase(this.memory.get("session"));
      this.#finish(typeof message === "string" ? message : String(reference));
      this.peers.tell({ erased: this.memory.get("thread") });
      this.memory.forget();
    } catch (problem) {
      if (problem.kind === "expired" || problem.kind === "unauthorised") {
        this.memory.forget();
        this.#finish(problem.message);
      } else {
        this.note = this.words.erase_failed;
      }
    }
    this.#show();
  }

  async rate(entry, helpful) {
    const name = ratingName(entry);
    this.memory.set({ rated: [...this.memory.get("rated"), name] });
    this.note = this.words.helpful_thanks;
    this.#show();
    try {
      const passages = entry.reply.citations.map(({ passage }) => passage);
      await this.api.rate(this.memory.get("session"), this.article.hash, passages, helpful);
    } catch {
      this.memory.set({ rated: this.memory.get("rated").filter((rated) => rated !== name) });
      this.note = this.words.helpful_failed;
    }
    this.#show();
  }

  canRate(entry) {
    return canBeRated(entry.reply) && !this.memory.get("rated").includes(ratingName(entry));
  }

  wasRated(entry) {
    return this.memory.get("rated").includes(ratingName(entry));
  }

  dismiss() {
    this.#alarm(null);
    this.#show();
  }

  leave() {
    this.peers.leave();
    clearTimeout(this.#timer);
    clearTimeout(this.#slow);
  }

  async #open() {
    const answer = await this.api.open();
    if (!readReplies(answer).length) throw new Problem("broken");
    this.#keepSession(answer);
    this.memory.set({ thread: newId() });
    this.erased = "";
    this.#add(readReplies(answer));
  }

  async #restore() {
    try {
      await this.#load();
    } catch (problem) {
      if (problem.kind !== "expired" && problem.kind !== "unauthorised") throw problem;
      const outbox = this.outbox;
      this.memory.forget();
      await this.#open();
      this.memory.set({ outbox: outbox.filter(({ text }) => text) });
      this.note = this.words.expired;
    }
  }

  async #load() {
    const { messages } = await this.api.history(this.memory.get("session"));
    if (!Array.isArray(messages)) throw new Problem("broken");
    this.entries = messages.map(readEntry).filter(Boolean);
  }

  async #deliver() {
    if (this.#delivering || !this.ready) return;
    this.#delivering = true;
    clearTimeout(this.#timer);
    try {
      while (this.outbox.length && (await this.#send(this.outbox[0])));
    } finally {
      this.#delivering = false;
      this.#wait("");
      this.#show();
    }
  }

  /** Whether to go on with the next message. */
  async #send({ shown, at, ...message }) {
    this.#wait("typing");
    try {
      const answer = await this.api.send(this.memory.get("session"), message);
      const replies = readReplies(answer);
      if (!replies.length) throw new Problem("broken");
      this.#keepSession(answer);
      this.#settle();
      const resumed = this.#resumed.has(message.message_id) && (await this.#load().then(() => true, () => false));
      if (!resumed) this.entries = [...this.entries, { from: "visitor", at, text: shown }];
      this.#add(resumed ? [] : replies);
      this.#heed(replies);
      this.#attempt = 0;
      this.#trouble("");
      this.peers.tell({ said: this.memory.get("thread"), session: this.memory.get("session") });
      return true;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      return this.#mend(problem, shown, message);
    }
  }

  async #mend(problem, shown, message) {
    switch (problem.kind) {
      case "offline":
        this.#unread("offline");
        this.#again(() => this.#deliver());
        return false;
      case "slow":
      case "broken":
        this.#unread("failed");
        return false;
      case "too_fast":
      case "not_ready":
        this.#trouble("told", problem.message);
        this.#again(() => this.#deliver(), problem.retryAfter * 1000, MOST_WAITS);
        return false;
      case "expired":
      case "unauthorised":
        return this.#renew(shown, message);
      default:
        this.#settle();
        this.draft(shown);
        this.note = problem.message;
        return true;
    }
  }

  /** A new conversation for a message that came too late for the old one. */
  async #renew(shown, message) {
    const outbox = this.outbox;
    if (this.#renewed === message.message_id) {
      this.#unread("failed");
      return false;
    }
    this.#renewed = message.message_id;
    try {
      this.memory.forget();
      this.#clear();
      await this.#open();
    } catch (problem) {
      this.memory.set({ outbox });
      this.#unread(problem.kind === "offline" ? "offline" : "failed");
      this.ready = false;
      return false;
    }
    this.ready = true;
    this.note = this.words.expired;
    if (message.text === undefined) {
      this.note = `${this.words.expired} ${this.words.expired_choice}`;
      this.draft(shown);
    }
    this.memory.set({ outbox: outbox.filter(({ text }) => text !== undefined) });
    return true;
  }

  /** A message that nobody has read may be an emergency: say so, with the numbers that are in the page. */
  #unread(trouble) {
    this.#trouble(trouble);
    if (!this.emergency) this.#alarm({ unread: true, contacts: [] });
  }

  #again(work, after = 0, most = Infinity) {
    if (this.#attempt >= most) return this.#trouble("failed");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(work, after || RETRY_AFTER[Math.min(this.#attempt, RETRY_AFTER.length - 1)]);
    this.#attempt += 1;
  }

  #settle() {
    this.memory.set({ outbox: this.outbox.slice(1) });
  }

  #keepSession({ session }) {
    if (typeof session === "string") this.memory.set({ session });
  }

  #add(replies) {
    const at = new Date().toISOString();
    this.entries = [...this.entries, ...replies.map((reply) => ({ from: "assistant", at, reply }))];
    this.#show();
  }

  #heed(replies) {
    const emergency = replies.find(({ kind }) => kind === "emergency");
    if (emergency) this.#alarm({ unread: false, contacts: emergency.contacts });
    else if (this.emergency?.unread) this.#alarm(null);
  }

  #alarm(emergency) {
    this.emergency = emergency;
    this.memory.set({ emergency });
  }

  #wait(waiting) {
    clearTimeout(this.#slow);
    this.waiting = waiting;
    if (waiting) {
      this.#slow = setTimeout(() => {
        this.waiting = "slow";
        this.#show();
      }, SLOW_AFTER);
    }
    this.#show();
  }

  #trouble(trouble, told = "") {
    this.trouble = trouble;
    this.told = told;
  }

  #clear() {
    Object.assign(this, { entries: [], note: "", erased: "", ready: false });
    this.#trouble("");
    this.#alarm(null);
  }

  #finish(words) {
    this.#clear();
    this.erased = words;
  }

  #running() {
    const session = this.memory.get("session");
    return session && this.ready ? { session, thread: this.memory.get("thread") } : null;
  }

  async #hear(news) {
    const thread = this.memory.get("thread");
    if (!thread || ![news.said, news.erased, news.renewed].includes(thread)) return;
    if (news.erased) {
      this.memory.forget();
      this.#finish(this.words.erased_elsewhere);
    } else {
      if (news.renewed) {
        this.memory.forget();
        this.#clear();
        this.memory.set({ thread: news.thread });
        this.ready = true;
      }
      this.memory.set({ session: news.session });
      try {
        await this.#load();
      } catch {
        // the next message of this tab will find out
      }
    }
    this.#show();
  }

  #show() {
    this.changed();
  }
}

function readReplies({ replies }) {
  return (Array.isArray(replies) ? replies : []).map((raw) => readReply(raw)).filter(Boolean);
}

function readEntry(raw) {
  if (!raw || typeof raw !== "object") return null;
  if (raw.from === "visitor") return { from: "visitor", at: raw.at, text: String(raw.text ?? "") };
  const reply = readReply(raw);
  return reply && { from: "assistant", at: raw.at, reply };
}

/** Names an answer so that it is found again after a reload: by what it cites. */
const ratingName = ({ reply }) => reply.citations.map(({ passage }) => passage).join(" ");

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
