"""A shift at the desk, over HTTP."""

import csv
import io
from datetime import datetime, timezone

import pytest

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
    assert "not answered" in page
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


def test_without_an_answer_it_comes_back_for_everyone(staff, leave, queue):
    reference, rita = leave(), staff("Rita")
    rita.post(f"/requests/{reference}/claim")
    form = {"version": version_of(queue, reference), "again": TOMORROW}
    rita.post(f"/requests/{reference}/not-reached", **form)
    assert queue.counts("Ravi")["new"] == 0
    assert f"again {datetime.fromisoformat(TOMORROW):%d %b %Y}, 09:00" in staff("Ravi").get("/").text
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


@pytest.mark.parametrize("words", ["ash", "+91 0000 000-001", "REFERENCE"])
def test_search_finds_by_name_phone_and_reference(staff, leave, words):
    reference = leave()
    found = staff("Rita").get("/queue/new", params={"search": words.replace("REFERENCE", reference.lower())}).text
    assert f"/requests/{reference}" in found


def test_search_takes_no_wildcards(staff, leave):
    leave()
    assert "Nothing found" in staff("Rita").get("/queue/new", params={"search": "%"}).text


def test_a_day_is_exported_with_harmless_cells(staff, leave):
    leave("=HYPERLINK(1)", preferred_time=" @SUM(A1)")
    day = datetime.now(timezone.utc).date()
    rows = [row for at in (day,) for row in csv.reader(io.StringIO(staff("Rita").get(f"/export.csv?day={at}").text))]
    (row,) = rows[1:] or pytest.skip("the clinic's day has turned")
    assert row[6:] == ["'=HYPERLINK(1)", "'+910000000001", "' @SUM(A1)"]


def test_a_suggestion_is_asked_and_shown_with_its_passage(staff, assistant):
    page = staff("Rita").post("/suggest", words="can probiotics fix acne").text
    assert assistant.asked == ["can probiotics fix acne"]
    assert "Not on their own." in page
    assert "<blockquote>Quoted words</blockquote>" in page
    assert "javascript:" not in page


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


def test_not_helpful_is_counted(staff, users):
    rita = staff("Rita")
    assert rita.post("/suggest/unhelpful", passages="probiotics-caveat").status_code == 200
    assert '<td class="number">1</td>' in staff("Dr Devi").get("/insights").text
    assert rita.post("/suggest/unhelpful", passages="no-such-passage").status_code == 400
