"""The statistical reader: what it learns from, how its odds become findings, and that it only ever adds to the phrases."""

import shutil
from dataclasses import dataclass

import pytest

from gutskin.documents import read_yaml
from gutskin.red_flags import load_red_flags
from gutskin.red_flags.lessons import CALM, Lesson, in_company, lessons
from gutskin.red_flags.reader import Likelihood
from gutskin.settings import ROOT

FOLDER = ROOT / "data" / "red_flags"
PURPLE = "everything is purple"


@dataclass
class Odds:
    """A reader with one opinion: of texts that hold a word, and of all others."""

    word: str
    likelihood: Likelihood

    def weigh(self, text):
        return self.likelihood if self.word in text else Likelihood()


@pytest.fixture
def flags():
    return load_red_flags(FOLDER)


def with_odds(flags, word, **odds):
    flags.reader = Odds(word, Likelihood(**odds, group="RF02"))
    return flags


@pytest.mark.parametrize(
    ("odds", "level", "route"),
    [
        ({"emergency": 0.9, "urgent": 0.95}, "emergency", "help"),
        ({"emergency": 0.9, "crisis": 0.8, "urgent": 0.95}, "emergency", "crisis"),
        ({"emergency": 0.1, "urgent": 0.9}, "urgent", "help"),
        ({"emergency": 0.1, "urgent": 0.2}, "information", "help"),
    ],
)
def test_odds_become_levels(flags, odds, level, route):
    screening = with_odds(flags, "purple", **odds).screen(PURPLE)
    assert (screening.level, screening.route, screening.is_unclear) == (level, route, False)


def test_middling_odds_are_urgent_and_worth_a_question(flags):
    screening = with_odds(flags, "purple", emergency=0.3, urgent=0.3).screen(PURPLE)
    assert (screening.level, screening.is_unclear) == ("urgent", True)


def test_the_words_that_told_are_kept(flags):
    screening = with_odds(flags, "purple", emergency=0.99, urgent=0.99).screen(f"good morning. {PURPLE}")
    assert screening.because[0] == PURPLE
    assert screening.red_flags == ("RF02",)


def test_what_is_denied_is_not_read(flags):
    flags = with_odds(flags, "fever", emergency=1.0, urgent=1.0)
    assert flags.screen("i have fever today").is_emergency
    assert flags.screen("there is no fever today").level == "information"


def test_what_is_taken_back_is_not_read(flags):
    flags = with_odds(flags, "purple", emergency=1.0, urgent=1.0)
    assert not flags.screen(f"{PURPLE}. sorry wrong chat").is_emergency


@pytest.mark.parametrize("odds", [0.15, 0.5])
def test_the_phrases_stand_where_the_reader_is_less_alarmed(flags, odds):
    assert with_odds(flags, "lips", emergency=odds).screen("my lips are swelling").is_emergency


def test_one_question_is_asked_where_the_reader_takes_listed_words_for_harmless(flags):
    screening = with_odds(flags, "lips", emergency=0.01).screen("my lips are swelling")
    assert (screening.level, screening.is_unclear, screening.red_flags) == ("urgent", True, ("RF01",))


def test_a_wish_to_die_is_never_doubted(flags):
    assert with_odds(flags, "die", emergency=0.0).screen("i want to die").is_emergency


def test_what_an_earlier_message_completes_is_never_doubted(flags):
    flags = with_odds(flags, "faint", emergency=0.0)
    earlier = [finding.piece for finding in flags.findings("hives all over since an hour")]
    assert flags.screen("i feel faint", earlier).is_emergency


def test_a_calmer_whole_tempers_a_part():
    part, calm = Likelihood(0.8, 0.2, 0.9, "RF01"), Likelihood(0.4, 0.0, 0.5, "RF02")
    tempered = part.tempered_by(calm)
    assert tempered.group == "RF01"
    assert (tempered.emergency, tempered.crisis, tempered.urgent) == pytest.approx((0.6, 0.1, 0.7))
    assert calm.tempered_by(part) == calm


def test_each_danger_is_taught_in_company_too():
    taught = [Lesson("a", CALM, "", "x"), Lesson("b", "emergency", "RF01", "y")]
    danger, calm = in_company(taught)
    assert danger in (Lesson("a. b", "emergency", "RF01", "y"), Lesson("b. a", "emergency", "RF01", "y"))
    assert calm == Lesson("a. a", CALM, "", "pairs")
    assert in_company(taught) == [danger, calm]


def test_every_sentence_of_the_signs_is_a_lesson(flags):
    taught = {lesson.text for lesson in lessons(ROOT / "data", flags)}
    assert all(said in taught for sign in flags.signs for said in (*sign.fires, *sign.silent))


def test_sentences_of_calm_posts_are_taught_by_themselves_but_for_alarming_ones(flags, tmp_path):
    folder = tmp_path / "red_flags"
    shutil.copytree(ROOT / "data", tmp_path, dirs_exist_ok=True)
    lists = "emergency: {}\ncrisis: {}\nurgent: {}\ncalm:\n"
    (folder / "reader.yml").write_text(f"{lists}  - The bill was high! My lips are swelling. It was a dream.\n")
    (folder / "reader_told.yml").write_text(f"{lists}  - one calm sentence\n")
    taught = {lesson.text: lesson.danger for lesson in lessons(tmp_path, flags)}
    assert taught["The bill was high!"] == taught["It was a dream."] == CALM
    assert "My lips are swelling." not in taught


def test_no_listed_answer_of_the_interview_alarms_but_by_phrases(known, flags):
    questions = read_yaml(ROOT / "data" / "triage" / "questions.yml")["questions"].values()
    options = [option for question in questions for option in question["options"]]
    words = {str(word) for option in options for word in (option["title"], *option["reads"])}
    assert known.red_flags.reader
    alarming = {word for word in words if known.red_flags.screen(word).is_emergency}
    assert alarming == {word for word in words if flags.screen(word).is_emergency}
