import { html, nothing } from "lit";
import { icons } from "./icons.js";

const RETRIED = ["failed", "not_loaded", "offline", "offline_idle", "told"];

/** One line of state: what is going on, or what went wrong and what to do. */
export function statusView({ waiting, trouble, told, note, erased }, words, retry) {
  const text = trouble && !waiting ? told || words[trouble] : waiting ? words[waiting] : note || erased;
  const kind = waiting || (trouble ? "trouble" : note ? "note" : "");
  return html`<div class="state ${kind}" ?data-unseen=${!kind}>
    ${waiting ? html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>` : nothing}
    ${trouble && !waiting ? html`<span class="sign">${trouble.startsWith("offline") ? icons.cloud : icons.alarm}</span>` : nothing}
    <div role="status">${text}</div>
    ${trouble && !waiting && RETRIED.includes(trouble) ? html`<button @click=${retry}>${words.retry}</button>` : nothing}
  </div>`;
}
