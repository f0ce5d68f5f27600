"""Pictures of the eight states of the page, on a desktop and a phone, light and dark."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gutskin.settings import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

FOLDER = ROOT / "results" / "screenshots"
SCREENS: dict[str, ViewportSize] = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """Writes `results/screenshots/<state>-<screen>-<scheme>.png`; names given as arguments choose states."""
    from tests.browser.browsers import chromium
    from tests.browser.fake import fake_assistant
    from tests.browser.states import STATES
    from tests.browser.visitor import Visitor

    FOLDER.mkdir(parents=True, exist_ok=True)
    chosen = sys.argv[1:] or list(STATES)
    with fake_assistant() as fake, chromium() as browser:
        for screen, viewport in SCREENS.items():
            for scheme in SCHEMES:
                for state in chosen:
                    context = browser.new_context(
                        viewport=viewport, color_scheme=scheme, reduced_motion="reduce", has_touch=screen == "phone"
                    )
                    visitor = Visitor(context.new_page(), fake.base).arrive()
                    STATES[state](visitor)
                    visitor.page.wait_for_timeout(300)
                    visitor.page.screenshot(path=Path(FOLDER, f"{state}-{screen}-{scheme}.png"))
                    context.close()
    print(f"Pictures in {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
