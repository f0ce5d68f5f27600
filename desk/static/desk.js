"use strict";
// Shortcuts, the copy button, and the announcement of new pressing requests. Without it every form still works.
(() => {
  const words = () => document.getElementById("words");
  const pressing = (within) => new Set((within.querySelector("[data-pressing]")?.dataset.pressing ?? "").split(" ").filter(Boolean));
  let known = pressing(document);

  document.addEventListener("keydown", (event) => {
    if (event.altKey && !event.ctrlKey && event.code === "KeyS" && words()) {
      event.preventDefault();
      words().focus();
      words().select();
    } else if (event.ctrlKey && event.key === "Enter" && event.target === words()) {
      event.preventDefault();
      document.getElementById("suggest").requestSubmit();
    }
  });

  document.addEventListener("input", (event) => {
    if (event.target !== words()) return;
    const copy = document.getElementById("copy");
    const answer = document.querySelector("[data-question]");
    if (copy && answer) copy.disabled = words().value.trim() !== answer.dataset.question;
  });

  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("#copy");
    if (!copy || copy.disabled) return;
    await navigator.clipboard.writeText(document.getElementById("reply").value);
    copy.textContent = "Copied";
  });

  const sound = document.getElementById("sound");
  if (sound) {
    sound.checked = localStorage.getItem("sound") === "on";
    sound.addEventListener("change", () => localStorage.setItem("sound", sound.checked ? "on" : "off"));
  }

  let focused = "";
  document.addEventListener("htmx:beforeSwap", (event) => {
    focused = event.target.id === "rows" && event.target.contains(document.activeElement) ? document.activeElement.id : "";
    if (event.detail.xhr.status >= 400 && event.target.id === "suggestion") event.detail.shouldSwap = true;
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "rows") return;
    if (focused) document.getElementById(focused)?.focus();
    const { new: count, tab } = event.target.querySelector(".tabs").dataset;
    document.title = `${count === "0" ? "" : `(${count}) `}${tab} – Reception desk`;
    if (tab !== "New") return;
    const found = pressing(event.target);
    const arrived = [...found].filter((reference) => !known.has(reference));
    known = found;
    if (!arrived.length) return;
    const news = document.getElementById("news");
    news.textContent = arrived.length === 1 ? news.dataset.one : news.dataset.more.replace("{count}", arrived.length);
    document.title = `! ${document.title}`;
    if (sound?.checked) beep();
  });

  function beep() {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    tone.connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.25);
  }
})();
