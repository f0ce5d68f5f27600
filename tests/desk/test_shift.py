"""A shift at the desk, over HTTP."""

import csv
import io
import re
from datetime import datetime, timezone

import pytest
import sqlalchemy as sa

from desk.requests import CHANGES
from gutskin.store.schema import RequestRow
from tests.desk.conftest import TOMORROW


def version_of(queue, reference):
    return queue.find(reference).version


def test_the_most_dangerous_stands_first_and_then_the_longest_waiting(staff, leave):
    for name, level in (("First", "routine"), ("Second", "information"), ("Third", "emergency"), ("Fourth", "routine")):
        leave(name, level)
    page = staff("Rita").get("/").text
    assert sorted(("First", "Second", "Third", "Fourth"), key=lambda n: page.index(f">{n}</a>")) == [
        "Third", "First", "Fourth", "Second",
    ]  # fmt: skip
    assert "<title>(4) New" in page


def test_from_claim_to_done_with_an_audit_of_it_all(staff, leave, queue):
    reference, rita = leave(), staff("Rita")
    assert rita.post(f"/requests/{reference}/claim").status_code == 303
    form = {"version": version_of(queue, reference), "outcome": "spoke", "note": "Rings back on Monday"}
    assert rita.post(f"/requests/{reference}/done", **form).status_code == 303
    assert queue.find(reference).status == "done"
    audit = staff("Ada").get("/audit").text
    assert all(f"<td>{action}</td>" in audit for action in ("claimed", "done", "logged in"))


def test_the_page_shows_what_was_answered_and_what_was_not(staff, leave):
    page = staff("Rita").get(f"/requests/{leave()}").text
    assert "18 to 64" in page
    assert page.count("not answered") == 1, "what was not answered stands in one line"
    assert "worse at night" in page
    assert "Not yet reviewed by a clinician" in page


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        ({"answers": {"condition": "eczema"}, "spoken_of": ["acne"]}, "Eczema"),
        ({"answers": {}, "spoken_of": ["chronic-urticaria", "athletes-foot"]}, "Hives, athletes foot"),
        ({"answers": {}}, "–"),
    ],
)
def test_the_list_names_the_condition(staff, leave, summary, shown):
    leave(summary={"level": "routine", **summary})
    assert f'class="of-condition">{shown}</td>' in staff("Rita").get("/").text


def test_who_comes_second_sees_who_has_it(staff, leave, queue):
    reference = leave()
    staff("Rita").post(f"/requests/{reference}/claim")
    answer = staff("Ravi").post(f"/requests/{reference}/claim")
    assert answer.status_code == 409
    assert "Rita has it." in answer.text
    assert queue.find(reference).owner == "Rita"


def test_released_is_free_again(staff, leave, queue):
    reference, rita = leave(), staff("Rita")
    rita.post(f"/requests/{reference}/claim")
    rita.post(f"/requests/{reference}/release", version=version_of(queue, reference))
    assert staff("Ravi").post(f"/requests/{reference}/claim").status_code == 303


def test_what_others_have_is_listed_with_who_has_it(staff, leave):
    reference = leave()
    staff("Rita").post(f"/requests/{reference}/claim")
    page = staff("Ravi").get("/queue/taken").text
    assert 'Taken <span class="count">1</span>' in page
    assert re.search(r'class="of-owner">Rita\b', page)
    assert "Nobody else has a request." in staff("Rita").get("/queue/taken").text


@pytest.mark.parametrize(("name", "code"), [("Ada", 303), ("Dr Devi", 303), ("Ravi", 409)])
def test_what_somebody_went_home_with_is_released_by_who_may(staff, leave, queue, name, code):
    reference, other = leave(), staff(name)
    staff("Rita").post(f"/requests/{reference}/claim")
    assert ("Release from Rita" in other.get(f"/requests/{reference}").text) == (code == 303)
    assert other.post(f"/requests/{reference}/release", version=1).status_code == 409
    assert other.post(f"/requests/{reference}/release", version=2).status_code == code
    assert (queue.find(reference).owner is None) == (code == 303)
    assert (f"{name} · released another&#39;s" in other.get(f"/requests/{reference}").text) == (code == 303)


def test_without_an_answer_it_comes_back_for_everyone(staff, leave, queue):
    reference, rita = leave(), staff("Rita")
    rita.post(f"/requests/{reference}/claim")
    form = {"version": version_of(queue, reference), "again": TOMORROW}
    rita.post(f"/requests/{reference}/not-reached", **form)
    assert queue.counts("Ravi")["new"] == 0
    page = staff("Ravi").get("/").text
    assert f"comes back {datetime.fromisoformat(TOMORROW):%d %b %Y}, 09:00" in page
    assert page.index("Nobody is waiting.") < page.index('Comes back later <span class="count">1</span>')
    assert staff("Ravi").post(f"/requests/{reference}/claim").status_code == 303


