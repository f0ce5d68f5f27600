import { html, nothing } from "lit";
import { callAddress } from "../safety.js";
import { fill } from "../words.js";
import { icons } from "./icons.js";

/** A number to tap; without a number that can be dialled, only its words. */
export function callLink(contact, words, named = false) {
  const text = fill(named ? words.number : words.call, contact);
  const href = callAddress(contact.number);
  return href ? html`<a class="button call" href=${href}>${icons.phone}<span>${text}</span></a>` : html`<span>${text}</span>`;
}

/** The emergency number, in one tap. */
export function emergencyLink(contact, words) {
  const href = contact && callAddress(contact.number);
  return href ? html`<a class="urgent" href=${href}>${fill(words.number, contact)}</a>` : nothing;
}
