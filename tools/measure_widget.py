"""The chat element in figures: its size, how soon it can be used, and how soon an answer is shown."""

from __future__ import annotations

import statistics
from typing import Any

import requests

from gutskin.settings import ROOT
from tools.running import running_assistant

TABLE = ROOT / "results" / "widget.txt"
ROUNDS = 7
QUESTION = "Can probiotics improve skin?"
USABLE = """() => {
  const script = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/widget.js"));
  return Math.max(0, performance.now() - script.startTime);
}"""
ANSWERED = """question => new Promise((shown) => {
  const root = document.querySelector("gut-skin-chat").shadowRoot;
  const count = root.querySelectorAll(".message").length;
  const box = root.querySelector("#box");
  box.value = question;
  box.dispatchEvent(new Event("input"));
  const began = performance.now();
  new MutationObserver((_, watch) => {
    if (root.querySelectorAll(".message").length < count + 2) return;
    watch.disconnect();
    requestAnimationFrame(() => shown(performance.now() - began));
  }).observe(root, { childList: true, subtree: true });
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
})"""


def measure(base: str) -> dict[str, Any]:
    """The figures at a running assistant, times in milliseconds as medians."""
    from tests.browser.browsers import chromium

    served = requests.get(f"{base}/widget.js", headers={"Accept-Encoding": "gzip"}, timeout=30, stream=True)
    size = len(served.raw.read(decode_content=False))
    usable, answered = [], []
    with chromium() as browser:
        for _ in range(ROUNDS):
            page = browser.new_context().new_page()
            page.goto(base, wait_until="commit")
            page.wait_for_function(
                "() => document.querySelector('gut-skin-chat')?.shadowRoot?.querySelector('.launcher')"
            )
            usable.append(page.evaluate(USABLE))
            page.get_by_role("button", name="Questions? Chat").click()
            page.locator("gut-skin-chat .message").first.wait_for()
            answered.append(page.evaluate(ANSWERED, QUESTION))
            page.context.close()
    return {
        "widget_gzip_bytes": size,
        "script_load_to_interactive_ms": round(statistics.median(usable)),
        "enter_to_answer_ms": round(statistics.median(answered)),
    }


def main() -> None:
    """Starts an assistant, prints its figures and keeps them in `results/widget.txt`."""
    with running_assistant() as running:
        table = "".join(f"{name:32} {value}\n" for name, value in measure(running.base).items())
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(table, encoding="utf-8")
    print(table, end="")


if __name__ == "__main__":
    main()