@pytest.mark.parametrize("path", ["release", "done", "not-reached"])
def test_one_change_is_undone_by_who_made_it(staff, leave, queue, path):
    reference, rita = leave(), staff("Rita")
    rita.post(f"/requests/{reference}/claim")
    form = {"outcome": "other", "again": TOMORROW, "version": version_of(queue, reference)}
    rita.post(f"/requests/{reference}/{path}", **form)
    changed = version_of(queue, reference)
    assert staff("Ravi").post(f"/requests/{reference}/undo", version=changed).status_code == 409
    assert rita.post(f"/requests/{reference}/undo", version=changed).status_code == 303
    entry = queue.find(reference)
    assert (entry.status, entry.owner, entry.call_again_at, entry.outcome) == ("claimed", "Rita", None, None)


def taken(rita, reference):
    rita.post(f"/requests/{reference}/claim")
    return reference


def test_a_note_goes_with_every_change(staff, leave, queue):
    rita = staff("Rita")
    for number, path in enumerate(("not-reached", "release", "done", "undo")):
        reference = taken(rita, leave(conversation=str(number)))
        form = {"version": 2, "again": TOMORROW, "outcome": "spoke", "note": f"Engaged,\r\ntwice {number}"}
        assert rita.post(f"/requests/{reference}/{path}", **form).status_code == 303
        assert queue.find(reference).note == f"Engaged,\ntwice {number}"


@pytest.mark.parametrize(
    ("path", "form", "code"),
    [
        ("not-reached", {"version": 2, "again": "2020-01-01T10:00", "outcome": "other"}, 422),
        ("done", {"version": 2, "again": TOMORROW, "outcome": ""}, 422),
        ("done", {"version": 1, "again": TOMORROW, "outcome": "other"}, 409),
    ],
)
def test_what_was_typed_stands_in_the_form_again(staff, leave, path, form, code):
    rita = staff("Rita")
    answer = rita.post(f"/requests/{taken(rita, leave())}/{path}", note="Engaged twice", **form)
    assert answer.status_code == code
    assert ">Engaged twice</textarea>" in answer.text
    assert f'value="{form["again"]}"' in answer.text
    assert ('<option value="other" selected>' in answer.text) == (form["outcome"] == "other")
    assert 'role="alert"' in answer.text


def test_a_note_on_what_is_no_longer_ones_own_is_shown(staff, leave):
    rita = staff("Rita")
    reference = taken(rita, leave())
    rita.post(f"/requests/{reference}/release", version=2)
    staff("Ravi").post(f"/requests/{reference}/claim")
    answer = rita.post(f"/requests/{reference}/done", version=2, outcome="spoke", note="Typed for long")
    assert answer.status_code == 409
    assert "Typed for long" in answer.text


def test_an_undo_gives_note_and_outcome_back(staff, leave, queue):
    rita = staff("Rita")
    reference = taken(rita, leave())
    rita.post(f"/requests/{reference}/done", version=2, outcome="appointment", note="Monday at ten")
    page = rita.get(rita.post(f"/requests/{reference}/undo", version=3).headers["location"]).text
    assert ">Monday at ten</textarea>" in page
    assert '<option value="appointment" selected>' in page


def test_no_outcome_is_chosen_beforehand(staff, leave):
    rita = staff("Rita")
    page = rita.get(f"/requests/{taken(rita, leave())}").text
    assert '<select name="outcome" required><option value="">' in page
    assert " selected>" not in page


def test_claiming_ones_own_again_leads_to_it(staff, leave):
    rita = staff("Rita")
    reference = taken(rita, leave())
    answer = rita.post(f"/requests/{reference}/claim")
    assert answer.status_code == 303
    assert "This request is yours already." in rita.get(answer.headers["location"]).text


@pytest.mark.parametrize("change", CHANGES)
def test_the_address_of_a_change_loaded_again_shows_the_request(staff, leave, change):
    reference = leave()
    answer = staff("Rita").get(f"/requests/{reference}/{change}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/requests/{reference}")


@pytest.mark.parametrize(
    ("moment", "proposed"),
    [
        ("2026-03-02T05:00", "2026-03-02T11:30"),
        ("2026-03-02T13:00", "2026-03-03T10:00"),
        ("2026-03-07T13:00", "2026-03-09T10:00"),
        ("2026-03-02T01:00", "2026-03-02T10:00"),
    ],
)
def test_the_proposed_time_is_one_at_which_reception_answers(staff, leave, monkeypatch, moment, proposed):
    rita = staff("Rita")
    reference = taken(rita, leave())
    at = datetime.fromisoformat(f"{moment}+00:00")
    monkeypatch.setattr("desk.requests.now", lambda: at)
    assert f'name="again" value="{proposed}"' in rita.get(f"/requests/{reference}").text


