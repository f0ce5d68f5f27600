const REACHABLE = "a[href], button:not([disabled]), textarea, [tabindex='0']";

/** Keeps Tab within `panel`, which fills the screen. */
export function keepFocusInside(panel, event) {
  const stops = [...panel.querySelectorAll(REACHABLE)].filter((stop) => stop.getClientRects().length);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (panel.getRootNode().activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0]).focus();
}
