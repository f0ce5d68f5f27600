const PATIENCE = 150;

/** The other tabs of the same browser that show the same assistant. */
export class Peers {
  #channel = null;
  #waiting = null;

  /** `answer` gives the running conversation or nothing; `heard` takes news of it. */
  constructor(name, answer, heard) {
    if (typeof BroadcastChannel === "undefined") return;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }) => {
      if (!data || typeof data !== "object") return;
      if (data.asks) {
        const running = answer();
        if (running) this.tell({ answers: running });
      } else if (data.answers) {
        this.#waiting?.(data.answers);
      } else {
        heard(data);
      }
    };
  }

  /** The conversation that another tab has, or nothing. */
  ask() {
    if (!this.#channel) return Promise.resolve(null);
    return new Promise((found) => {
      this.#waiting = found;
      setTimeout(() => found(null), PATIENCE);
      this.tell({ asks: true });
    });
  }

  tell(news) {
    this.#channel?.postMessage(news);
  }

  leave() {
    this.#channel?.close();
    this.#channel = null;
  }
}
