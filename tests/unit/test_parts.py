"""Finding the questions in a message."""

import pytest

from gutskin.nlu.parts import questions_in


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("is curd good for skin", []),
        ("Is curd good for skin?", []),
        ("I like curd and rice and fish", []),
        ("I have had this for years. Nothing helps so far.", []),
        ("I am a student. I live in a hostel. Is curd good for skin? Thanks.", ["Is curd good for skin?"]),
        (
            "does curd help eczema and what should I eat",
            ["does curd help eczema", "what should I eat"],
        ),
        ("what is sebum, how is it made", ["what is sebum", "how is it made"]),
        ("are nuts and seeds good for skin", []),
        ("dahi khana theek hai aur kya pani peena chahiye?", ["kya pani peena chahiye?"]),
    ],
)
def test_questions_are_told_from_what_surrounds_them(known, text, parts):
    assert questions_in(text, known.interview.reader) == parts


def test_a_flood_of_questions_is_cut_to_the_last_ones(known):
    text = " ".join(f"Is number {n} good?" for n in range(40))
    assert questions_in(text, known.interview.reader) == [f"Is number {n} good?" for n in range(36, 40)]
