"""What the measurements compute, on a handful of cases."""

import random

import pytest

from evaluation.figures import best_correlation, best_refusal, risk_coverage, separation, share, standard_error
from evaluation.typing_errors import edited, misspelled

OUT = "out"


def test_a_share_and_its_error():
    flags = [True, True, False, False]
    assert (share(flags), standard_error(flags)) == (0.5, 0.25)


def test_outside_below_inside_is_told_apart_fully():
    assert separation([True, True, False], [0.9, 0.8, 0.1]) == 1.0
    assert separation([True, True], [0.9, 0.8]) is None


def test_the_best_threshold_refuses_what_is_outside():
    best = best_correlation(["a", "b", OUT], ["a", "b", "a"], [0.9, 0.8, 0.3], OUT)
    assert best.score == pytest.approx(1)
    assert 0.3 < best.value <= 0.8


def test_a_wrong_label_costs_correlation():
    assert best_correlation(["a", "b", OUT], ["b", "b", "a"], [0.9, 0.8, 0.3], OUT).score < 1


def test_refusal_weighs_answers_and_refusals_alike():
    found = best_refusal([True, True, False, False], [True, True, False, False], [0.9, 0.6, 0.5, 0.7])
    assert found.score == 0.75


def test_a_right_refusal_without_threshold_counts():
    assert best_refusal([True, False], [True, True], [0.5, 0.9]).score == 1


def test_risk_rises_where_the_unsure_are_wrong():
    coverage, wrong = risk_coverage([False, True, True, True], [0.1, 0.9, 0.8, 0.7])
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1]
    assert wrong.tolist() == [0, 0, 0, 0.25]


def test_every_long_word_and_no_other_is_misspelled():
    text = "does sugar make pimples worse, or not?"
    words, errors = text.split(), misspelled(text).split()
    changed = [word for word, error in zip(words, errors, strict=True) if word != error]
    assert changed == ["sugar", "pimples", "worse,"]


def test_errors_are_the_same_for_the_same_seed_and_others_for_another():
    text = "probiotics against eczema, breakfast without sugar"
    assert misspelled(text) == misspelled(text)
    assert misspelled(text, seed=1) != misspelled(text, seed=2)


@pytest.mark.parametrize("seed", range(30))
def test_an_error_is_one_edit(seed):
    from rapidfuzz.distance import OSA

    assert OSA.distance("breakfast", edited("breakfast", random.Random(seed))) == 1
