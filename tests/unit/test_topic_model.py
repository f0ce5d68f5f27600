"""The topic model by itself, on a handful of sentences."""

import pickle

import numpy as np
import pytest

from gutskin.encoder import WIDTH
from gutskin.nlu.reading import Reading
from gutskin.nlu.topic_model import Recipe, TopicModel

SENTENCES = {
    "sugar": ["does sugar harm", "is sugar bad for skin", "sugar and breakfast", "too much sugar"],
    "water": ["should water help", "drinking water for skin", "water at breakfast", "more water"],
}


class NoMeaning:
    """An encoder that sees nothing, so that the words alone decide."""

    def encode(self, texts):
        return np.zeros((len(texts), WIDTH), dtype=np.float32)


def reading(text):
    return Reading(text, ())


@pytest.fixture(scope="module")
def model():
    pairs = [(reading(text), topic) for topic, texts in SENTENCES.items() for text in texts]
    return TopicModel(Recipe(folds=2)).fit([r for r, _ in pairs], [t for _, t in pairs], NoMeaning())


def best(model, text):
    return model.topics[model.probabilities([reading(text)], NoMeaning())[0].argmax()]


def test_it_tells_topics_apart(model):
    assert (best(model, "sugar for my skin"), best(model, "water for my skin")) == ("sugar", "water")


def test_a_word_that_nothing_knows_is_read_as_the_nearest_of_the_training_sentences(model):
    same = model.probabilities([reading("waetr at braekfast"), reading("water at breakfast")], NoMeaning())
    assert np.allclose(*same)


def test_an_english_word_is_never_read_as_another(model):
    same = model.probabilities([reading("wafer"), reading("water")], NoMeaning())
    assert not np.allclose(*same)


def test_a_stored_model_answers_as_before(model):
    stored = pickle.loads(pickle.dumps(model))
    assert best(stored, "waetr") == best(model, "waetr") == "water"


def test_topics_with_one_sentence_are_learned_too():
    texts, topics = ["sugar one", "water two", "water three", "bread four"], ["sugar", "water", "water", "bread"]
    learned = TopicModel(Recipe()).fit([reading(text) for text in texts], topics, NoMeaning())
    assert [best(learned, text) for text in texts] == topics
