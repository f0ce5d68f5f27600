"""The triage state of a conversation."""

import pytest

from gutskin.red_flags import LEVELS, Screening, load_red_flags
from gutskin.red_flags.screening import Finding
from gutskin.settings import ROOT
from gutskin.triage import Triage


def screening(level, *groups, because=(), flags=(), pieces=()):
    return Screening(level, tuple(flags), groups, tuple(because), findings=tuple(Finding(p, p) for p in pieces))


@pytest.mark.parametrize("before", LEVELS)
@pytest.mark.parametrize("now", LEVELS)
def test_the_highest_level_stands(before, now):
    state = Triage().after(screening(before, "RF01")).after(screening(now, "RF02"))
    assert state.level == max(before, now, key=LEVELS.index)


def test_a_lower_level_adds_neither_groups_nor_reasons():
    high = Triage().after(screening("emergency", "RF01", because=["lips swelling"]))
    assert high.after(screening("urgent", "RF02", because=["a fever"])).as_dict() == high.as_dict()


def test_a_higher_level_replaces_groups_and_reasons():
    state = Triage().after(screening("urgent", "RF02", because=["a fever"]))
    state = state.after(screening("emergency", "RF01", because=["lips swelling"]))
    assert (state.red_flags, state.because) == (("RF01",), ("lips swelling",))


def test_the_same_level_adds_groups_and_reasons_once():
    state = Triage().after(screening("emergency", "RF01", because=["a"]))
    state = state.after(screening("emergency", "RF01", "RF08", because=["a", "b"]))
    assert (state.red_flags, state.because) == (("RF01", "RF08"), ("a", "b"))


def test_flags_and_pieces_gather_at_every_level():
    state = Triage().after(screening("emergency", "RF01", pieces=["swelling"]))
    state = state.after(screening("routine", flags=["priority"], pieces=["fever", "swelling"]))
    assert (state.flags, state.pieces) == (("priority",), ("swelling", "fever"))


def test_the_state_survives_being_kept():
    state = Triage().after(screening("urgent", "RF02", because=["x"], flags=["priority"], pieces=["fever"]))
    assert Triage.load(state.keep()) == state


def test_no_state_is_the_lowest():
    assert Triage.load(None) == Triage()
    assert Triage().as_dict() == {"level": "information", "flags": [], "red_flags": [], "because": []}


def test_the_contract_does_not_print_the_pieces():
    assert "pieces" not in Triage().after(screening("urgent", "RF02", pieces=["fever"])).as_dict()


FLAGS = load_red_flags(ROOT / "data" / "red_flags")


def heard(*turns):
    state = Triage()
    for turn in turns:
        _, state = Triage.load(state.keep()).hear(FLAGS.findings(turn), FLAGS)
    return state.level


@pytest.mark.parametrize(
    "explained",
    [
        "it was last year", "just joking", "sorry that was 3 years ago", "oops, autocorrect. all good here",
        "sorry wrong chat", "that was my little nephew playing with my phone", "galti se bhej diya",
        "i was talking about a tv serial", "it was only a prank, nobody is ill here",
    ],
)  # fmt: skip
def test_an_explained_alarm_falls_back(explained):
    assert heard("my lips are swelling", explained) == "information"


def test_it_falls_no_lower_than_the_other_facts_need():
    before = "I am pregnant and my palms itch badly at night"
    assert heard(before) == "urgent"
    assert heard(before, "my lips are swelling", "just joking") == "urgent"


@pytest.mark.parametrize(
    "turns",
    [
        ("i want to die", "just joking"), ("my lips are swelling", "not a joke"),
        ("my lips are swelling", "it was last year but now my lips are swelling again"),
        ("no history of ulcers, vomiting blood since morning",),
        ("my lips are swelling", "this is not a prank"), ("my lipz are swelling", "sorry typo, my lips are swelling"),
        ("sorry wrong number, my lips are swelling",), ("that was my son typing. now he cant breathe",),
    ],
)  # fmt: skip
def test_an_alarm_stands(turns):
    assert heard(*turns) == "emergency"
