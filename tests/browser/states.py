"""The eight states in which the page is looked at, each reached as a visitor would."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import ANSWERED, DANGER, Visitor

MESSAGES = "**/chat/messages"


def closed(visitor: Visitor) -> None:
    """The article, and the launcher."""


def opened(visitor: Visitor) -> None:
    visitor.open()
    expect(visitor.choices).to_have_count(4)


def answered(visitor: Visitor) -> None:
    visitor.open().ask(ANSWERED)


def choosing(visitor: Visitor) -> None:
    visitor.open().ask("What dose?")
    expect(visitor.choices.first).to_be_visible()


def alarmed(visitor: Visitor) -> None:
    visitor.open().ask(DANGER)
    expect(visitor.alert).to_contain_text("Emergency")


def failed(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.route(MESSAGES, lambda route: route.fulfill(status=500, body="{}"))
    visitor.say(ANSWERED)
    expect(visitor.button("Try again")).to_be_visible()


def in_form(visitor: Visitor) -> None:
    visitor.open()
    visitor.button("Ask reception").click()
    expect(visitor.messages).to_have_count(3)
    for answer in ("Yes, I agree", "Asha Rao", "98765 43210"):
        visitor.ask(answer)
    expect(visitor.button("Morning")).to_be_visible()


def offline(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.context.set_offline(True)
    visitor.say(ANSWERED)
    expect(visitor.status).to_contain_text("No connection")


STATES: dict[str, Callable[[Visitor], None]] = {
    "closed": closed, "open": opened, "answer": answered, "choices": choosing, "emergency": alarmed, "error": failed,
    "form": in_form, "offline": offline,
}  # fmt: skip
