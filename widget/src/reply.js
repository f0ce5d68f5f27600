const string = (value) => (typeof value === "string" ? value : "");
const list = (value) => (Array.isArray(value) ? value.filter((item) => item && typeof item === "object") : []);

/** A reply with every field of its type, whatever came; nothing if there is nothing to show. */
export function readReply(raw) {
  if (!raw || typeof raw !== "object" || !string(raw.text).trim()) return null;
  return {
    kind: string(raw.kind) || "smalltalk",
    text: raw.text,
    asks: string(raw.asks),
    citations: list(raw.citations).map(({ passage, section, quote, url }) => ({
      passage: string(passage), section: string(section), quote: string(quote), url: string(url),
    })),
    choices: list(raw.choices).filter(({ id, title }) => string(id) && string(title)).map(({ id, title }) => ({ id, title })),
    contacts: list(raw.contacts).filter(({ number }) => string(number)).map(({ label, number }) => ({ label: string(label), number })),
  };
}

/** The reply's own words, by paragraph: its text without the quotations, their places and the numbers, shown apart. */
export function ownWords({ text, citations, contacts }) {
  let rest = text;
  for (const { quote } of citations) rest = rest.replace(`“${quote}”`, () => "\n");
  const apart = new Set([
    ...citations.map(({ section }) => `— ${section}`),
    ...contacts.map(({ label, number }) => `${label}: ${number}`),
  ]);
  return rest.split("\n").filter((line) => !apart.has(line.trim())).join("\n").split(/\n{2,}/).map((part) => part.trim()).filter(Boolean);
}

/** A quotation as paragraphs and lists: `[{bullets: false, lines}, …]`. */
export function quoteParts(quote) {
  const parts = [];
  for (const line of quote.split("\n")) {
    const bullets = line.startsWith("• ");
    if (!parts.length || parts.at(-1).bullets !== bullets) parts.push({ bullets, lines: [] });
    parts.at(-1).lines.push(bullets ? line.slice(2) : line);
  }
  return parts;
}

/** A "was this helpful?" belongs to an answer that quotes; its passages are those that it cites. */
export const canBeRated = (reply) => reply.kind === "answer" && reply.citations.length > 0;
