"""The whole way of a visitor, by mouse, by keyboard alone, and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.visitor import ANSWERED, DANGER


def test_by_mouse(visitor, fake):
    visitor.open()
    expect(visitor.messages.first).to_contain_text("not a doctor")
    expect(visitor.choices).to_have_count(4)
    visitor.choices.first.click()
    expect(visitor.messages).to_have_count(3)
    answer = visitor.messages.last
    expect(answer.locator("blockquote").first).to_contain_text("Restoring healthy gut bacteria")
    with visitor.page.expect_response("**/chat/feedback"):
        visitor.button("Yes").click()
    expect(visitor.status).to_have_text("Thank you for telling us.")
    assert fake.script.votes[-1]["passages"] == ["probiotics-help", "probiotics-caveat"]
    assert fake.script.votes[-1]["article"] == fake.script.known.article.sha256
    assert fake.script.votes[-1]["helpful"] is True
    expect(visitor.button("Yes")).to_have_count(0)
    visitor.button("Ask reception").click()
    visitor.button("Yes, I agree").click()
    expect(visitor.messages.last).to_contain_text("What is your name?")
    for said in ("Asha Rao", "98765 43210"):
        visitor.ask(said)
    visitor.button("Evening").click()
    expect(visitor.messages.last).to_contain_text("Reference 7F3A20C1")
    visitor.button("Conversation options").click()
    visitor.button("Delete this chat").click()
    visitor.button("Delete it").click()
    expect(visitor.status).to_contain_text("Reference 5C01D9AE")
    expect(visitor.messages).to_have_count(0)
    visitor.button("Start a new chat").click()
    expect(visitor.messages).to_have_count(1)


def test_by_keyboard_alone(visitor):
    keyboard = visitor.page.keyboard
    for _ in range(40):
        keyboard.press("Tab")
        if visitor.focused() == "Questions? Chat":
            break
    keyboard.press("Enter")
    expect(visitor.messages).to_have_count(1)
    assert visitor.focused() == "box"
    keyboard.type("What dose?")
    keyboard.press("Shift+Enter")
    keyboard.type("Of capsules")
    expect(visitor.box).to_have_value("What dose?\nOf capsules")
    keyboard.press("Enter")
    expect(visitor.messages).to_have_count(3)
    assert visitor.focused() == "box"
    for _ in range(9):
        keyboard.press("Shift+Tab")
        if visitor.focused() == ANSWERED:
            break
    keyboard.press("Space")
    expect(visitor.messages).to_have_count(5)
    assert visitor.focused() == "box"
    keyboard.press("Escape")
    expect(visitor.panel).to_be_hidden()
    assert visitor.focused() == "Questions? Chat"


def test_focus_is_not_trapped_beside_the_page(visitor):
    visitor.open()
    stops = set()
    for _ in range(60):
        visitor.page.keyboard.press("Tab")
        stops.add(visitor.focused())
    assert "Skip to the article" in stops


def test_on_a_phone_it_fills_the_screen_and_keeps_the_focus(visit):
    visitor = visit(viewport=PHONE, has_touch=True)
    visitor.open()
    box = visitor.panel.bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 320, 640)
    assert visitor.panel.get_attribute("aria-modal") == "true"
    assert visitor.focused() == "box"
    stops = []
    for _ in range(25):
        visitor.page.keyboard.press("Tab")
        stops.append(visitor.focused())
    assert "Close chat" in stops and "Skip to the article" not in stops
    visitor.page.keyboard.press("Shift+Tab")
    assert visitor.focused() != "body"
    visitor.choices.first.tap()
    expect(visitor.messages).to_have_count(3)
    assert visitor.focused() == "Messages"
    visitor.page.get_by_role("button", name="Close chat").tap()
    expect(visitor.launcher).to_be_visible()


def test_a_source_opens_the_article_at_its_passage_and_marks_it_all(visitor):
    visitor.open().ask(ANSWERED)
    visitor.page.get_by_role("link", name="Source: Can Probiotics Improve Skin?").first.click()
    marked = visitor.page.locator("[data-cited]")
    expect(marked.first).to_be_in_viewport()
    assert [part.get_attribute("id") for part in marked.all()] == [
        "probiotics-help", "probiotics-help-bacteria", "probiotics-help-inflammation", "probiotics-help-immune",
    ]  # fmt: skip
    assert visitor.focused() == "probiotics-help"
    assert visitor.page.url.endswith("#probiotics-help")
    page_box, panel_box = marked.first.bounding_box(), visitor.panel.bounding_box()
    assert page_box["x"] + page_box["width"] <= panel_box["x"]


def test_on_a_phone_a_source_uncovers_the_article(visit):
    visitor = visit(viewport=PHONE)
    visitor.open().ask(ANSWERED)
    visitor.page.get_by_role("link", name="Source: Can Probiotics Improve Skin?").first.click()
    expect(visitor.panel).to_be_hidden()
    expect(visitor.page.locator("#probiotics-help")).to_be_in_viewport()


def test_away_from_the_article_a_source_opens_a_tab_that_marks_the_words(visit):
    visitor = visit("/embed")
    expect(visitor.messages).to_have_count(1)
    visitor.ask(ANSWERED)
    source = visitor.page.get_by_role("link", name="Source: Can Probiotics Improve Skin?").first
    assert source.get_attribute("rel") == "noopener noreferrer"
    assert (
        "#probiotics-help:~:text=Probiotics%20may%20help%20by%3A,Modulating%20immune%20responses"
        in source.get_attribute("href")
    )


def test_the_bare_page_is_the_chat_alone(visit):
    visitor = visit("/embed")
    expect(visitor.messages).to_have_count(1)
    expect(visitor.launcher).to_have_count(0)
    expect(visitor.page.get_by_role("button", name="Close chat")).to_have_count(0)
    assert visitor.panel.bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 800}


def test_an_emergency_shows_its_numbers_until_it_is_closed(visitor):
    visitor.open().ask(DANGER)
    numbers = visitor.alert.get_by_role("link")
    hrefs = [number.get_attribute("href") for number in numbers.all()]
    assert hrefs == ["tel:112", "tel:108"]
    assert visitor.focused() == "box"
    visitor.ask(ANSWERED)
    expect(visitor.alert).to_contain_text("Emergency: get help now")
    visitor.page.reload()
    expect(visitor.alert).to_contain_text("Emergency: get help now")
    visitor.button("Close this notice").click()
    expect(visitor.alert).to_be_empty()
    assert visitor.focused() == "box"


def test_a_standing_emergency_stays_in_sight_when_the_chat_is_closed(visitor):
    visitor.open().ask(DANGER)
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.get_by_role("link", name="Emergency: 112")).to_be_in_viewport()


def test_restart_begins_anew(visitor):
    visitor.open().ask(ANSWERED)
    visitor.button("Conversation options").click()
    visitor.button("Start again").click()
    expect(visitor.messages).to_have_count(1)
    expect(visitor.status).to_have_text("A new conversation has begun.")


def test_keeping_the_chat_after_all(visitor):
    visitor.open()
    visitor.button("Conversation options").click()
    visitor.button("Delete this chat").click()
    visitor.page.keyboard.press("Escape")
    expect(visitor.button("Delete it")).to_have_count(0)
    assert visitor.focused() == "Conversation options"
    expect(visitor.messages).to_have_count(1)


@pytest.mark.parametrize("length", [799, 900, 1001])
def test_long_text_is_counted(visitor, length):
    visitor.open()
    visitor.box.fill("x" * length)
    shown = {799: "", 900: "100 characters left", 1001: "1 characters too many"}[length]
    count = visitor.page.locator("gut-skin-chat #count")
    expect(count).to_have_count(1 if shown else 0)
    if shown:
        expect(count).to_have_text(shown)


def test_too_long_text_comes_back_to_be_shortened(visitor):
    visitor.open().say("x" * 1001)
    expect(visitor.status).to_have_text("That message is too long.")
    expect(visitor.box).to_have_value("x" * 1001)


def test_call_and_reception_are_always_there(visitor):
    visitor.open()
    for _ in range(2):
        expect(visitor.button("Ask reception")).to_be_visible()
        expect(visitor.page.get_by_role("link", name=re.compile("^Call "))).to_be_visible()
        expect(visitor.panel.get_by_role("link", name="Emergency: 112").first).to_be_visible()
        visitor.ask(ANSWERED)
