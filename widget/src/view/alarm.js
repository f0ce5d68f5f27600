import { html, nothing } from "lit";
import { contactsOf } from "../settings.js";
import { callLink } from "./calls.js";
import { icons } from "./icons.js";

/** The emergency box: empty until it is needed, then there until it is closed. */
export function alarmView(emergency, words, dismiss) {
  return html`<div class="alarm" ?data-on=${emergency}>
    <div role="alert">${emergency ? box(emergency, words) : nothing}</div>
    ${emergency ? html`<button class="plain dismiss" @click=${dismiss}>${words.dismiss}</button>` : nothing}
  </div>`;
}

function box({ unread, contacts }, words) {
  const numbers = contacts.length ? contacts : contactsOf("emergency");
  const crisis = contactsOf("crisis").some(({ number }) => number === numbers[0]?.number);
  const title = unread ? words.unread : crisis ? words.crisis : words.emergency;
  return html`<h3>${icons.alarm}<span>${title}</span></h3>
    ${unread ? html`<p>${words.unread_text}</p>` : nothing}
    <p class="calls">${numbers.map((contact) => callLink(contact, words, true))}</p>
    ${unread ? nothing : html`<p>${words.emergency_wait}</p>`}`;
}
