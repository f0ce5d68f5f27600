import { base, served } from "./settings.js";

const CITED = "data-cited";

/** Focused parts of the page must not end up under the launcher; a page's own rule wins over this one. */
export function leaveRoomForLauncher() {
  addStyle(":where(html){scroll-padding-bottom:5.5rem}");
}

/** The address of a passage; away from this page with its words, so that the browser marks them there. */
export function passageAddress(href, quote) {
  if (isHere(href)) return new URL(href).hash;
  const lines = quote.replace(/^• /gm, "").split("\n").map((line) => line.split(/\s+/));
  const edge = (part) => encodeURIComponent(part.join(" ")).replace(/-/g, "%2D");
  const short = lines.length === 1 && lines[0].length <= 8;
  const range = short ? edge(lines[0]) : `${edge(lines[0].slice(0, 4))},${edge(lines.at(-1).slice(-4))}`;
  return href.includes("#") ? `${href}:~:text=${range}` : `${href}#:~:text=${range}`;
}

export function isHere(href) {
  const there = new URL(href);
  const ours = place(location) === place(there) || (isServersPage() && place(there) === place(new URL(served.article.url, base)));
  return ours && there.hash.length > 1 && !!document.getElementById(idIn(there));
}

/** Scrolls to the passage on this page, marks all of the quotation, and leaves the focus on it. */
export function showPassage(href, quote) {
  const start = document.getElementById(idIn(new URL(href)));
  for (const marked of document.querySelectorAll(`[${CITED}]`)) marked.removeAttribute(CITED);
  addStyle(`:where([${CITED}]){background:Mark;color:MarkText}`);
  const parts = quote.split("\n").map(bare);
  const all = [...document.querySelectorAll("[id]")];
  for (const element of all.slice(all.indexOf(start))) {
    if (element !== start && !parts.some((part) => part.includes(bare(element.textContent)))) break;
    element.setAttribute(CITED, "");
  }
  start.setAttribute("tabindex", "-1");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  start.focus({ preventScroll: true });
  start.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
  history.replaceState(history.state, "", `#${start.id}`);
}

/** The assistant's own page, whatever name of the machine the visitor used. */
const isServersPage = () => place(location) === place(new URL(".", base));
const place = ({ origin, pathname }) => origin + pathname.replace(/\/$/, "");
const idIn = (url) => decodeURIComponent(url.hash.slice(1));
const bare = (text) => text.replace(/^• /, "").replace(/\s+/g, " ").trim();

const added = new Set();

function addStyle(rules) {
  if (added.has(rules)) return;
  added.add(rules);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