@pytest.mark.parametrize(
    ("given", "address"),
    [("+910000000001", "tel:+910000000001"), ("a.b@example.org", "mailto:a.b@example.org"), ("javascript:1", None)],
)
def test_a_contact_is_one_tap_away_in_list_and_request(staff, leave, given, address):
    rita, reference = staff("Rita"), leave(contact=given, preferred_time="After six")
    for page in (rita.get("/").text, rita.get(f"/requests/{reference}").text):
        assert (f'<a href="{address}">{given}</a>' in page) == (address is not None)
        assert 'href="javascript' not in page
        assert "After six" in page


@pytest.mark.parametrize("words", ["jose", "JOSÉ ñandú", "nandu", "Ñandú", "Ｊosé"])
def test_search_finds_a_name_in_any_spelling(staff, leave, words):
    reference = leave("José Ñandú")
    leave("Asha")
    assert found(staff("Rita"), words) == [reference]


@pytest.mark.parametrize(
    "words",
    ["+91 98765-43210", "09876543210", "9876543210", "98765 43210", "(0)98765", "0091 9876543210", "९८७६५४३२१०"],
)
@pytest.mark.parametrize("contact", ["9876543210", "+919876543210"])
def test_search_finds_a_number_however_it_is_dialled(staff, leave, contact, words):
    reference = leave(contact=contact)
    leave("Another")
    assert found(staff("Rita"), words) == [reference]


def test_search_finds_an_address_and_a_part_of_a_reference(staff, leave):
    reference, rita = leave(contact="asha.k@example.org"), staff("Rita")
    leave("Another")
    assert found(rita, "Asha.K@") == [reference]
    assert reference in found(rita, reference[1:5].lower())


def found(rita, words):
    page = rita.get("/queue/new", params={"search": words}).text
    return re.findall(r'href="/requests/(\w{6})"', page)


def test_search_takes_no_wildcards(staff, leave):
    leave()
    assert "Nothing found" in staff("Rita").get("/queue/new", params={"search": "%"}).text


def exported(rita, day):
    return list(csv.DictReader(io.StringIO(rita.get(f"/export.csv?day={day}").text.removeprefix("\ufeff"))))


def test_a_day_is_exported_in_the_clinics_time_with_what_came_of_it(staff, leave, queue, database):
    summary = {"level": "urgent", "because": ["worse at night", "fever"], "answers": {"condition": "eczema"}}
    rita, reference = staff("Rita"), leave("José", summary=summary)
    taken(rita, reference)
    rita.post(f"/requests/{reference}/done", version=2, outcome="appointment", note="Monday\nat ten")
    with database.writing() as session:
        left, done = (datetime.fromisoformat(f"2026-03-01T{at}:00+00:00") for at in ("19:05", "20:30"))
        session.execute(sa.update(RequestRow).values(created_at=left, done_at=done))
    assert exported(rita, "2026-03-01") == []
    (row,) = exported(rita, "2026-03-02")
    assert row == {
        "reference": reference, "level": "urgent", "left (Asia/Kolkata)": "2026-03-02 00:35", "status": "done",
        "owner": "Rita", "done (Asia/Kolkata)": "2026-03-02 02:00", "outcome": "Appointment made",
        "note": "Monday\nat ten", "name": "José", "contact": "'+910000000001", "preferred time": "Morning",
        "condition": "Eczema", "why this level": "worse at night; fever",
    }  # fmt: skip


@pytest.mark.parametrize("words", ["=HYPERLINK(1)", " @SUM(A1)", "-1+1", "\t=1"])
def test_no_cell_is_taken_for_a_formula(staff, leave, database, words):
    leave(words, preferred_time=words, summary={"level": "urgent", "because": [words]})
    with database.writing() as session:
        session.execute(
            sa.update(RequestRow).values(created_at=datetime(2026, 3, 1, 12, tzinfo=timezone.utc), note=words)
        )
    (row,) = exported(staff("Rita"), "2026-03-01")
    assert [row[name] for name in ("name", "preferred time", "note", "why this level")] == [f"'{words}"] * 4


def test_a_suggestion_is_asked_and_shown_with_its_passage(staff, assistant):
    page = staff("Rita").post("/suggest", words="can probiotics fix acne").text
    assert assistant.asked == ["can probiotics fix acne"]
    assert "Not on their own." in page
    assert "<blockquote>Quoted words</blockquote>" in page
    assert "javascript:" not in page


RECEPTION, EMERGENCY = {"label": "Reception", "number": "+91-00000-00000"}, {"label": "Emergency", "number": "112"}
WORSE = "If it gets worse, call 112 (Emergency)."
URGENT = f"This should be seen soon: please ring reception today, +91-00000-00000 (Reception).\n{WORSE}"


