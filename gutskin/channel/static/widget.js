"use strict";

/** A plain conversation with the assistant: a list of messages, a box, and the choices as buttons. */
class GutSkinChat extends HTMLElement {
  connectedCallback() {
    this.log = this.#part("div", { role: "log", "aria-label": "Conversation" });
    this.options = this.#part("div", {});
    const form = this.#part("form", {});
    this.box = document.createElement("input");
    this.box.setAttribute("aria-label", "Your question");
    this.box.maxLength = 1000;
    const send = document.createElement("button");
    send.textContent = "Ask";
    form.append(this.box, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.box.value;
      this.box.value = "";
      this.#send({ text }, text);
    });
    this.#open();
  }

  #part(name, attributes) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    this.append(element);
    return element;
  }

  async #open() {
    const answer = await this.#call("/chat/sessions", {});
    this.session = answer.session;
    this.#show(answer);
  }

  async #send(message, shown) {
    this.#line("You", shown);
    this.#show(await this.#call("/chat/messages", { session: this.session, ...message }));
  }

  async #call(path, body) {
    try {
      const answer = await fetch(path, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
      });
      return await answer.json();
    } catch {
      return { error: { message: "The assistant cannot be reached just now." } };
    }
  }

  #show(answer) {
    if (answer.session) this.session = answer.session;
    this.options.replaceChildren();
    if (answer.error) this.#line("Assistant", answer.error.message);
    for (const reply of answer.replies ?? []) {
      this.#line("Assistant", reply.text);
      for (const choice of reply.choices) {
        const button = document.createElement("button");
        button.textContent = choice.title;
        button.addEventListener("click", () => this.#send({ choice: choice.id }, choice.title));
        this.options.append(button);
      }
    }
  }

  #line(who, text) {
    const line = document.createElement("p");
    line.style.whiteSpace = "pre-line";
    line.textContent = `${who}: ${text}`;
    this.log.append(line);
  }
}

customElements.define("gut-skin-chat", GutSkinChat);
