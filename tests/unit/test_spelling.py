"""Mending typing errors, and leaving alone what is a word."""

import pytest

from gutskin.nlu.reading import speller
from gutskin.spelling import Speller, english_words

WORDS = ["probiotics", "psoriasis", "acne", "eczema", "curd", "fermented"]


@pytest.fixture(scope="module")
def small():
    return Speller(WORDS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("probiotcs", "probiotics"),
        ("Probiotcs", "probiotics"),
        ("probitoics", "probiotics"),
        ("porbiotcs", "probiotics"),
        ("psorasis", "psoriasis"),
        ("eczma", "eczema"),
        ("fermentd", "fermented"),
    ],
)
def test_a_typing_error_becomes_the_nearest_word(small, typed, meant):
    assert small.word(typed) == meant


@pytest.mark.parametrize("word", ["card", "curl", "acme", "fomented", "the", "a", "x", "", "123", "b12"])
def test_english_words_short_tokens_and_numbers_stay(small, word):
    assert small.word(word) == word


def test_two_nearest_words_leave_the_token_alone():
    assert Speller(["abcdex", "abcdey"]).word("abcdez") == "abcdez"


def test_a_short_word_is_mended_over_one_edit_only(small):
    assert small.word("exmaz") == "exmaz"


def test_text_keeps_everything_but_the_mended_words(small):
    assert small.text("Do probiotcs, don't they, help psorasis?") == "do probiotics, don't they, help psoriasis?"


@pytest.mark.parametrize("word", ["liye", "hote", "likha", "karne", "batana", "dont", "neighbours"])
def test_everyday_words_that_no_dictionary_has_stay(known, word):
    assert speller(known.lexicon).word(word) == word
    assert known.red_flags._speller.word(word) == word


def test_a_misspelling_is_no_everyday_word(known):
    english = english_words()
    assert not [word for word in known.everyday_words if speller(known.lexicon).word(word) != word]
    assert not known.everyday_words & {"brething", "tounge", "eczma", "vomitting", "swalow"}
    assert len(known.everyday_words - english.keys()) > 500


@pytest.mark.parametrize(
    "name",
    [
        "isotretinoin", "tretinoin", "adapalene", "doxycycline", "minocycline", "azithromycin", "erythromycin",
        "clarithromycin", "prednisolone", "prednisone", "methylprednisolone", "methotrexate", "cetirizine",
        "levocetirizine", "hydroxyzine", "hydroxychloroquine", "hydrocortisone", "betamethasone", "mometasone",
        "clobetasol", "ivermectin", "metformin", "spironolactone", "rifaximin", "vitiligo", "lupus", "melasma",
    ],
)  # fmt: skip
def test_no_drug_or_disease_name_turns_into_another(known, name):
    assert speller(known.lexicon).word(name) == name


@pytest.mark.parametrize("word", ["face", "skin", "story", "better", "really", "doctor", "cream", "water", "breath"])
def test_everyday_words_stay_beside_the_whole_lexicon(known, word):
    assert speller(known.lexicon).word(word) == word
