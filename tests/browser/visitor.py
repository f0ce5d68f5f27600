"""A visitor at the page: what a person sees and does, by role and name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

ANSWERED = "Can probiotics improve skin?"
DANGER = "My lips are swelling and I can't breathe"


@dataclass
class Visitor:
    """One tab."""

    page: Page
    base: str

    def arrive(self, path: str = "") -> Visitor:
        self.page.goto(f"{self.base}{path}")
        return self

    def open(self) -> Visitor:
        self.launcher.click()
        expect(self.messages.first).to_be_visible()
        return self

    def say(self, text: str) -> Visitor:
        self.box.fill(text)
        self.box.press("Enter")
        return self

    def ask(self, text: str) -> Visitor:
        """Says it and waits for the answer."""
        before = self.messages.count()
        self.say(text)
        expect(self.messages).to_have_count(before + 2)
        return self

    def lose_first_answer(self) -> None:
        """The first message reaches the server, but its answer does not come back."""
        lost: list[int] = []

        def lose_first(route: Route) -> None:
            if lost:
                return route.continue_()
            lost.append(1)
            route.fetch()
            return route.abort()

        self.page.route("**/chat/messages", lose_first)

    @property
    def launcher(self) -> Locator:
        return self.page.get_by_role("button", name="Questions? Chat")

    @property
    def panel(self) -> Locator:
        return self.page.locator("gut-skin-chat .panel")

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox", name="Your question")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log", name="Conversation")

    @property
    def messages(self) -> Locator:
        return self.page.locator("gut-skin-chat .message")

    @property
    def choices(self) -> Locator:
        return self.page.get_by_role("group", name="You can choose").get_by_role("button")

    @property
    def status(self) -> Locator:
        return self.page.get_by_role("status")

    @property
    def alert(self) -> Locator:
        return self.page.get_by_role("alert")

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    def focused(self) -> str:
        """The id, class or text of what has the focus, through the shadow root."""
        return str(self.page.evaluate(FOCUSED))

    def run(self, script: str, argument: Any = None) -> Any:
        return self.page.evaluate(script, argument)


FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at === document.body ? "body" : at.id || at.getAttribute("aria-label") || at.textContent.trim() || at.className;
}"""
