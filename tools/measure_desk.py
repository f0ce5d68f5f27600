"""The desk in figures: from Ctrl+Enter to a suggested reply on the screen."""

from __future__ import annotations

import statistics

from gutskin.settings import ROOT, Settings
from gutskin.store.database import Database
from gutskin.store.users import Users
from tools.running import Running, running_assistant

TABLE = ROOT / "results" / "desk.txt"
ROUNDS = 10
NAME, PASSWORD = "Receptionist", "measured at the desk"
CALLERS = (
    "can probiotics fix my acne", "which foods are good for the skin", "is there a link between stress and eczema",
    "her lips are swelling and she cannot breathe", "what does the consultation cost",
)  # fmt: skip
ANSWERED = """words => new Promise((shown) => {
  const box = document.getElementById("words");
  const place = document.getElementById("suggestion");
  place.replaceChildren();
  box.value = words;
  box.focus();
  const began = performance.now();
  new MutationObserver((_, watch) => {
    if (!place.querySelector(".answer")) return;
    watch.disconnect();
    requestAnimationFrame(() => shown(performance.now() - began));
  }).observe(place, { childList: true, subtree: true });
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true }));
})"""


def measure(running: Running) -> dict[str, int]:
    """Median and 95th percentile in milliseconds, at a running desk."""
    from tests.browser.browsers import chromium
    from tests.browser.receptionist import Receptionist

    settings = Settings.parse_obj({"state_dir": running.state})
    Users(Database(settings), settings.desk_idle_seconds).save(NAME, "reception", PASSWORD)
    with chromium() as browser:
        desk = Receptionist(browser.new_page(), running.desk).try_password(NAME, PASSWORD)
        desk.button("Log out").wait_for()
        desk.suggest(CALLERS[0])
        times = [desk.page.evaluate(ANSWERED, words) for _ in range(ROUNDS) for words in CALLERS]
    return {
        "ctrl_enter_to_suggestion_ms": round(statistics.median(times)),
        "ctrl_enter_to_suggestion_p95_ms": round(statistics.quantiles(times, n=20)[-1]),
    }


def main() -> None:
    """Starts an assistant, prints the figures of its desk and keeps them in `results/desk.txt`."""
    with running_assistant() as running:
        table = "".join(f"{name:32} {value}\n" for name, value in measure(running).items())
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(table, encoding="utf-8")
    print(table, end="")


if __name__ == "__main__":
    main()
