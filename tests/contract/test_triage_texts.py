"""The words of the triage form and the call-back form: procedural, without numbers of their own, fit to be filled."""

import re

import pytest

from gutskin.documents import read_yaml
from gutskin.knowledge import knowledge
from gutskin.red_flags import LEVELS
from gutskin.settings import ROOT

FOLDER = ROOT / "data" / "triage"
FORBIDDEN = [
    str(p) for patterns in read_yaml(ROOT / "evaluation" / "never_said.yml").values() for p in patterns if p[0] != "^"
]


def texts():
    interview = knowledge().interview
    yield from ((f"question {q.id}", q.ask) for q in interview.questions.values())
    yield from ((f"option {q.id} {o.id}", o.title) for q in interview.questions.values() for o in q.options)
    yield from ((f"check {c.id}", c.ask) for c in interview.checks.values())
    for name, words in (
        ("text", interview.texts),
        ("disposition", interview.dispositions),
        ("consent", interview.consent),
    ):
        yield from ((f"{name} {key}", value) for key, value in words.items() if isinstance(value, str) and value)


TEXTS = dict(texts())


@pytest.mark.parametrize("place", TEXTS)
def test_the_phrase_is_not_said(place):
    said = TEXTS[place].lower().replace("’", "'")
    assert [pattern for pattern in FORBIDDEN if re.search(pattern, said)] == []


@pytest.mark.parametrize("place", TEXTS)
def test_no_number_to_call_is_typed(place):
    assert re.findall(r"\d{3,}", TEXTS[place]) == []


@pytest.mark.parametrize("place", TEXTS)
def test_the_clinics_file_fills_it(place):
    facts = {**knowledge().clinic.facts(), "reference": "ACDEFH", "days": 30, "date": "2026-01-01"}
    assert "{" not in TEXTS[place].format_map(facts)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yml")), ids=lambda file: file.name)
def test_the_file_says_who_reviewed_it(file):
    if file.name != "reading.yml":
        assert "reviewed_by" in read_yaml(file)


def test_what_is_not_reviewed_is_said_to_be_so():
    data = read_yaml(FOLDER / "dispositions.yml")
    assert bool(data["reviewed_by"]) != bool(data["not_reviewed"])


@pytest.mark.parametrize("name", ["stored", "already"])
def test_the_confirmation_says_not_to_wait(name):
    assert "{emergency}" in TEXTS[f"text {name}"]
    assert "{hours}" in TEXTS[f"text {name}"]


def test_an_emergency_check_is_one_of_a_red_flag_group():
    signs = {sign.group for sign in knowledge().red_flags.signs}
    for check in knowledge().interview.checks.values():
        assert check.level in LEVELS
        assert check.red_flags or check.level == "routine"
        assert {flag for flag in check.red_flags if flag.startswith("RF")} <= signs | {
            f"RF{n:02}" for n in range(1, 19)
        }
