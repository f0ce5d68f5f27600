"""Messages that want a personal decision, and those that only ask what the article says."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "antibiotics harm the gut so I am stopping mine, ok?", "quit methotrexate and take curd",
        "am I right to stay on antibiotics", "should she start antibiotics", "so I am healthy?", "confirm that it is acne",
        "can curd cure me", "dawai band kar du",
    ],
)  # fmt: skip
def test_a_decision_is_wanted(known, text):
    assert known.decisions.are_wanted(text)


@pytest.mark.parametrize(
    "text",
    [
        "does sugar make my acne worse", "is curd good for skin", "do antibiotics disturb the gut", "are hives linked to the gut",
        "I have eczema, which foods are good", "does skipping meals matter", "can gut health replace treatment",
    ],
)  # fmt: skip
def test_the_article_is_asked(known, text):
    assert not known.decisions.are_wanted(text)
