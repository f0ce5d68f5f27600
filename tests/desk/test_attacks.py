"""What somebody may try, each refused."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from desk.account import MOST_CHECKED
from gutskin.store.audit import PAGE
from gutskin.store.database import now
from gutskin.store.schema import AuditLine, DeskSession, User
from gutskin.store.users import FREE_FAILURES, Login, Users
from tests.desk.conftest import BASE, PASSWORD, TOMORROW, Staff

PAGES = ("/", "/queue/mine", "/requests/ABCDEF", "/export.csv?day=2026-01-01", "/insights", "/insights/levels.svg", "/audit",
         "/account")  # fmt: skip
CHANGES = ("/requests/ABCDEF/claim", "/requests/ABCDEF/done", "/suggest", "/audit/erase", "/logout", "/account")
NASTY = (
    "<script>alert(1)</script>",
    "'; DROP TABLE callback_requests; --",
    '" onmouseover="alert(1)',
    "{{ 7*7 }}",
    "../../etc",
)


@pytest.mark.parametrize("path", PAGES)
def test_without_a_session_there_is_only_the_login(staff, path):
    answer = staff().get(path)
    after = path if path[1:].replace("/", "").isalnum() else ""  # a file leads to the queue
    expected = f"/login?after={quote(after, safe='')}" if after else "/login"
    assert (answer.status_code, answer.headers["location"]) == (303, expected)


@pytest.mark.parametrize("path", CHANGES)
def test_without_a_session_nothing_is_changed(staff, path):
    assert staff().post(path, csrf="x").status_code == 401


@pytest.mark.parametrize(("name", "path"), [("Rita", "/insights"), ("Rita", "/audit"), ("Dr Devi", "/audit")])
def test_another_role_sees_nothing(staff, name, path):
    assert staff(name).get(path).status_code == 403


def test_another_role_erases_nothing(staff, leave, queue):
    reference = leave()
    assert staff("Rita").post("/audit/erase", reference=reference, sure="yes").status_code == 403
    assert queue.find(reference)


@pytest.mark.parametrize("forged", ["", "x" * 43, "é"])
def test_a_forged_token_changes_nothing(staff, leave, queue, forged):
    reference = leave()
    assert staff("Rita").post(f"/requests/{reference}/claim", csrf=forged).status_code == 403
    assert queue.find(reference).owner is None


def test_the_token_of_another_login_is_refused(staff, leave):
    reference, rita = leave(), staff("Rita")
    old = rita.csrf
    rita.log_in("Rita")
    assert rita.post(f"/requests/{reference}/claim", csrf=old).status_code == 403
    assert staff("Ravi").post(f"/requests/{reference}/claim", csrf=old).status_code == 403


@pytest.mark.parametrize("header", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_a_form_from_another_page_is_refused(staff, leave, header):
    rita, reference = staff("Rita"), leave()
    answer = rita.client.post(f"/requests/{reference}/claim", data={"csrf": rita.csrf}, headers=header)
    assert answer.status_code == 403


def test_a_cookie_that_was_planted_is_not_the_session(app, users):
    browser = Staff(app)
    browser.client.cookies.set("desk_session", "planted")
    answer = browser.log_in("Rita")
    assert "planted" not in answer.headers["set-cookie"]
    planted = Staff(app)
    planted.client.cookies.set("desk_session", "planted")
    assert planted.get("/").status_code == 303


def test_the_cookie_is_kept_from_scripts_and_other_sites(staff):
    cookie = staff().log_in("Rita").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_the_cookie_is_secure_behind_tls(settings, users, assistant):
    from desk.app import create_app

    app = create_app(settings.copy(update={"desk_url": "https://desk.example.org"}), assistant)
    assert "secure" in Staff(app).log_in("Rita").headers["set-cookie"].lower()


def test_a_part_of_a_page_is_refused_in_part(staff):
    rita, part = staff("Rita"), {"HX-Request": "true"}
    form = {"csrf": rita.csrf, "passages": "no-such-passage"}
    answer = rita.client.post("/suggest/unhelpful", data=form, headers=part)
    assert (answer.status_code, answer.text.split()[0]) == (400, "<p")
    assert "<html" not in answer.text


def test_a_part_of_another_login_leads_to_the_login(staff):
    rita, part = staff("Rita"), {"HX-Request": "true"}
    old = rita.csrf
    rita.log_in("Rita")
    answer = rita.client.post("/suggest", data={"csrf": old, "words": "x"}, headers=part)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/login")
    assert answer.text == ""


def test_many_tries_pause_the_account_even_for_the_right_password(staff, users):
    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(lambda n: users.log_in("Rita", f"wrong password {n}").secret, range(20)))
    assert staff().log_in("Rita").status_code == 401
    assert staff().log_in("Ravi").status_code == 303


def test_the_pause_grows_and_ends(users, database):
    pauses = []
    for _ in range(7):
        users.log_in("Rita", "wrong")
        with database.writing() as session:
            user = session.scalars(sa.select(User).where(User.name == "Rita")).one()
            if user.locked_until:
                pauses.append(user.locked_until.replace(tzinfo=now().tzinfo) - now())
                user.locked_until = now() - timedelta(seconds=1)
    assert len(pauses) == 3
    assert pauses == sorted(pauses)
    assert users.log_in("Rita", PASSWORD).secret


def test_a_flood_of_logins_leaves_the_desk_to_those_who_work(app, staff, users, monkeypatch):
    rita, held, busy = staff("Rita"), threading.Event(), threading.Semaphore(0)
    monkeypatch.setattr(Users, "log_in", lambda *_: busy.release() or (held.wait(30) and Login(None, timedelta())))
    with ThreadPoolExecutor(MOST_CHECKED) as pool:
        waiting = [pool.submit(Staff(app).log_in, "Ravi") for _ in range(MOST_CHECKED)]
        try:
            assert all(busy.acquire(timeout=30) for _ in range(MOST_CHECKED))
            assert staff().log_in("Ravi").status_code == 429
            assert rita.get("/").status_code == 200
        finally:
            held.set()
    assert {answer.result().status_code for answer in waiting} == {401}


def test_a_login_ends_the_one_before_it_in_the_same_browser(app, staff):
    rita = staff("Rita")
    before = rita.client.cookies["desk_session"]
    rita.log_in("Rita")
    other = Staff(app)
    other.client.cookies.set("desk_session", before)
    assert other.get("/").status_code == 303


def test_an_unknown_name_is_told_the_same(staff):
    assert staff().log_in("Nobody").text == staff().log_in("Rita", "wrong password").text


@pytest.mark.parametrize("name", ["Rita", "Nobody"])
def test_a_pause_says_how_long_and_tells_nothing_else(staff, name):
    told = [staff().log_in(name, "wrong password").text for _ in range(FREE_FAILURES + 1)]
    assert ["wait 30 seconds" in page for page in told] == [False] * (FREE_FAILURES - 1) + [True] * 2


def test_a_name_is_taken_in_any_case(staff, users, database):
    assert staff().log_in("rITA ").status_code == 303
    users.save("rita", "admin", PASSWORD)
    with database.reading() as session:
        assert session.scalars(sa.select(User.role).where(User.name == "Rita")).one() == "admin"
        assert session.scalars(sa.select(User).where(User.name == "rita")).first() is None


@pytest.mark.parametrize(
    ("after", "reached"),
    [
        ("/requests/ABCDEF", "/requests/ABCDEF"), ("", "/"), ("//evil.example", "/"), ("https://evil.example", "/"),
        ("/\\evil.example", "/"), ("/%2fevil", "/"), ("/login", "/"), ("/logout", "/"), ("/logout?x", "/"), ("javascript:1", "/"),
    ],
)  # fmt: skip
def test_a_login_leads_to_the_page_that_was_asked_for(staff, after, reached):
    browser = staff()
    assert f'name="after" value="{reached}"' in browser.get("/login", params={"after": after}).text
    answer = browser.client.post("/login", data={"name": "Rita", "password": PASSWORD, "after": after})
    assert (answer.status_code, answer.headers["location"]) == (303, reached)


def test_who_is_idle_is_logged_out(staff, database):
    rita = staff("Rita")
    with database.writing() as session:
        session.execute(sa.update(DeskSession).values(seen_at=now() - timedelta(hours=1)))
    assert rita.get("/").status_code == 303


def test_a_page_that_is_left_alone_leaves_the_screen(staff, database):
    rita, asked_by_page = staff("Rita"), {"HX-Request": "true", "X-Polled": "1"}
    assert rita.get("/news", headers=asked_by_page).status_code == 200
    with database.writing() as session:
        session.execute(sa.update(DeskSession).values(seen_at=now() - timedelta(hours=1)))
    answer = rita.get("/news", headers={**asked_by_page, "HX-Current-URL": f"{BASE}/queue/mine?search=x"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/login?after=%2Fqueue%2Fmine")


def test_a_page_that_refreshes_itself_keeps_nobody_logged_in(staff, database):
    rita = staff("Rita")
    with database.writing() as session:
        session.execute(sa.update(DeskSession).values(seen_at=now() - timedelta(minutes=10)))
    rita.get("/queue/new", headers={"X-Polled": "1"})
    with database.reading() as session:
        seen = session.scalars(sa.select(DeskSession.seen_at)).one().replace(tzinfo=now().tzinfo)
    assert now() - seen > timedelta(minutes=9)


def test_a_session_ends_with_the_logout(staff):
    rita = staff("Rita")
    secret = rita.client.cookies["desk_session"]
    rita.post("/logout")
    rita.client.cookies.set("desk_session", secret)
    assert rita.get("/").status_code == 303


def test_a_new_password_ends_the_other_logins(staff):
    one, other = staff("Rita"), staff("Rita")
    form = {"old": PASSWORD, "new": "another long phrase", "again": "another long phrase"}
    assert one.post("/account", **{**form, "old": "wrong"}).status_code == 400
    assert one.post("/account", **form).status_code == 200
    assert one.get("/").status_code == 200
    assert other.get("/").status_code == 303


def test_a_short_password_is_refused(users):
    with pytest.raises(ValueError, match="12 to 200"):
        users.save("New", "reception", "short")


@pytest.mark.parametrize("words", NASTY)
def test_what_visitors_write_stays_text(staff, leave, words):
    reference = leave(words, contact=words, preferred_time=words, summary={"level": "urgent", "because": [words]})
    rita = staff("Rita")
    for page in (rita.get("/"), rita.get(f"/requests/{reference}"), rita.get("/queue/new", params={"search": words}),
                 rita.post("/suggest", words=words)):  # fmt: skip
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert '" onmouseover="' not in page.text
        assert ">49<" not in page.text
    assert rita.get(f"/requests/{reference}").status_code == 200


@pytest.mark.parametrize("words", NASTY)
def test_every_field_takes_anything_without_harm(staff, leave, queue, words):
    reference, rita = leave(), staff("Rita")
    rita.post(f"/requests/{reference}/claim")
    for field, path, code in (("version", "release", 400), ("again", "not-reached", 422), ("outcome", "done", 422)):
        form = {"version": "2", "again": TOMORROW, "outcome": "spoke", field: words}
        assert rita.post(f"/requests/{reference}/{path}", **form).status_code == code
    assert rita.get("/export.csv", params={"day": words}).status_code == 400
    assert rita.post(f"/requests/{reference}/done", version=2, outcome="other", note=words).status_code == 303
    assert queue.find(reference).note == words


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/insights/..%2f..%2fx.svg"]
)
def test_no_path_leads_outside(staff, path):
    assert staff("Dr Devi").get(path).status_code == 404


@pytest.mark.parametrize("reference", ["ABCDEF", "' OR 1=1", "%", "*", "%00", "%ff", "x" * 5_000])
def test_a_guessed_reference_finds_nothing(staff, leave, reference):
    leave()
    assert staff("Rita").get(f"/requests/{reference}").status_code == 404


def test_somebody_elses_request_cannot_be_changed(staff, leave, queue):
    reference = leave()
    staff("Rita").post(f"/requests/{reference}/claim")
    ravi, form = staff("Ravi"), {"version": 2, "outcome": "spoke", "again": TOMORROW}
    assert {
        ravi.post(f"/requests/{reference}/{path}", **form).status_code for path in ("release", "done", "not-reached")
    } == {409}
    assert ravi.post(f"/requests/{reference}/attach", words="x").status_code == 409
    assert queue.find(reference).owner == "Rita"


@pytest.mark.parametrize("version", ["²", "٣", "-1", "1e3", "", "9" * 40])
def test_no_number_breaks_a_form(staff, leave, version):
    reference, rita = leave(), staff("Rita")
    rita.post(f"/requests/{reference}/claim")
    assert rita.post(f"/requests/{reference}/release", version=version).status_code == 400


def test_no_length_breaks_a_form(staff):
    rita = staff("Rita")
    headers = {"content-length": "²".encode("latin-1"), "content-type": "application/x-www-form-urlencoded"}
    assert rita.client.post("/suggest", headers=headers).status_code == 413


def test_a_stale_form_and_a_double_submit_change_nothing(staff, leave, queue):
    reference, rita = leave(), staff("Rita")
    rita.post(f"/requests/{reference}/claim")
    form = {"version": queue.find(reference).version, "outcome": "spoke", "note": "once"}
    assert rita.post(f"/requests/{reference}/done", **form).status_code == 303
    assert rita.post(f"/requests/{reference}/done", **{**form, "note": "twice"}).status_code == 409
    assert queue.find(reference).note == "once"


@pytest.mark.parametrize("again", ["9999-12-31T23:59", "0001-01-01T00:00", "2099-01-01T09:00", "2026-13-01T00:00"])
def test_nobody_is_hidden_for_good(staff, leave, queue, again):
    reference, rita = leave(), staff("Rita")
    rita.post(f"/requests/{reference}/claim")
    form = {"version": 2, "again": again}
    assert rita.post(f"/requests/{reference}/not-reached", **form).status_code == 422
    assert queue.find(reference).call_again_at is None


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "x" * 5_000])
def test_no_day_breaks_the_export(staff, day):
    assert staff("Rita").get("/export.csv", params={"day": day}).status_code in (200, 400)


def test_a_character_that_no_database_takes_is_refused(staff, leave):
    reference, rita = leave(), staff("Rita")
    rita.post(f"/requests/{reference}/claim")
    form = {"version": 2, "outcome": "other", "note": "a\0b"}
    assert rita.post(f"/requests/{reference}/done", **form).status_code == 400
    assert rita.get("/queue/new", params={"search": "a\0b"}).status_code == 404
    assert staff().log_in("Ri\0ta").status_code == 400


def test_too_large_a_form_is_refused(staff):
    assert staff("Rita").post("/suggest", words="x" * 50_000).status_code == 413


def test_another_host_name_is_refused(staff):
    assert staff().get("/login", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/login", "/nowhere", "/static/desk.css"])
def test_every_answer_has_the_security_headers(staff, path):
    headers = staff().get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"


def test_every_view_of_a_record_is_in_the_audit(staff, leave, settings):
    reference = leave()
    staff("Rita").get(f"/requests/{reference}")
    assert f"<td>viewed</td><td>{reference}</td>" in staff("Ada").get("/audit").text


def test_the_audit_is_read_by_reference_person_and_page(staff, leave, database):
    reference = leave()
    staff("Rita").get(f"/requests/{reference}")
    with database.writing() as session:
        session.add_all([AuditLine(at=now(), who="Ravi", action=f"line {n}") for n in range(PAGE + 1)])
    ada = staff("Ada")
    of_one = ada.get("/audit", params={"reference": reference.lower()}).text
    assert (of_one.count("<tr><td>"), f"<td>viewed</td><td>{reference}</td>" in of_one) == (1, True)
    first, second = (ada.get("/audit", params={"who": "Ravi", "page": page}).text for page in (1, 2))
    assert [page.count("<tr><td>") for page in (first, second)] == [PAGE, 2], "the account was saved, too"
    assert "page=2" in first
    assert "<td>line 0</td>" in second
    for page in ("0", "-1", "²", "999999999", "x"):
        assert ada.get("/audit", params={"page": page}).status_code == 200
