"use strict";
// Shortcuts, the copy button, and what a page says by itself: new pressing requests, no connection. Every form works without it.
(() => {
  document.documentElement.classList.add("scripts");
  const at = (id) => document.getElementById(id);
  const words = () => at("words");

  document.addEventListener("keydown", (event) => {
    if (event.altKey && !event.ctrlKey && event.code === "KeyS" && words()) {
      event.preventDefault();
      words().focus();
      words().select();
    } else if (event.ctrlKey && event.key === "Enter" && event.target === words()) {
      event.preventDefault();
      at("suggest").requestSubmit();
    }
  });

  document.addEventListener("input", (event) => {
    if (event.target !== words()) return;
    const copy = at("copy");
    const answer = document.querySelector("[data-question]");
    if (copy && answer) copy.disabled = words().value.trim() !== answer.dataset.question;
  });

  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("#copy");
    if (!copy || copy.disabled) return;
    await navigator.clipboard.writeText(at("reply").value);
    copy.textContent = "Copied";
  });

  const sound = at("sound");
  if (sound) {
    sound.checked = localStorage.getItem("sound") === "on";
    sound.addEventListener("change", () => localStorage.setItem("sound", sound.checked ? "on" : "off"));
  }

  let focused = "";
  document.addEventListener("htmx:beforeSwap", (event) => {
    focused = event.target.id === "rows" && event.target.contains(document.activeElement) ? document.activeElement.id : "";
  });

  // A part that refuses is shown where it was asked for; any other page, such as a proxy's, is a failure.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status >= 400 && !isPolled(event.target)) event.detail.shouldSwap = xhr.responseText.startsWith("<p ");
  });

  const isPolled = (part) => part.id === "pulse" || part.id === "rows";
  const failing = new Set();
  let heard = new Date();
  document.addEventListener("htmx:afterRequest", (event) => {
    const { target, successful, xhr } = event.detail;
    if (isPolled(target)) {
      if (successful) failing.delete(target.id);
      else failing.add(target.id);
      if (!failing.size) heard = new Date();
      const time = heard.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      const said = !failing.size ? "" : at("offline").dataset.words.replace("{time}", time);
      if (at("offline").textContent !== said) at("offline").textContent = said;
    } else if (target.id === "suggestion" && !successful && !xhr.responseText.startsWith("<p ")) {
      const problem = document.createElement("p"); // an older answer must not stand under a newer question
      problem.className = "problem";
      problem.setAttribute("role", "alert");
      problem.textContent = target.dataset.silent;
      target.replaceChildren(problem);
    }
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "rows" && focused) at(focused)?.focus();
    if (event.target.id === "pulse") tell(event.target);
  });

  // What has been shown in this tab is known; what has arrived since is news on every page, until it is opened, taken or seen.
  function tell(pulse) {
    const stored = JSON.parse(sessionStorage.getItem("pressing") ?? "null");
    const waiting = new Map([...pulse.querySelectorAll("[data-reference]")].map((row) => [row.dataset.reference, row]));
    const known = new Set(stored?.known ?? waiting.keys());
    const arrived = [...waiting.keys()].filter((reference) => !known.has(reference));
    const here = location.pathname.split("/")[2];
    const unseen = [...(stored?.unseen ?? []), ...arrived].filter((reference) => waiting.has(reference) && reference !== here);
    sessionStorage.setItem("pressing", JSON.stringify({ known: [...waiting.keys()], unseen }));
    show(unseen.map((reference) => waiting.get(reference).firstElementChild));
    const count = pulse.firstElementChild.dataset.new;
    const bare = document.title.replace(/^(! )?(\(\d+\) )?/, "");
    document.title = `${unseen.length ? "! " : ""}${count === "0" ? "" : `(${count}) `}${bare}`;
    if (arrived.length && localStorage.getItem("sound") === "on") beep();
  }

  function show(links) {
    const news = at("news");
    const shown = links.map((link) => link.pathname).join(" ");
    if ((news.dataset.shown ?? "") === shown) return; // what has not changed is not read out again
    news.dataset.shown = shown;
    if (!links.length) return news.replaceChildren();
    const said = document.createElement("span");
    said.textContent = links.length === 1 ? news.dataset.one : news.dataset.more.replace("{count}", links.length);
    const seen = document.createElement("button");
    seen.className = "quiet";
    seen.textContent = news.dataset.seen;
    seen.addEventListener("click", () => {
      const { known } = JSON.parse(sessionStorage.getItem("pressing"));
      sessionStorage.setItem("pressing", JSON.stringify({ known, unseen: [] }));
      document.title = document.title.replace(/^! /, "");
      show([]);
    });
    news.replaceChildren(said, ...links.map((link) => link.cloneNode(true)), seen);
  }

  function beep() {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    tone.connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.25);
  }
})();
