"""Made from the data: every sentence that a sign lists must raise it, or must not."""

import pytest

from gutskin.documents import read_yaml
from gutskin.red_flags import LEVELS, load_red_flags
from gutskin.settings import ROOT

FOLDER = ROOT / "data" / "red_flags"
ASSERTIONS = FOLDER / "assertions.yml"
FLAGS = load_red_flags(FOLDER)


def sentences(kind):
    return [pytest.param(sign, said, id=f"{sign.id}: {said}") for sign in FLAGS.signs for said in getattr(sign, kind)]


def assertions(kind):
    return list(read_yaml(ASSERTIONS).get(kind) or ()) if ASSERTIONS.exists() else []


def reaches(level, least):
    return LEVELS.index(level) >= LEVELS.index(least)


@pytest.mark.parametrize("sign", [pytest.param(sign, id=sign.id) for sign in FLAGS.signs])
def test_every_sign_lists_sentences_of_both_kinds(sign):
    assert sign.fires
    assert sign.silent


@pytest.mark.parametrize(("sign", "said"), sentences("fires"))
def test_the_sentence_reaches_the_level(sign, said):
    screening = FLAGS.screen(said)
    assert reaches(screening.level, sign.level), screening


@pytest.mark.parametrize(("sign", "said"), sentences("silent"))
def test_the_sentence_stays_silent(sign, said):
    screening = FLAGS.screen(said)
    assert not (sign.group in screening.red_flags and reaches(screening.level, sign.level)), screening


@pytest.mark.parametrize("case", assertions("present"), ids=lambda case: case["say"])
def test_what_is_present_counts(case):
    screening = FLAGS.screen(str(case["say"]))
    assert reaches(screening.level, case["level"]), screening


@pytest.mark.parametrize("said", map(str, assertions("set_aside")))
def test_what_is_set_aside_is_no_emergency(said):
    screening = FLAGS.screen(said)
    assert not screening.is_emergency, screening
