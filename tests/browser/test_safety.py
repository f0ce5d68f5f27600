"""Whatever the server or a visitor says is text, and only web and telephone addresses are links."""

import json
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from tests.browser.states import MESSAGES
from tests.browser.visitor import ANSWERED, DANGER, Visitor

STRINGS = yaml.safe_load((Path(__file__).parent / "xss.yml").read_text(encoding="utf-8"))
DANGEROUS = ("javascript:", "data:", "vbscript:", "blob:")


def hostile(string):
    return {
        "kind": "answer", "text": f"{string}\n\n“{string}”\n— {string}",
        "citations": [{"passage": string, "section": string, "quote": string, "url": string}],
        "choices": [{"id": "1", "title": string}], "contacts": [{"label": string, "number": string}],
    }  # fmt: skip


def links(visitor):
    return visitor.run(
        "() => [...document.querySelector('gut-skin-chat').shadowRoot.querySelectorAll('[href], [src]')].map(e => e.href)"
    )


def test_no_string_does_anything_but_be_shown(visitor):
    visitor.open()
    replies = iter(STRINGS)
    visitor.page.route(
        MESSAGES,
        lambda route: route.fulfill(
            body=json.dumps({"replies": [hostile(next(replies)), {**hostile(STRINGS[0]), "kind": "emergency"}]})
        ),
    )
    for number, string in enumerate(STRINGS):
        visitor.say(string)
        expect(visitor.messages).to_have_count(1 + 3 * (number + 1))
        assert string.strip() in visitor.messages.nth(3 * number + 1).text_content()
    assert visitor.run("() => window.broken") is None
    for address in links(visitor):
        assert address.startswith(("http://127.0.0.1", "tel:")), address
    inside = "() => document.querySelector('gut-skin-chat').shadowRoot.querySelectorAll('script, iframe, img, object').length"
    assert visitor.run(inside) == 0


@pytest.mark.parametrize("address", [string for string in STRINGS if ":" in string and "<" not in string])
def test_a_citation_with_a_bad_address_is_not_a_link(visitor, address):
    visitor.open()
    visitor.page.route(MESSAGES, lambda route: route.fulfill(body=json.dumps({"replies": [hostile(address)]})))
    visitor.say("x")
    expect(visitor.messages).to_have_count(3)
    assert not [link for link in links(visitor) if link.strip().lower().startswith(DANGEROUS) or "password" in link]


def test_under_a_strict_policy_nothing_is_refused_and_nothing_else_loaded(context, fake, complaints):
    asked = []
    opened = context()
    opened.on("request", lambda request: asked.append(request.url))
    page = opened.new_page()
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'"
    page.route(
        "**/clinic-page",
        lambda route: route.fulfill(
            content_type="text/html",
            headers={"Content-Security-Policy": policy},
            body="<!doctype html><title>A page</title><p>Ours</p><script src=/chat/widget.js defer></script>",
        ),
    )
    page.goto(fake.base.replace("/chat", "/clinic-page"))
    visitor = Visitor(page, fake.base).open().ask(ANSWERED)
    visitor.ask(DANGER)
    assert complaints == []
    paths = {address.removeprefix(fake.base.removesuffix("/chat")) for address in asked}
    assert paths == {"/clinic-page", "/chat/widget.js", "/chat/sessions", "/chat/messages"}
