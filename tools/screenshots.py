"""Pictures of the states of the chat and of the desk's pages, on a desktop and a phone, light and dark."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gutskin.settings import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

FOLDER = ROOT / "results" / "screenshots"
SCREENS: dict[str, ViewportSize] = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """Writes `results/screenshots/<name>-<screen>-<scheme>.png`; names given as arguments choose, `desk-new` a desk's page."""
    from tests.browser.browsers import chromium
    from tests.browser.fake import fake_assistant
    from tests.browser.receptionist import PAGES, come
    from tests.browser.shift import shift
    from tests.browser.states import STATES
    from tests.browser.visitor import Visitor

    FOLDER.mkdir(parents=True, exist_ok=True)
    with fake_assistant() as fake, shift() as desk, chromium() as browser:
        pictures: dict[str, Callable[[Page], object]] = {
            **{
                name: partial(lambda show, tab: show(Visitor(tab, fake.base).arrive()), show)
                for name, show in STATES.items()
            },
            **{f"desk-{name}": partial(lambda name, tab: come(tab, desk, name), name) for name in PAGES},
        }
        for name in sys.argv[1:] or pictures:
            take(browser, name, pictures[name], whole=name.startswith("desk-"))
    print(f"Pictures in {FOLDER.relative_to(ROOT)}")


def take(browser: Browser, name: str, show: Callable[[Page], object], whole: bool = False) -> None:
    """The pictures of one state on every screen."""
    for screen, viewport in SCREENS.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport=viewport, color_scheme=scheme, reduced_motion="reduce", has_touch=screen == "phone"
            )
            tab = context.new_page()
            show(tab)
            tab.wait_for_timeout(300)
            tab.screenshot(path=Path(FOLDER, f"{name}-{screen}-{scheme}.png"), full_page=whole)
            context.close()


if __name__ == "__main__":
    main()
