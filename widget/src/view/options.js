import { html, nothing } from "lit";

/** Starting again and deleting, the latter with a question first. */
export function optionsView({ shown, words, restart, ask, erase, keep }) {
  if (!shown) return nothing;
  if (shown === "erase") {
    return html`<div class="options" id="options" role="group" aria-labelledby="erase-question">
      <p id="erase-question">${words.erase_question}</p>
      <button class="danger" @click=${erase}>${words.erase_yes}</button><button @click=${keep}>${words.erase_no}</button>
    </div>`;
  }
  return html`<div class="options" id="options" role="group" aria-label=${words.more}>
    <button @click=${restart}>${words.restart}</button><button @click=${ask}>${words.erase}</button>
  </div>`;
}
