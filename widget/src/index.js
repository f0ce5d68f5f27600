import { ChatElement } from "./element.js";
import { scriptElement, scriptOptions } from "./settings.js";
import { leaveRoomForLauncher } from "./page.js";

const NAME = "gut-skin-chat";

function install() {
  leaveRoomForLauncher();
  if (document.querySelector(NAME)) return;
  const element = document.createElement(NAME);
  for (const [name, value] of Object.entries(scriptOptions)) element.setAttribute(name === "title" ? "heading" : name, value);
  document.body.append(element);
}

if (!customElements.get(NAME)) {
  customElements.define(NAME, ChatElement);
  if (document.readyState === "loading" && !scriptElement?.defer) {
    document.addEventListener("DOMContentLoaded", install, { once: true });
  } else {
    install();
  }
}
