"""The clinic's file: what must stand in it, and when reception answers."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from gutskin.clinic import load_clinic
from gutskin.errors import DataError

CLINIC = """\
name: A Clinic
place: India
timezone: Asia/Kolkata
contacts:
  reception:
    - label: Reception
      number: "+91 80 4000 1000"
  emergency:
    - label: Emergency
      number: "112"
    - label: Ambulance
      number: "108"
  crisis:
    - label: Helpline
      number: "14416"
    - label: Emergency
      number: "112"
hours:
  monday: ["10:00", "19:00"]
  saturday: ["10:00", "13:30"]
hours_in_words: Monday and Saturday
out_of_hours: the nearest hospital
"""
IST = ZoneInfo("Asia/Kolkata")


def loaded(folder, right="", wrong=""):
    assert right in CLINIC
    file = folder / "clinic.yml"
    file.write_text(CLINIC.replace(right, wrong, 1) if right else CLINIC, encoding="utf-8")
    return load_clinic(file)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "problem"),
    [
        ("name: A Clinic\n", "", 1, "`name` is missing"),
        ("place: India\n", "", 1, "`place` is missing"),
        ("timezone: Asia/Kolkata", "timezone: Asia/Nowhere", 3, "no time zone 'Asia/Nowhere'"),
        ("timezone: Asia/Kolkata", "timezone: ../etc/passwd", 3, "no time zone"),
        ("timezone: Asia/Kolkata", "timezone: 5.5", 3, "`timezone` must be a str"),
        ('      number: "+91 80 4000 1000"\n', "", 6, "`number` is missing"),
        ('number: "112"', "number: 112", 10, "`number` must be a str"),
        ('number: "112"', 'number: "1"', 10, "'1' cannot be dialled"),
        ('number: "112"', 'number: "ask reception"', 10, "cannot be dialled"),
        ('number: "112"', 'number: "११२"', 10, "cannot be dialled"),
        ('number: "112"', 'number: "112\\n"', 10, "cannot be dialled"),
        ('number: "108"', 'number: ""', 12, "cannot be dialled"),
        ("label: Ambulance", "label: 7", 11, "`label` must be a str"),
        ('  crisis:\n    - label: Helpline\n      number: "14416"\n', "  other:\n", 5, "`crisis` is missing"),
        ('monday: ["10:00", "19:00"]', 'monday: ["10:00"]', 19, "`monday` needs two times"),
        ('monday: ["10:00", "19:00"]', "monday: always", 19, "`monday` needs two times"),
        ('monday: ["10:00", "19:00"]', 'montag: ["10:00", "19:00"]', 19, "'montag' is not a weekday"),
        ("hours_in_words: Monday and Saturday\n", "", 1, "`hours_in_words` is missing"),
        ("out_of_hours: the nearest hospital\n", "", 1, "`out_of_hours` is missing"),
    ],
)
def test_a_mistake_is_refused_with_its_line(tmp_path, right, wrong, line, problem):
    with pytest.raises(DataError) as refused:
        loaded(tmp_path, right, wrong)
    assert (refused.value.file.name, refused.value.line) == ("clinic.yml", line)
    assert problem in refused.value.problem


def test_a_group_without_numbers_is_refused(tmp_path):
    file = tmp_path / "clinic.yml"
    head, tail = CLINIC.split("  emergency:\n")
    file.write_text(head + "  emergency: []\n" + tail[tail.index("  crisis:") :], encoding="utf-8")
    with pytest.raises(DataError, match="no number under `emergency`"):
        load_clinic(file)


@pytest.mark.parametrize(
    ("local", "open_"),
    [
        (datetime(2026, 11, 23, 9, 59), False),
        (datetime(2026, 11, 23, 10, 0), True),
        (datetime(2026, 11, 23, 18, 59), True),
        (datetime(2026, 11, 23, 19, 0), False),
        (datetime(2026, 11, 28, 13, 29), True),
        (datetime(2026, 11, 28, 13, 30), False),
    ],
)
def test_reception_is_open_from_the_first_minute_to_before_the_last(tmp_path, local, open_):
    assert loaded(tmp_path).is_open(local.replace(tzinfo=IST)) is open_


@pytest.mark.parametrize("day", range(24, 28))
def test_a_day_that_is_missing_is_closed(tmp_path, day):
    assert not loaded(tmp_path).is_open(datetime(2026, 11, day, 12, tzinfo=IST))


@pytest.mark.parametrize(
    "zone",
    [timezone.utc, ZoneInfo("America/Los_Angeles"), ZoneInfo("Pacific/Kiritimati"), timezone(-timedelta(hours=12))],
)
def test_opening_does_not_depend_on_the_zone_of_the_clock(tmp_path, zone):
    clinic = loaded(tmp_path)
    assert clinic.is_open(datetime(2026, 11, 23, 10, tzinfo=IST).astimezone(zone))
    assert not clinic.is_open(datetime(2026, 11, 23, 20, tzinfo=IST).astimezone(zone))


def test_numbers_come_in_order_and_each_once(tmp_path):
    assert [c.number for c in loaded(tmp_path).numbers("crisis", "emergency")] == ["14416", "112", "108"]


def test_facts_print_each_group_on_one_line(tmp_path):
    facts = loaded(tmp_path).facts()
    assert facts["emergency"] == "112 (Emergency) or 108 (Ambulance)"
    assert facts["clinic"] == "A Clinic"


def test_the_clinic_that_is_shipped_can_be_used(known):
    assert known.clinic.numbers("reception", "emergency", "crisis")


@pytest.mark.parametrize(("signed", "problem"), [("demo: true\n", "example clinic"), ("verified_by: ''\n", "verified")])
def test_real_visitors_are_given_no_example_and_nothing_unverified(tmp_path, signed, problem):
    file = tmp_path / "clinic.yml"
    file.write_text(CLINIC + signed, encoding="utf-8")
    assert load_clinic(file)
    with pytest.raises(DataError, match=problem):
        load_clinic(file, for_visitors=True)


def test_a_verified_clinic_serves_real_visitors(tmp_path):
    file = tmp_path / "clinic.yml"
    file.write_text(CLINIC + "verified_by: R. Rao\n", encoding="utf-8")
    assert load_clinic(file, for_visitors=True).name == "A Clinic"
