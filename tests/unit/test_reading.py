"""One reading of a text for every component."""

from gutskin.nlu.reading import read


def test_a_reading_is_clean_and_lower_case(known):
    assert read("/Can  Probiotcs\u200b help?", known.lexicon).text == "can probiotcs help?"


def test_concepts_name_the_terms_whatever_they_are_called(known):
    assert "condition_acne" in read("muhase", known.lexicon).concepts.split()
    assert "probiotic" in read("probiotcs", known.lexicon).concepts
    assert "condition_unknown" in read("vitiligo", known.lexicon).concepts.split()
    assert read("hello there", known.lexicon).concepts == ""
