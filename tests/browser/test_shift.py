"""A whole shift with every real process: from the visitor's widget to the audit."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from playwright.sync_api import expect

from gutskin.settings import Settings
from gutskin.store.database import Database
from gutskin.store.queue import Queue
from gutskin.store.users import Users
from tests.browser.receptionist import Receptionist
from tests.browser.shift import PASSWORD, PEOPLE
from tests.browser.visitor import Visitor

REFERENCE = re.compile(r"reference ([A-Z0-9]{6})\b")
CSRF = re.compile(r'name="csrf" value="([^"]+)"')
TRIES = 200


@pytest.fixture
def database(real):
    database = Database(Settings(state_dir=real.state))
    for name, role in PEOPLE.items():
        Users(database, 1200).save(name, role, PASSWORD)
    yield database
    database.engine.dispose()


@pytest.fixture
def staff(context, real, database, complaints):
    yield lambda name: Receptionist(context().new_page(), real.desk).log_in(name)
    assert complaints == []


@pytest.fixture
def leave(context, real):
    """Has a visitor leave a request in the widget; its reference."""

    def as_visitor(name, contact, *before):
        visitor = Visitor(context().new_page(), real.base).arrive().open()
        for words in before:
            visitor.ask(words)
        visitor.ask("please have somebody from reception ring me")
        visitor.button("Yes, keep it for the call").click()
        expect(visitor.box).to_have_attribute("autocomplete", "name")
        visitor.ask(name).ask(contact)
        visitor.button("Evening").click()
        expect(visitor.messages.last).to_contain_text(REFERENCE)
        return REFERENCE.search(visitor.messages.last.inner_text())[1]

    return as_visitor


def test_a_shift(staff, leave, database):
    rita, ravi = staff("Rita"), staff("Ravi")
    calm = leave("Meera", "+91 98000 00002")
    pressing = leave("Asha", "+91 98000 00001", "I have hives with fever since morning")
    expect(rita.rows).to_have_count(2, timeout=30_000)  # the list refreshes itself
    expect(rita.rows.nth(0)).to_contain_text("Urgent")
    expect(rita.rows.nth(0)).to_contain_text(pressing)
    expect(rita.rows.nth(1)).to_contain_text(calm)
    expect(rita.page.locator("#news")).to_contain_text("1 new pressing request:◆ Urgent Asha")
    expect(rita.page).to_have_title("! (2) New – Reception desk")

    ravi.page.route("**/queue/new", lambda route: route.abort())  # his list refreshes no more
    ravi.go("/")
    rita.go("/").button("Claim Asha").click()
    expect(rita.page.get_by_text("Rita has it")).to_be_visible()
    ravi.button("Claim Asha").click()
    expect(ravi.page.get_by_role("alert")).to_contain_text("Rita has it.")

    expect(rita.page.get_by_text("+919800000001")).to_be_visible()
    expect(rita.page.get_by_text("I have hives with fever since morning")).to_be_visible()
    rita.suggest("can probiotics improve skin")
    expect(rita.page.locator("#suggestion blockquote").first).to_be_visible()
    rita.button(f"Attach to {pressing}").click()
    expect(rita.page.get_by_role("heading", name="Attached")).to_be_visible()
    rita.button("Called, no answer").click()
    expect(rita.page.get_by_text("Called, no answer; comes back")).to_be_visible()
    rita.button("Claim").click()
    rita.page.get_by_label("Outcome").select_option("Appointment made")
    rita.page.get_by_label("Note").fill("Comes on Monday")
    rita.page.get_by_role("button", name="Done", exact=True).click()
    expect(rita.page.get_by_text("by Rita: Appointment made")).to_be_visible()

    ada = staff("Ada").go("/audit")
    lines = ada.page.get_by_role("row").filter(has_text=pressing).all_inner_texts()
    done = [line.split("\t")[2] for line in lines if "Rita" in line]
    assert [action for action in reversed(done) if action != "viewed"] == [
        "claimed", "attached", "called, no answer", "claimed", "done",
    ]  # fmt: skip
    assert Queue(database).counts("Rita") == {"new": 1, "mine": 0, "taken": 0, "done": 1}


def test_of_many_claims_at_once_exactly_one_wins(real, leave, database):
    """Over HTTP, at the served desk, with sessions of two people."""
    reference = leave("Lata", "+91 98000 00003")
    people = [_session(real.desk, name) for name in ("Rita", "Ravi")]

    def claim(number):
        cookies, csrf = people[number % 2]
        claimed = requests.post(
            f"{real.desk}/requests/{reference}/claim",
            data={"csrf": csrf},
            cookies=cookies,
            allow_redirects=False,
            timeout=30,
        )
        if claimed.status_code != 303:
            return str(claimed.status_code)
        return "yours" if claimed.headers["location"].endswith("?yours") else "taken"

    with ThreadPoolExecutor(16) as pool:
        codes = list(pool.map(claim, range(TRIES)))
    assert sorted(codes) == ["409"] * (TRIES // 2) + ["taken"] + ["yours"] * (TRIES // 2 - 1)


def _session(desk, name):
    answer = requests.post(
        f"{desk}/login", data={"name": name, "password": PASSWORD}, allow_redirects=False, timeout=30
    )
    page = requests.get(desk, cookies=answer.cookies, timeout=30)
    return answer.cookies, CSRF.search(page.text)[1]
