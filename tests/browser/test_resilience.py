"""Nothing is lost, doubled or silent: reloads, tabs, an ended session, and every way in which a server can fail."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.states import MESSAGES
from tests.browser.visitor import ANSWERED, Visitor


def fulfil(status=200, document=None, body=None):
    return lambda route: route.fulfill(status=status, body=json.dumps(document) if body is None else body)


def test_a_reload_keeps_the_conversation_without_reading_it_out(visitor):
    visitor.open().ask(ANSWERED)
    expect(visitor.log).to_be_attached()
    visitor.page.add_init_script(WATCH_LOG)
    visitor.page.reload()
    expect(visitor.messages).to_have_count(3)
    expect(visitor.log).to_be_attached()
    assert visitor.run("() => window.liveWhenFilled") is False
    expect(visitor.choices).not_to_have_count(0)
    visitor.ask("Which foods are good for the skin?")


WATCH_LOG = """
window.liveWhenFilled = false;
const watch = setInterval(() => {
  const root = document.querySelector("gut-skin-chat")?.shadowRoot;
  if (!root) return;
  clearInterval(watch);
  new MutationObserver((changes) => {
    for (const change of changes)
      for (const node of change.addedNodes)
        if (node.nodeName === "OL" && change.target.getAttribute("role") === "log") window.liveWhenFilled = true;
  }).observe(root, { childList: true, subtree: true });
}, 1);
"""


def test_a_reload_in_the_middle_of_the_form_goes_on_with_it(visitor):
    visitor.open()
    visitor.button("Ask reception").click()
    expect(visitor.messages).to_have_count(3)
    for said in ("Yes, I agree", "Asha Rao"):
        visitor.ask(said)
    visitor.box.fill("98765")
    visitor.page.reload()
    expect(visitor.messages.last).to_contain_text("Which number")
    expect(visitor.box).to_have_value("98765")
    expect(visitor.box).to_have_attribute("autocomplete", "tel")
    visitor.ask("98765 43210")
    expect(visitor.button("Morning")).to_be_visible()


def test_nothing_of_the_conversation_stays_in_the_browser(visitor):
    visitor.open().ask("My secret: curd")
    kept = visitor.run("() => JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie])")
    assert "secret" not in kept
    assert visitor.run("() => localStorage.length") == 0


def test_a_second_tab_shows_and_continues_the_conversation(visitor, fake):
    visitor.open().ask(ANSWERED)
    second = Visitor(visitor.page.context.new_page(), fake.base).arrive()
    second.open()
    expect(second.messages).to_have_count(3)
    second.ask("Which foods are good for the skin?")
    expect(visitor.messages).to_have_count(5)
    visitor.button("Conversation options").click()
    visitor.button("Delete this chat").click()
    visitor.button("Delete it").click()
    expect(second.status).to_contain_text("deleted in another tab")
    expect(second.messages).to_have_count(0)


def test_an_ended_session_begins_anew_with_a_word_and_the_question(visitor, fake):
    visitor.open().ask(ANSWERED)
    fake.script.talks.clear()
    visitor.say("Which foods are good for the skin?")
    expect(visitor.status).to_contain_text("This is a new one")
    expect(visitor.messages).to_have_count(3)
    expect(visitor.messages.last).to_contain_text("Fibre-rich foods")


def test_a_choice_of_an_ended_session_is_kept_in_the_box(visitor, fake):
    visitor.open().ask(ANSWERED)
    fake.script.talks.clear()
    visitor.choices.first.click()
    expect(visitor.status).to_contain_text("Your choice is in the box")
    expect(visitor.box).not_to_have_value("")


def test_an_ended_session_is_noticed_at_reload(visitor, fake):
    visitor.open().ask(ANSWERED)
    fake.script.talks.clear()
    visitor.page.reload()
    expect(visitor.status).to_contain_text("This is a new one")
    expect(visitor.messages).to_have_count(1)


def test_a_forged_token_is_tried_only_twice(visitor):
    calls = []
    visitor.open()
    visitor.page.route(
        MESSAGES,
        lambda route: (calls.append(1), fulfil(401, {"error": {"code": "unauthorised", "message": "No."}})(route)),
    )
    visitor.say(ANSWERED)
    expect(visitor.button("Try again")).to_be_visible()
    assert len(calls) == 2


def test_offline_keeps_the_message_and_sends_it_once(visitor, fake):
    visitor.open()
    visitor.page.context.set_offline(True)
    visitor.say("offline words")
    expect(visitor.status).to_contain_text("No connection")
    expect(visitor.messages.last).to_contain_text("Not sent yet")
    expect(visitor.alert).to_contain_text("Nobody has read your message yet")
    expect(visitor.alert.get_by_role("link", name="Emergency: 112")).to_be_visible()
    expect(visitor.box).to_be_enabled()
    visitor.page.context.set_offline(False)
    expect(visitor.messages).to_have_count(3)
    expect(visitor.alert).to_be_empty()
    assert said(fake, "offline words") == 1


def test_an_answer_lost_on_its_way_is_not_asked_twice(visitor, fake):
    visitor.open()
    visitor.lose_first_answer()
    visitor.say("lost words")
    visitor.button("Try again").click()
    expect(visitor.messages).to_have_count(3)
    assert said(fake, "lost words") == 1


def test_a_message_on_its_way_survives_a_reload(visitor, fake):
    visitor.open()
    visitor.page.route(MESSAGES, lambda route: (route.fetch(), None)[1])
    visitor.say("reloaded words")
    expect(visitor.status).to_contain_text("looking it up")
    visitor.page.unroute(MESSAGES)
    visitor.page.reload()
    expect(visitor.messages).to_have_count(3)
    visitor.page.wait_for_timeout(300)
    expect(visitor.messages).to_have_count(3)
    assert said(fake, "reloaded words") == 1


@pytest.mark.parametrize(
    "answer",
    [
        fulfil(document={"replies": [], "triage": {}}),
        fulfil(document={"replies": "x"}),
        fulfil(document={"replies": [{"text": 5}, None]}),
        fulfil(document=[]),
        fulfil(document=None),
        fulfil(body="<html>"),
        fulfil(500, {"error": {"code": "no_answer", "message": "No."}}),
        fulfil(502, body="Bad gateway"),
    ],
    ids=["no replies", "a string", "wrong types", "[]", "null", "html", "500", "502"],
)
def test_an_answer_that_is_none_is_told_with_what_to_do(visitor, answer):
    visitor.open()
    visitor.page.route(MESSAGES, answer)
    visitor.say(ANSWERED)
    expect(visitor.status).to_contain_text("could not answer just now. Please try again, or call")
    expect(visitor.messages.last).to_contain_text("Not delivered")
    visitor.page.unroute(MESSAGES)
    visitor.button("Try again").click()
    expect(visitor.messages).to_have_count(3)
    expect(visitor.messages.nth(1)).not_to_contain_text("Not delivered")


def test_a_slow_answer_is_spoken_of_and_a_hanging_one_given_up(visitor, fake):
    visitor.open()
    visitor.page.route(MESSAGES, lambda route: None)
    visitor.say("hanging words")
    expect(visitor.status).to_contain_text("looking it up")
    expect(visitor.status).to_contain_text("Still looking")
    expect(visitor.button("Try again")).to_be_visible(timeout=30_000)
    expect(visitor.alert).to_contain_text("Nobody has read your message yet")
    visitor.page.unroute_all(behavior="ignoreErrors")
    visitor.button("Try again").click()
    expect(visitor.messages).to_have_count(3)
    assert said(fake, "hanging words") == 1


def test_a_server_that_starts_is_waited_for(visitor):
    visitor.open()
    refused = []

    def refuse_first(route):
        if refused:
            return route.continue_()
        refused.append(1)
        body = json.dumps({"error": {"code": "not_ready", "message": "The assistant is starting."}})
        return route.fulfill(status=503, headers={"Retry-After": "1"}, body=body)

    visitor.page.route(MESSAGES, refuse_first)
    visitor.say(ANSWERED)
    expect(visitor.status).to_contain_text("The assistant is starting.")
    expect(visitor.messages).to_have_count(3)


def test_a_server_that_is_gone_at_first_still_gives_numbers(visitor):
    visitor.page.route("**/chat/sessions", fulfil(500, body=""))
    visitor.launcher.click()
    expect(visitor.status).to_contain_text("could not be loaded")
    expect(visitor.panel.get_by_role("link", name="Emergency: 112")).to_have_attribute("href", "tel:112")
    visitor.say(ANSWERED)
    expect(visitor.alert.get_by_role("link", name="Ambulance: 108")).to_be_visible()
    visitor.page.unroute("**/chat/sessions")
    visitor.button("Try again").click()
    expect(visitor.messages).to_have_count(3)


def said(fake, text):
    return sum(
        message["from"] == "visitor" and message["text"] == text
        for talk in fake.script.talks.values()
        for message in talk.messages
    )
