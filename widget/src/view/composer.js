import { html, nothing } from "lit";
import { fill } from "../words.js";
import { icons } from "./icons.js";

const MOST = 1000;
const COUNTED_FROM = 800;
const PURPOSES = { name: "name", tel: "tel", email: "email" };

/** The box to type in. `asks` names what a form wants to know, for the browser's own help with it. */
export function composerView({ words, draft, asks, typed, send }) {
  const left = MOST - draft.length;
  const counted = draft.length >= COUNTED_FROM;
  const submit = (event) => {
    event.preventDefault();
    send();
  };
  const enter = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  };
  return html`<form @submit=${submit}>
    <label class="unseen" for="box">${words.box}</label>
    <textarea id="box" rows="1" enterkeyhint="send" placeholder=${words.box_hint} autocomplete=${PURPOSES[asks] ?? "off"}
      inputmode=${asks === "tel" || asks === "email" ? asks : "text"} aria-describedby=${counted ? "count" : nothing}
      .value=${draft} @input=${(event) => typed(event.target.value)} @keydown=${enter}></textarea>
    <button class="send" type="submit">${icons.send}<span>${words.send}</span></button>
    ${counted ? html`<p id="count" class="count ${left < 0 ? "over" : ""}">${fill(left < 0 ? words.over : words.left, { count: Math.abs(left) })}</p>` : nothing}
  </form>`;
}
