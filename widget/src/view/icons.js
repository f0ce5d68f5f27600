import { svg, html } from "lit";

const icon = (paths) => html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths}</svg>`;

export const icons = {
  chat: icon(svg`<path d="M4 5h16v11H10l-5 4v-4H4z"/><path d="M8 9h8M8 12h5"/>`),
  close: icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`),
  more: icon(svg`<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3.5"/>`),
  send: icon(svg`<path d="M4 12h15M13 6l6 6-6 6"/>`),
  phone: icon(svg`<path d="M6 4h3l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z"/>`),
  person: icon(svg`<circle cx="12" cy="8" r="3.5"/><path d="M5 20a7 7 0 0 1 14 0"/>`),
  alarm: icon(svg`<path d="M12 3l10 18H2z"/><path d="M12 10v5M12 18h.01"/>`),
  cloud: icon(svg`<path d="M4 4l16 16M7 18h9M18 17a4 4 0 0 0 0-8 6 6 0 0 0-8-3M6 10a4 4 0 0 0 1 8"/>`),
};
