/* global gutSkinSettings -- closed in around the built file by the server: clinic, contacts, article, words */

export const scriptElement = document.currentScript;

/** What the server knows of this clinic, in the page before any request. */
export const served = typeof gutSkinSettings === "undefined" ? { clinic: "", contacts: {}, article: {}, words: { en: {} } } : gutSkinSettings;

/** Where the channel is: beside the script. */
export const base = new URL(".", scriptElement?.src || location.href).href;

/** The `data-` settings of the script element, as attributes for the element that it adds. */
export const scriptOptions = { ...scriptElement?.dataset };

export function contactsOf(...groups) {
  return groups.flatMap((group) => served.contacts[group] ?? []);
}
