"""One row at a time gives what scikit-learn gives for whole matrices."""

import numpy as np
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from gutskin.linear_model import LinearModel
from gutskin.text_features import Row, Vocabulary, matrix_of

TEXTS = [
    "does sugar harm the skin", "too much sugar at breakfast", "sugar and more sugar", "is sugar bad",
    "should i drink water", "drinking water for skin", "water at breakfast", "more water than tea",
    "is bread good", "bread and butter", "brown bread for breakfast", "bread is bread",
]  # fmt: skip
FOODS = np.repeat(["sugar", "water", "bread"], 4)
OTHERS = ["sugar in the water", "breakfast", "", "zzz 12 ??", "Wäter BREAD bread bread"]
MEANINGS = np.random.default_rng(1).normal(size=(len(TEXTS) + len(OTHERS), 5)).astype(np.float32)


def vocabularies():
    found = [Vocabulary.of_characters(), Vocabulary.of_words(), Vocabulary.of_names(0.7)]
    for vocabulary in found:
        vocabulary.fit(TEXTS)
    return found


def features(texts, meanings):
    return matrix_of([*(vocabulary.matrix(texts) for vocabulary in vocabularies()), meanings])


def row(text, meaning):
    return Row.beside([*(vocabulary.row(text) for vocabulary in vocabularies()), Row.dense(meaning)])


def calibrated(foods):
    classifier = CalibratedClassifierCV(LinearSVC(random_state=1), cv=2, ensemble=False)
    classifier.fit(features(TEXTS, MEANINGS[: len(TEXTS)]), foods)
    return classifier, LinearModel.of_calibrated(classifier)


def logistic(foods):
    classifier = LogisticRegression().fit(features(TEXTS, MEANINGS[: len(TEXTS)]), foods)
    return classifier, LinearModel.of_logistic(classifier)


@pytest.mark.parametrize("number", range(len(TEXTS + OTHERS)))
def test_a_row_is_the_row_of_the_matrix(number):
    text, meaning = (TEXTS + OTHERS)[number], MEANINGS[number]
    made, whole = row(text, meaning), features([text], meaning[None])
    dense = np.zeros(made.width)
    dense[made.places] = made.values
    assert np.allclose(dense, whole.toarray()[0], atol=1e-6)


@pytest.mark.parametrize("learn", [calibrated, logistic])
@pytest.mark.parametrize("foods", [FOODS, FOODS == "water"], ids=["three", "two"])
def test_probabilities_are_those_of_the_classifier(learn, foods):
    classifier, model = learn(foods)
    made = [model.probabilities(row(text, meaning)) for text, meaning in zip(TEXTS + OTHERS, MEANINGS, strict=True)]
    assert list(model.classes) == list(classifier.classes_)
    assert np.allclose(made, classifier.predict_proba(features(TEXTS + OTHERS, MEANINGS)), atol=1e-5)
