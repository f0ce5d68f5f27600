const KEY = "gut-skin-chat";
const EMPTY = { session: "", thread: "", open: "", draft: "", outbox: [], rated: [], emergency: null };

/** What this tab keeps until it is closed: never the conversation itself, only the key to it and what is not yet sent. */
export class Memory {
  #kept = { ...EMPTY };

  constructor() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
      for (const name of Object.keys(EMPTY)) {
        const usual = EMPTY[name];
        if (usual === null ? kept[name] : typeof kept[name] === typeof usual && Array.isArray(kept[name]) === Array.isArray(usual)) this.#kept[name] = kept[name];
      }
    } catch {
      // no storage, or not ours: the conversation lives as long as the page
    }
  }

  get(name) {
    return this.#kept[name];
  }

  set(values) {
    Object.assign(this.#kept, values);
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      // full or forbidden: as above
    }
  }

  forget() {
    this.set({ ...EMPTY, open: this.#kept.open });
  }
}
