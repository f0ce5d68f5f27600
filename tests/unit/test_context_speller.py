"""Unknown words read by their neighbours."""

import pickle

import pytest

from gutskin.context_speller import ContextSpeller

SENTENCES = ("which curd helps acne", "which card do you take", "take the card", "yoghurt helps the problem")


@pytest.fixture(scope="module")
def speller():
    return ContextSpeller(SENTENCES)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("yoghurd helps the problm", "yoghurt helps the problem"),
        ("which cxrd helps acne", "which curd helps acne"),
        ("take the cxrd", "take the card"),
        ("the yogh", "the yogh"),
        ("", ""),
        ("123 ... !", "123 ... !"),
    ],
)
def test_it_reads_what_the_neighbours_make_likeliest(speller, typed, read):
    assert speller.text(typed) == read


@pytest.mark.parametrize("typed", ["which cord helps acne", "the cud helps"])
def test_words_of_english_and_short_ones_stay(speller, typed):
    assert speller.text(typed) == typed


def test_a_typing_error_of_the_sentences_themselves_is_mended():
    assert ContextSpeller(["yoghurtz", "yoghurt", "yoghurt"]).text("yoghurtz") == "yoghurt"
    assert ContextSpeller(["yoghurtz", "yoghurtz", "yoghurt"]).text("yoghurtz") == "yoghurtz"


def test_known_words_stand_and_are_read_though_no_sentence_has_them():
    speller = ContextSpeller(SENTENCES, ["kefirr"])
    assert speller.text("which kefirr helps, kefrir") == "which kefirr helps, kefirr"


def test_it_can_be_kept(speller):
    assert pickle.loads(pickle.dumps(speller)).text("yoghurd helps") == "yoghurt helps"
