"""One reading of a text for every component."""

from gutskin.nlu.reading import read


def test_a_reading_is_clean_lower_case_and_mended(known):
    assert read("/Can  Probiotcs\u200b help?", known.lexicon).text == "can probiotics help?"


def test_concepts_name_the_terms_whatever_they_are_called(known):
    assert "condition_acne" in read("muhase", known.lexicon).concepts.split()
    assert "condition_unknown" in read("vitiligo", known.lexicon).concepts.split()
    assert read("hello there", known.lexicon).concepts == ""
