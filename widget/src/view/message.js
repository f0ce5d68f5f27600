import { html, nothing } from "lit";
import { ownWords, quoteParts } from "../reply.js";
import { isHere, passageAddress, showPassage } from "../page.js";
import { base } from "../settings.js";
import { webAddress } from "../safety.js";
import { callLink } from "./calls.js";
import { icons } from "./icons.js";

/** One message of the log. */
export function messageView(entry, chat, state = "") {
  const mine = entry.from === "visitor";
  return html`<li class="message ${mine ? "mine" : entry.reply.kind}">
    <span class="unseen">${mine ? chat.words.you : chat.words.assistant}, ${moment(entry.at, chat.language)}: </span>
    <div class="bubble">${mine ? html`<p>${entry.text}</p>` : replyView(entry.reply, chat)}</div>
    ${state ? html`<p class="delivery">${state}</p>` : nothing}
  </li>`;
}

function replyView(reply, chat) {
  const urgent = reply.kind === "emergency";
  return html`${reply.kind === "prompt" ? html`<p class="label">${chat.words.form}</p>` : nothing}
    ${urgent ? html`<span class="sign">${icons.alarm}</span>` : nothing}
    ${ownWords(reply).map((part) => html`<p>${part}</p>`)}
    ${reply.citations.map((citation) => quotationView(citation, chat))}
    ${urgent || !reply.contacts.length ? nothing : html`<p class="calls">${reply.contacts.map((contact) => callLink(contact, chat.words, true))}</p>`}`;
}

function quotationView({ quote, section, url }, chat) {
  const { words, close } = chat;
  return html`<figure aria-label=${words.quotation}>
    <blockquote lang=${chat.articleLanguage}>
      ${quoteParts(quote).map(({ bullets, lines }) =>
        bullets ? html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>` : lines.map((line) => html`<p>${line}</p>`))}
    </blockquote>
    <figcaption>${sourceView(webAddress(url, base), quote, section, words, close)}</figcaption>
  </figure>`;
}

function sourceView(href, quote, section, words, close) {
  if (!href) return html`${words.source} <cite>${section}</cite>`;
  if (isHere(href)) {
    const open = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      close();
      showPassage(href, quote);
    };
    return html`<a href=${passageAddress(href, quote)} @click=${open}>${words.source} <cite>${section}</cite> <span aria-hidden="true">↗</span></a>`;
  }
  return html`<a href=${passageAddress(href, quote)} target="_blank" rel="noopener noreferrer">${words.source} <cite>${section}</cite>
    <span aria-hidden="true">↗</span><span class="unseen"> ${words.source_new_tab}</span></a>`;
}

function moment(at, language) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return nothing;
  return html`<time datetime=${date.toISOString()}>${date.toLocaleTimeString(language, { hour: "numeric", minute: "2-digit" })}</time>`;
}
