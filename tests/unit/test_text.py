"""Cleaning what a person typed."""

import pytest

from gutskin.text import clean, has_words


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("what about acne", "what about acne"),
        ("  two   spaces ", "two spaces"),
        ("a\r\nb\tc", "a b c"),
        ("ac\u200bne", "acne"),
        ("ac\u200c\u200d\u2060ne\ufeff", "acne"),
        ("\u202eacne\u202c", "acne"),
        ("\u2066a\u2069\u200e\u200f", "a"),
        ("a\x00c\x07n\x1be\x7f", "acne"),
        ("\ud800acne", "acne"),
        ("can’t", "can't"),
        ("can`t", "can't"),
        ("ａｃｎｅ", "acne"),
        ("ﬁbre", "fibre"),
        ("a\u00a0b\u3000c", "a b c"),
        ("मुहांसे", "मुहांसे"),
        ("", ""),
        ("\u200b \u202e", ""),
    ],
)
def test_only_what_can_be_read_is_kept(raw, cleaned):
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    "lead",
    ["/", "//", " /", "\t/", "\n/", "/ /", "\u00a0/", "\u3000/", "／", "\uff0f/", "\u200b/", "\u202e/", "/\u200b/", "\x00/",
     "\u00ad/", "\ufeff/"],
)  # fmt: skip
def test_a_leading_slash_is_dropped_in_every_form(lead):
    assert clean(f"{lead}restart") == "restart"


def test_a_slash_inside_stays():
    assert clean("gut/skin") == "gut/skin"


@pytest.mark.parametrize("raw", ["/ /restart", "a  \u200b b", "／/x", "\u202e /\u200b/ y", "e\u0301"])
def test_cleaning_twice_changes_nothing_more(raw):
    assert clean(clean(raw)) == clean(raw)


@pytest.mark.parametrize(
    ("text", "words"),
    [("a", True), ("7", True), ("मु", True), ("", False), ("?!", False), ("🙂👍", False), (" ", False)],
)
def test_a_letter_or_a_digit_makes_words(text, words):
    assert has_words(text) is words
