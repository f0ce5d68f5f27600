"""One script tag on somebody's page, and its settings."""

import json
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

from gutskin.channel.widget import Widget, load_words
from gutskin.settings import ROOT
from tests.browser.conftest import missing
from tests.browser.visitor import Visitor

MOST_BYTES = 20_000


@pytest.fixture
def host(context, fake):
    """A page of a clinic with the given script attributes."""

    def make(attributes="", body="", head=""):
        page = context(color_scheme="dark").new_page()
        script = f"<script src=/chat/widget.js defer {attributes}></script>"
        markup = f"<!doctype html><html lang=en><title>Ours</title>{head}<body>{body}{script}"
        page.route("**/clinic-page", lambda route: route.fulfill(content_type="text/html", body=markup))
        page.goto(fake.base.replace("/chat", "/clinic-page"))
        return Visitor(page, fake.base)

    return make


def test_the_tag_alone_is_enough(host):
    visitor = host()
    visitor.open()
    box = visitor.panel.bounding_box()
    assert (box["width"], box["height"]) == (400, 620)


def test_position_title_and_open(host):
    visitor = host('data-position=start data-title="Ask us" data-open')
    expect(visitor.page.get_by_role("dialog", name="Ask us")).to_be_visible()
    assert visitor.panel.bounding_box()["x"] == 16
    assert visitor.focused() == "body"
    visitor.page.keyboard.press("Tab")
    visitor.page.get_by_role("button", name="Close chat").click()
    visitor.page.reload()
    expect(visitor.launcher).to_be_visible()


def test_words_of_the_page(host):
    table = json.dumps({"launcher": "Fragen?", "send": "Ab"})
    visitor = host("data-words=ours", body=f"<script type=application/json id=ours>{table}</script>")
    expect(visitor.page.get_by_role("button", name="Fragen?")).to_be_visible()


@pytest.mark.parametrize(
    ("attributes", "head", "dark"),
    [
        ("", "", False),
        ("", "<meta name=color-scheme content='light dark'>", True),
        ("data-theme=dark", "", True),
        ("data-theme=light", "<meta name=color-scheme content='light dark'>", False),
    ],
    ids=["a light page", "a page that follows the system", "set to dark", "set to light"],
)
def test_light_and_dark_follow_the_page(host, attributes, head, dark):
    visitor = host(f"data-open {attributes}", head=head)
    shade = visitor.panel.evaluate("e => getComputedStyle(e).backgroundColor")
    assert shade == ("rgb(21, 29, 35)" if dark else "rgb(255, 255, 255)")


def test_colours_are_variables(host):
    visitor = host(head="<style>gut-skin-chat { --gut-skin-accent: rgb(90, 0, 120) }</style>")
    assert visitor.launcher.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(90, 0, 120)"


def test_all_that_is_served_is_small(known):
    words = load_words(ROOT / "data" / "widget.yml")
    assert len(Widget(known, words, "http://127.0.0.1/chat").packed) <= MOST_BYTES


def test_the_built_file_is_what_the_sources_build():
    if shutil.which("node") is None or not (ROOT / "widget/node_modules/esbuild").is_dir():
        missing("node or esbuild is not there, so the built file cannot be compared. Mend: make widget")
    check = subprocess.run(["node", "build.mjs", "--check"], cwd=ROOT / "widget", capture_output=True, text=True)
    assert check.returncode == 0, check.stderr
