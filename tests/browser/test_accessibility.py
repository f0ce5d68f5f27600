"""WCAG 2.2 AA in eight states and two widths: rules by axe-core, and what it cannot judge computed here."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.states import STATES
from tests.browser.visitor import ANSWERED, DANGER

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = {"1280": DESKTOP, "320": PHONE}
TARGET = 44
CLOCK = re.compile(r"\d{1,2}:\d{2}\s[AP]M")
MEASURES = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("state", STATES)
def test_state_is_accessible(visit, axe, state, screen):
    visitor = visit(viewport=SCREENS[screen])
    STATES[state](visitor)
    visitor.page.wait_for_timeout(250)
    visitor.page.context.set_offline(False)
    visitor.run(axe)
    found = visitor.run("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS)
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []
    measured = visitor.run(MEASURES)
    assert [target for target in measured["targets"] if min(target["width"], target["height"]) < TARGET] == []
    assert measured["sideways"] <= 0
    assert measured["inside"] == []
    assert too_faint(measured) == []


@pytest.mark.parametrize("state", STATES)
def test_contrast_in_the_dark(visit, state):
    visitor = visit(color_scheme="dark")
    STATES[state](visitor)
    assert too_faint(visitor.run(MEASURES)) == []


def too_faint(measured):
    return [part for part in measured["texts"] + measured["edges"] if part["ratio"] < part["wanted"]]


@pytest.mark.parametrize("state", STATES)
def test_the_tree_for_assistive_technology_is_as_agreed(visit, goldens, state):
    visitor = visit()
    STATES[state](visitor)
    visitor.page.wait_for_timeout(250)
    golden = goldens / f"{state}.yml"
    tree = visitor.page.locator("gut-skin-chat").aria_snapshot().replace(visitor.base, "…/chat") + "\n"
    tree = CLOCK.sub("0:00", tree)
    if os.environ.get("UPDATE_GOLDEN") == "1":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(tree, encoding="utf-8")
    assert tree == golden.read_text(encoding="utf-8"), "If the change is meant: UPDATE_GOLDEN=1"


def test_at_400_percent_everything_can_be_reached(visit):
    visitor = visit(viewport={"width": 320, "height": 256})
    visitor.open().ask(ANSWERED)
    visitor.ask(DANGER)
    assert visitor.run(MEASURES)["sideways"] <= 0
    for reached in (
        visitor.button("Close chat"),
        visitor.alert,
        visitor.messages.first,
        visitor.button("Ask reception"),
        visitor.box,
    ):
        reached.scroll_into_view_if_needed()
        expect(reached).to_be_in_viewport()


def test_text_spacing_of_the_reader_hides_nothing(visit):
    visitor = visit(viewport=PHONE)
    visitor.open().ask(ANSWERED)
    visitor.run(SPACING)
    measured = visitor.run(MEASURES)
    assert (measured["sideways"], measured["inside"]) == (0, [])


SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }");
  const root = document.querySelector("gut-skin-chat").shadowRoot;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}"""


def test_forced_colours_keep_the_emergency_and_the_buttons_bordered(visit):
    visitor = visit(forced_colors="active")
    visitor.open().ask(DANGER)
    for part in ("[data-on]", ".send", ".always button"):
        assert (
            visitor.page.locator(f"gut-skin-chat {part}").evaluate(
                "e => parseFloat(getComputedStyle(e).borderTopWidth)"
            )
            > 0
        )


def test_reduced_motion_leaves_nothing_moving(visit):
    visitor = visit()
    visitor.open()
    visitor.page.route("**/chat/messages", lambda route: None)
    visitor.say(ANSWERED)
    expect(visitor.status).to_contain_text("looking it up")
    assert visitor.run("() => document.getAnimations().length") == 0
    visitor.page.unroute_all(behavior="ignoreErrors")


def test_new_messages_do_not_move_the_focus(visitor):
    visitor.open()
    visitor.say(ANSWERED)
    visitor.button("Ask reception").focus()
    expect(visitor.messages).to_have_count(3)
    assert visitor.focused() == "Ask reception"


def test_live_regions_are_there_before_their_words_and_only_once(visitor):
    visitor.open()
    expect(visitor.log).to_have_count(1)
    expect(visitor.status).to_have_count(1)
    expect(visitor.alert).to_have_count(1)
    expect(visitor.alert).to_be_empty()
    assert visitor.page.locator("gut-skin-chat [aria-live]").count() == 0


def test_each_message_says_who_and_when(visitor):
    visitor.open().ask(ANSWERED)
    expect(visitor.messages.nth(1)).to_contain_text("You, ")
    expect(visitor.messages.nth(2).locator("time")).to_have_attribute("datetime", re.compile(r"^\d{4}-"))


def test_a_focused_link_of_the_page_is_not_under_the_launcher(visitor):
    visitor.page.locator(".bottom a").last.focus()
    link, launcher = visitor.page.locator(".bottom a").last.bounding_box(), visitor.launcher.bounding_box()
    apart = link["y"] + link["height"] <= launcher["y"] or link["x"] + link["width"] <= launcher["x"]
    assert apart
