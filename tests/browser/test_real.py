"""The same page with the real assistant behind it: what the stand-in cannot prove."""

import json
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from gutskin.settings import Settings
from gutskin.store.callbacks import CallbackRequests
from gutskin.store.database import Database
from gutskin.store.feedback import Feedback
from tests.browser.visitor import ANSWERED, DANGER, Visitor


@pytest.fixture
def visitor(context, real, complaints):
    yield Visitor(context().new_page(), real.base).arrive()
    assert complaints == []


def test_the_journey(visitor, real, known):
    visitor.open()
    expect(visitor.choices).to_have_count(4)
    visitor.choices.first.click()
    expect(visitor.messages).to_have_count(3)
    expect(visitor.messages.last.locator("blockquote").first).to_contain_text("Restoring healthy gut bacteria")
    with visitor.page.expect_response("**/chat/feedback"):
        visitor.button("Yes").click()
    expect(visitor.status).to_have_text("Thank you for telling us.")
    votes = Feedback(Database(Settings(state_dir=real.state))).counts(known.article.sha256)
    assert votes["probiotics-help"][True] >= 1
    visitor.page.get_by_role("link", name="Source: Can Probiotics Improve Skin?").first.click()
    expect(visitor.page.locator("#probiotics-help")).to_be_in_viewport()
    visitor.ask(DANGER)
    expect(visitor.alert.get_by_role("link", name="Emergency: 112")).to_be_visible()
    visitor.page.reload()
    expect(visitor.messages).to_have_count(5)
    visitor.button("Conversation options").click()
    visitor.button("Delete this chat").click()
    visitor.button("Delete it").click()
    expect(visitor.status).to_contain_text("Reference")


def test_reception_is_one_button_away(visitor):
    visitor.open()
    visitor.button("Ask reception").click()
    expect(visitor.messages).to_have_count(3)
    expect(visitor.messages.last).not_to_have_class("message error")


def test_a_call_is_asked_for_and_withdrawn(visitor, real):
    visitor.open().ask("please have somebody from reception ring me")
    expect(visitor.messages.last).to_contain_text("How to withdraw")
    visitor.button("Yes, keep it for the call").click()
    expect(visitor.messages).to_have_count(5)
    expect(visitor.box).to_have_attribute("autocomplete", "name")
    for said in ("Asha", "+91 98000 00001"):
        visitor.ask(said)
    visitor.button("Evening").click()
    expect(visitor.messages.last).to_contain_text("Your request is stored under the reference")
    (kept,) = CallbackRequests(Settings(state_dir=real.state)).all()
    expect(visitor.messages.last).to_contain_text(kept.reference)
    visitor.ask("withdraw my call-back request")
    expect(visitor.messages.last).to_contain_text("is withdrawn")
    assert CallbackRequests(Settings(state_dir=real.state)).all() == []


def test_an_answer_lost_on_its_way_is_not_given_twice(visitor):
    visitor.open()
    visitor.lose_first_answer()
    visitor.say(ANSWERED)
    visitor.button("Try again").click()
    expect(visitor.messages).to_have_count(3)
    visitor.page.reload()
    expect(visitor.messages).to_have_count(3)


def test_a_repeated_message_id_gets_the_same_replies(real):
    client = real.client()
    token = client.open()["session"]
    body = {"session": token, "text": ANSWERED, "message_id": "m1"}
    first, second = (_post(f"{real.base}/messages", body)["replies"] for _ in range(2))
    assert first == second
    third = _post(f"{real.base}/messages", {**body, "message_id": "m2"})["replies"]
    assert third[0]["choices"] != first[0]["choices"]


def test_the_bare_page_and_the_script_say_who_may_use_them(real):
    with urlopen(f"{real.base}/embed") as answer:
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    with urlopen(Request(f"{real.base}/widget.js", headers={"Accept-Encoding": "gzip"})) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["ETag"]
        assert len(answer.read()) <= 20_000


def _post(url, body):
    request = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urlopen(request, timeout=30) as answer:
        return json.load(answer)
