const PATIENCE = 22_000;

/** Why a request brought nothing: `kind` is offline, slow, broken or the contract's error code. */
export class Problem extends Error {
  constructor(kind, message = "", retryAfter = 0) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }
}

/** The public contract. */
export class Api {
  constructor(base, patience = PATIENCE) {
    this.base = base;
    this.patience = patience;
  }

  open() {
    return this.#call("POST", "sessions", { body: {} });
  }

  send(session, message) {
    return this.#call("POST", "messages", { body: { session, ...message } });
  }

  history(session) {
    return this.#call("GET", "history", { session });
  }

  erase(session) {
    return this.#call("DELETE", "sessions", { session });
  }

  rate(session, article, passages, helpful) {
    return this.#call("POST", "feedback", { body: { session, article, passages, helpful } });
  }

  async #call(method, path, { body, session }) {
    const headers = {};
    if (body) headers["Content-Type"] = "application/json";
    if (session) headers.Authorization = `Bearer ${session}`;
    const stop = AbortSignal.timeout(this.patience);
    let answer, document;
    try {
      answer = await fetch(new URL(path, this.base), { method, headers, body: body && JSON.stringify(body), signal: stop, credentials: "omit" });
      document = await answer.json();
    } catch {
      throw new Problem(stop.aborted ? "slow" : answer ? "broken" : "offline");
    }
    if (answer.ok && document && typeof document === "object") return document;
    const { code, message } = document?.error ?? {};
    const known = answer.status < 500 || answer.status === 503;
    throw new Problem(known && typeof code === "string" ? code : "broken", typeof message === "string" ? message : "", Number(answer.headers.get("Retry-After")) || 0);
  }
}