@pytest.mark.parametrize(
    ("level", "kind", "text", "read_out", "to_do"),
    [
        (
            "urgent",
            "answer",
            f"{URGENT}\n\nNot on their own.",
            f"{WORSE}\n\nNot on their own.",
            "today",
        ),
        ("routine", "refer", "A person can help. Ring +91-00000-00000.", "A person can help.", "an appointment, or"),
        ("routine", "refer", "Ring +91-00000-00000.", "Ring +91-00000-00000.", "an appointment, or"),
        (
            "routine",
            "refer",
            "Ring +91-00000-00000 or 112. Bye.",
            "Ring +91-00000-00000 or 112. Bye.",
            "an appointment, or",
        ),
        ("information", "answer", "Not on their own.", "Not on their own.", ""),
    ],
)
def test_reception_is_told_what_to_do_and_not_to_ring_itself(staff, assistant, level, kind, text, read_out, to_do):
    assistant.reply = {**assistant.reply, "kind": kind, "text": text, "contacts": [RECEPTION, EMERGENCY]}
    assistant.triage = {**assistant.triage, "level": level}
    page = staff("Rita").post("/suggest", words="it is worse").text
    assert f">{read_out}</textarea>" in page
    assert ("own number is left out" in page) == (text != read_out)
    assert ('class="to-do"' in page) == bool(to_do)
    assert f"For reception: offer {'an appointment today' if to_do == 'today' else to_do}" in page or not to_do


def test_an_emergency_shows_the_script_and_no_reply_to_edit(staff, assistant):
    assistant.reply = {**assistant.reply, "kind": "emergency", "text": "Call 112 now.", "citations": []}
    assistant.triage = {"level": "emergency", "flags": [], "red_flags": ["RF01"], "because": ["lips are swelling"]}
    page = staff("Rita").post("/suggest", words="her lips swell").text
    assert 'class="script">Call 112 now.' in page
    assert "<mark>lips are swelling</mark>" in page
    assert 'id="reply"' not in page
    assert 'id="copy"' not in page


def test_pasted_words_are_kept_only_when_attached(staff, leave, queue, settings):
    reference, rita = leave(), staff("Rita")
    rita.post(f"/requests/{reference}/claim")
    rita.post("/suggest", words="planted words", reference=reference)
    stored = b"".join(file.read_bytes() for file in settings.state_dir.glob("callbacks.db*"))
    assert b"planted words" not in stored
    rita.post(f"/requests/{reference}/attach", words="planted words", reply="A reply")
    assert queue.find(reference).attached[0]["words"] == "planted words"


def test_what_stands_in_the_box_is_attached_once(staff, leave, queue):
    rita = staff("Rita")
    reference = taken(rita, leave())
    form = {"words": "it itches", "suggested": "First.\r\n\r\nSecond.", "suggestion": "one"}
    for reply in ("First.\r\n\r\nSecond.", "Mine.\r\nMine too.", "Mine.\r\nMine too."):
        assert rita.post(f"/requests/{reference}/attach", reply=reply, **form).status_code == 303
    (attached,) = queue.find(reference).attached
    assert (attached["reply"], attached["edited"]) == ("Mine.\nMine too.", True)
    page = rita.get(f"/requests/{reference}").text
    assert '<p class="reply">Mine.\nMine too.</p>' in page
    assert "edited" in page
    assert page.count(" attached</li>") == 2, "only what changed something is in the audit"


def test_what_was_attached_is_removed_by_who_attached_it(staff, leave, queue):
    rita, ravi = staff("Rita"), staff("Ravi")
    reference = taken(rita, leave())
    rita.post(f"/requests/{reference}/attach", words="mistaken")
    at = queue.find(reference).attached[0]["at"]
    rita.post(f"/requests/{reference}/release", version=2)
    taken(ravi, reference)
    assert ">Remove" not in ravi.get(f"/requests/{reference}").text
    ravi.post(f"/requests/{reference}/detach", at=at)
    assert queue.find(reference).attached
    ravi.post(f"/requests/{reference}/release", version=4)
    assert ">Remove" in rita.get(f"/requests/{taken(rita, reference)}").text
    rita.post(f"/requests/{reference}/detach", at=at)
    assert queue.find(reference).attached == []
    assert "removed what was attached" in rita.get(f"/requests/{reference}").text


def test_not_helpful_is_counted_once_a_day_for_each_person(staff, users, settings):
    rita, passage = staff("Rita"), "probiotics-caveat"
    for who in (rita, rita, staff("Ravi")):
        assert who.post("/suggest/unhelpful", passages=passage).status_code == 200
    page = staff("Dr Devi").get("/insights").text
    assert '<td class="number">2</td><td class="number">0</td>' in page
    assert f'<a href="{settings.page_url}#{passage}"' in page
    assert f">{passage}<" not in page
    assert rita.post("/suggest/unhelpful", passages="no-such-passage").status_code == 400
