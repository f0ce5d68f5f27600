"""The desk's pages in a browser: rules by axe-core at two widths, nothing cut, and what the scripts of the page do."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.receptionist import PAGES, Receptionist, come
from tests.browser.shift import ANSWER, DANGER, shift

POLLED_MS = 10_500
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = {"1280": DESKTOP, "320": PHONE}
CUT = """() => [...document.querySelectorAll("body *")].filter((part) => {
  const box = part.getBoundingClientRect();
  const seen = box.width > 1 && !part.closest(".hidden, .skip, .queue thead");
  const cut = part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX !== "visible" && part.clientWidth > 0;
  return seen && (box.right > document.documentElement.clientWidth + 1 || (cut && !part.matches("input, select")));
}).map((part) => part.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def desk():
    with shift() as running:
        yield running


@pytest.fixture
def staff(context, desk, complaints):
    yield lambda name, **options: Receptionist(context(**options).new_page(), desk.base).log_in(name)
    assert complaints == []


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_accessible_and_nothing_is_cut(context, desk, axe, complaints, name, screen):
    page = come(context(viewport=SCREENS[screen], bypass_csp=True).new_page(), desk, name).page
    page.evaluate(axe)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS)
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []
    assert page.evaluate(CUT) == []
    assert complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_readable_in_the_dark(context, desk, axe, name):
    page = come(context(color_scheme="dark", bypass_csp=True).new_page(), desk, name).page
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {runOnly: ['color-contrast']})")
    assert [node["html"] for rule in found["violations"] for node in rule["nodes"]] == []


def test_one_shortcut_from_anywhere_leads_to_the_answer(staff):
    ada = staff("Ada").go("/account")
    ada.page.get_by_label("Old password").focus()
    ada.suggest("can probiotics help")
    expect(ada.page.get_by_label("Suggested reply")).to_have_value(ANSWER["text"])


def test_copy_is_off_as_soon_as_the_question_changes(staff, browser):
    ada = staff("Ada", permissions=["clipboard-read", "clipboard-write"]).suggest("can probiotics help")
    ada.button("Copy").click()
    expect(ada.button("Copied")).to_be_enabled()
    assert ada.page.evaluate("navigator.clipboard.readText()") == ANSWER["text"]
    ada.page.get_by_label("What did the caller say?").press_sequentially("!")
    expect(ada.button("Copied")).to_be_disabled()


def test_an_emergency_has_nothing_to_copy(staff):
    ada = staff("Ada").suggest(DANGER)
    expect(ada.page.get_by_role("heading", name="Read this out now")).to_be_visible()
    expect(ada.page.get_by_label("Suggested reply")).to_have_count(0)
    expect(ada.page.get_by_role("button", name="Copy")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/queue/mine", "/requests/MINE", "/account"])
def test_a_new_pressing_request_is_announced_on_every_page(staff, desk, path):
    rita = staff("Rita")
    rita.page.clock.install()
    with rita.page.expect_response("**/news"):
        rita.go(path.replace("MINE", desk.mine))
    title = rita.page.title()
    reference = desk.leave(f"Sunita {path}", "urgent")
    rita.page.clock.run_for(POLLED_MS)
    news = rita.page.locator("#news")
    expect(news).to_be_visible()
    expect(news).to_have_text(f"1 new pressing request:◆ Urgent Sunita {path}Seen")
    assert rita.page.title() == re.sub(r"\((\d+)\)", lambda n: f"({int(n[1]) + 1})", f"! {title}")
    news.get_by_role("link").click()
    expect(rita.page.locator("#pulse ul")).to_have_count(1)
    expect(news).to_be_hidden()
    rita.button("Claim").click()
    assert reference in rita.page.url


def test_without_scripts_nothing_that_was_typed_stands_in_an_address(staff, desk):
    rita = staff("Rita", java_script_enabled=False).go(f"/requests/{desk.mine}")
    rita.page.get_by_label("What did the caller say?").fill("can probiotics help")
    rita.button("Suggest").click()
    expect(rita.page.get_by_label("Suggested reply")).to_have_value(ANSWER["text"])
    expect(rita.page.get_by_label("What did the caller say?")).to_have_value("can probiotics help")
    assert rita.page.url == f"{desk.base}/suggest"
    expect(rita.page.get_by_role("button", name="Copy")).to_be_hidden()
    rita.button("Not helpful").click()
    expect(rita.page.get_by_text("Noted: not helpful.")).to_be_visible()


def test_without_a_connection_the_page_says_since_when(staff):
    ada = staff("Ada")
    ada.page.clock.install()
    ada.go("/")
    ada.page.route("**/news", lambda route: route.abort())
    ada.page.clock.run_for(POLLED_MS)
    expect(ada.page.locator("#offline")).to_have_text(re.compile(r"^No connection since \d\d:\d\d"))
    ada.page.unroute("**/news")
    ada.page.clock.run_for(POLLED_MS)
    expect(ada.page.locator("#offline")).to_be_hidden()


@pytest.mark.parametrize("how", ["away", "proxy"])
def test_a_suggestion_that_fails_leaves_no_older_answer_standing(staff, how):
    ada = staff("Ada").suggest("can probiotics help")
    proxy = {"status": 502, "body": "<html><h1>Bad gateway</h1></html>", "content_type": "text/html"}
    ada.page.route("**/suggest", lambda route: route.abort() if how == "away" else route.fulfill(**proxy))
    ada.page.get_by_label("What did the caller say?").fill("her lips are swelling")
    ada.button("Suggest").click()
    expect(ada.page.locator("#suggestion")).to_have_text(re.compile("^No connection: nothing was asked"))


def test_attaching_leaves_the_note_that_is_being_typed(staff, desk):
    rita = staff("Rita").go(f"/requests/{desk.mine}")
    rita.page.get_by_label("Note").fill("Half a note")
    rita.suggest("can probiotics help")
    rita.page.get_by_label("Suggested reply").fill("In my own words.\nOn two lines.")
    for _ in range(2):
        rita.button(f"Attach to {desk.mine}").click()
        expect(rita.page.locator("#kept")).to_have_text("Attached.")
    kept = rita.page.locator("#attached blockquote").filter(has_text="In my own words.")
    expect(kept).to_have_count(1)
    expect(kept).to_contain_text("edited")
    kept.get_by_role("button", name="Remove").click()
    expect(kept).to_have_count(0)
    expect(rita.page.get_by_label("Note")).to_have_value("Half a note")


def test_the_search_is_wide_enough_to_type_in(staff):
    ada = staff("Ada", viewport={"width": 390, "height": 800})
    assert ada.page.get_by_role("searchbox").bounding_box()["width"] >= 200
