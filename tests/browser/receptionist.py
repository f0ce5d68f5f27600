"""A person at the desk: what they see and do, by role and name, and every page that they may come to."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.browser.shift import DANGER, PASSWORD, Shift


@dataclass
class Receptionist:
    """One tab at a desk."""

    page: Page
    base: str

    def log_in(self, name: str) -> Receptionist:
        self.try_password(name, PASSWORD)
        self.button("Log out").wait_for()
        return self

    def try_password(self, name: str, password: str) -> Receptionist:
        self.page.goto(f"{self.base}/login")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Log in").click()
        return self

    def go(self, path: str) -> Receptionist:
        self.page.goto(f"{self.base}{path}")
        return self

    def suggest(self, words: str) -> Receptionist:
        """Asks for a suggested reply, by keyboard alone, and waits for it."""
        self.page.keyboard.press("Alt+s")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Control+Enter")
        self.page.locator("#suggestion .answer").wait_for()
        return self

    def erase(self, reference: str) -> Receptionist:
        """Asks to erase a request, and is asked back."""
        self.page.get_by_label("Reference to erase").fill(reference)
        self.button("Erase").click()
        self.page.get_by_role("heading", name=f"Erase {reference}?").wait_for()
        return self

    @property
    def rows(self) -> Locator:
        return self.page.locator(".queue tbody tr")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)


PAGES = {
    "login": (None, lambda who, at: who.go("/login")),
    "refused": (None, lambda who, at: who.try_password("Nobody", "a wrong one").page.get_by_role("alert").wait_for()),
    "new": ("Ada", lambda who, at: who.go("/")),
    "mine": ("Rita", lambda who, at: who.go("/queue/mine")),
    "taken": ("Ada", lambda who, at: who.go("/queue/taken")),
    "of another": ("Ada", lambda who, at: who.go(f"/requests/{at.mine}")),
    "done": ("Ada", lambda who, at: who.go("/queue/done")),
    "found": ("Ada", lambda who, at: who.go("/queue/new?search=9800")),
    "waiting": ("Ada", lambda who, at: who.go(f"/requests/{at.open}")),
    "request": ("Rita", lambda who, at: who.go(f"/requests/{at.mine}")),
    "ended": ("Ada", lambda who, at: who.go(f"/requests/{at.done}")),
    "suggestion": ("Rita", lambda who, at: who.go(f"/requests/{at.mine}").suggest("can probiotics help")),
    "emergency": ("Ada", lambda who, at: who.go("/").suggest(DANGER)),
    "insights": ("Ada", lambda who, at: who.go("/insights").page.get_by_text("Day by day").click()),
    "audit": ("Ada", lambda who, at: who.go("/audit")),
    "erasing": ("Ada", lambda who, at: who.go("/audit").erase(at.open)),
    "account": ("Ada", lambda who, at: who.go("/account")),
    "problem": ("Ada", lambda who, at: who.go("/requests/ABCDEF")),
}
"""Each page, with who is logged in there, if anybody is."""


def come(page: Page, at: Shift, name: str) -> Receptionist:
    """Shows a page of the desk."""
    person, show = PAGES[name]
    who = Receptionist(page, at.base)
    if person:
        who.log_in(person)
    show(who, at)
    return who
