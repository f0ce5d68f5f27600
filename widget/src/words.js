import { served } from "./settings.js";

/** The words of one language; `overrides` is the id of a JSON script element of the page that replaces some of them. */
export function wordsFor(language, overrides) {
  const tables = served.words;
  const wanted = [language, document.documentElement.lang].filter(Boolean).map((tag) => tag.toLowerCase());
  const name = wanted.flatMap((tag) => [tag, tag.split("-")[0]]).find((tag) => tables[tag]) ?? Object.keys(tables)[0];
  return { language: name, words: { ...tables[name], ...replacements(overrides) } };
}

function replacements(id) {
  const holder = id && document.getElementById(id);
  if (!holder) return {};
  try {
    const found = JSON.parse(holder.textContent);
    return Object.fromEntries(Object.entries(found).filter(([, word]) => typeof word === "string"));
  } catch {
    console.warn(`The words in #${id} are not JSON.`);
    return {};
  }
}

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
