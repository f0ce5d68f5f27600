"""The red-flag engine, on signs of its own so that it does not depend on what the clinic lists."""

import json
import shutil

import pytest

from gutskin.red_flags import load_red_flags
from gutskin.settings import ROOT

CONTEXT = ROOT / "data" / "red_flags" / "context.yml"

PIECES = {
    "swelling": ["swell*", "swollen", "suj ... gaye"],
    "lips": ["lip|lips", "honth"],
    "breathless": ["cannot|cant ... breathe", "can not breathe"],
    "fever": ["fever", {"temperature_at_least": 38}],
    "rash": ["rash*"],
    "baby": ["baby", {"age_below_months": 12}],
    "vomiting": ["vomit*"],
    "wants-to-die": ["want ... to die"],
}


def sign(group, level, *when, **more):
    sentences = {"fires": ["a"], "silent": ["b"]}
    words = {"lay": "lay", "source": "source", "confidence": "high"}
    return {"id": f"{group}-{level}", "level": level, "when": list(when), **words, **sentences, **more}


SIGNS = {
    "RF01": [sign("RF01", "emergency", ["breathless"], ["swelling", "lips"])],
    "RF02": [sign("RF02", "emergency", ["fever", "rash"])],
    "RF04": [sign("RF04", "urgent", ["baby", "vomiting"], flags=["priority"])],
    "RF05": [sign("RF05", "routine", ["vomiting"], flags=["nutritionist"])],
    "RF11": [sign("RF11", "emergency", ["wants-to-die"], route="crisis")],
}


@pytest.fixture(scope="module")
def flags(tmp_path_factory):
    folder = tmp_path_factory.mktemp("red_flags")
    shutil.copy(CONTEXT, folder)
    (folder / "pieces.yml").write_text(json.dumps(PIECES))
    for group, signs in SIGNS.items():
        (folder / f"{group}.yml").write_text(json.dumps({"group": group, "signs": signs}))
    return load_red_flags(folder)


@pytest.mark.parametrize(
    "text",
    [
        "my lips are swelling", "swelling of the lips", "LIPS SWOLLEN!!!", "lips\nswollen", "my lips, they are swollen",
        "her lips are swollen after a nut", "honth suj gaye hain", "my lips are swolen",
        "my lips are swel\u200bling", "I cannot breathe", "I can't breathe", "I can’t breathe", "i cant really breathe",
        "lips-swelling", "fever of 102 and no idea why, but a rash too", "temp 39.5 with a rash", "101 F and a rash",
        "a rash and 38.5 degrees", "rash, temperature 38", "/affirm@1.0 I cannot breathe", "I *cannot* breathe",
    ],
)  # fmt: skip
def test_danger_is_seen(flags, text):
    assert flags.screen(text).is_emergency


@pytest.mark.parametrize(
    "around",
    ["“{}”", "‘{}’", "{}😭", "😭{}", "{}…", "{}~", "[{}]", "**{}**", "<b>{}</b>", "{}|", "well—{}—help", "{}&", "{}।",
     "»{}«", "{}=", "#{}", "1.{}", "{}/help", "help,{},now"],
)  # fmt: skip
def test_no_mark_beside_it_hides_danger(flags, around):
    assert flags.screen(around.format("my lips are swollen")).is_emergency
    assert flags.screen(around.format("I cannot breathe")).is_emergency


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "🙂", "no swelling of my lips", "lips not swollen", "never had swelling of the lips",
        "lips swollen nahi", "my lips were swollen last year", "lips were swelling, fine now", "what if my lips swell",
        "my lips are dry", "my ankle is swollen", "temperature 37.2 and a rash",
        "temperature 36 and a rash", "a rash for 40 days",
    ],
)  # fmt: skip
def test_what_is_denied_past_supposed_or_absent_is_not(flags, text):
    assert not flags.screen(text).is_emergency


@pytest.mark.parametrize("text", ["no fever, but my lips are swelling", "not itchy. My lips are swollen."])
def test_a_denial_reaches_no_further_than_its_own_part(flags, text):
    assert flags.screen(text).is_emergency


@pytest.mark.parametrize(
    "text",
    [
        "no, I cannot breathe", "I am not joking, I cannot breathe", "this is not normal, my lips are swelling",
        "I do not know what to do, my lips are swelling", "no one is home and I cannot breathe",
    ],
)  # fmt: skip
def test_a_denial_of_something_else_hides_no_danger(flags, text):
    assert flags.screen(text).is_emergency


@pytest.mark.parametrize("text", ["cannot breathe", "I can not breathe"])
def test_a_cue_inside_the_piece_does_not_deny_it(flags, text):
    assert flags.screen(text).is_emergency


@pytest.mark.parametrize(
    ("who", "level"),
    [
        ("my 11 months old", "urgent"), ("a 6 week old", "urgent"), ("the 3 day old", "urgent"),
        ("10 mahine ki beti", "urgent"), ("my baby", "urgent"), ("my daughter, 2 months,", "urgent"),
        ("my 12 months old", "routine"), ("my 3 year old", "routine"), ("a man 30 years old", "routine"),
    ],
)  # fmt: skip
def test_ages_are_measured(flags, who, level):
    assert flags.screen(f"{who} is vomiting").level == level


def test_pieces_complete_over_two_messages(flags):
    first = flags.screen("I have a fever")
    assert not first.is_emergency
    earlier = [finding.piece for finding in first.findings]
    assert flags.screen("and now a rash", earlier).is_emergency


def test_a_message_that_adds_nothing_does_not_raise_the_sign_again(flags):
    assert flags.screen("thank you", ["fever", "rash"]).level == "information"


def test_a_denied_piece_is_not_kept(flags):
    assert flags.screen("no fever at all").findings == ()


def test_the_highest_sign_leads_and_the_flags_of_all_are_kept(flags):
    screening = flags.screen("my baby is vomiting and cannot breathe")
    assert (screening.level, screening.red_flags) == ("emergency", ("RF01",))
    assert set(screening.flags) == {"priority", "nutritionist"}


def test_the_reasons_are_the_words_that_were_said(flags):
    assert flags.screen("My LIPS are swelling up").because == ("lips", "swelling")


def test_a_wish_to_die_takes_the_crisis_route(flags):
    assert flags.screen("I want to die").route == "crisis"
    assert flags.screen("I want to die, I cannot breathe").route == "crisis"
    assert flags.screen("I cannot breathe").route == "help"


def test_screening_leaves_no_trace_for_the_next_text(flags):
    flags.screen("my lips are swelling")
    assert flags.screen("which foods are good").level == "information"
