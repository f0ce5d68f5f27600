"""The action that looks conditions up."""

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.condition_lookup import ActionConditionLookup


def said(intent, *conditions, food=None, confidence=0.4):
    entities = [{"entity": "condition", "value": condition} for condition in conditions]
    entities += [{"entity": "food", "value": food}] if food else []
    ranking = [{"name": intent, "confidence": confidence}]
    parsed = {"text": intent, "intent": {"name": intent}, "intent_ranking": ranking, "entities": entities}
    return {"event": "user", "text": intent, "parse_data": parsed}


def looked_up(*turns):
    tracker = Tracker("visitor", {}, turns[-1]["parse_data"], list(turns), False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    assert ActionConditionLookup().run(dispatcher, tracker, {}) == []
    (message,) = dispatcher.messages
    return message


def test_a_condition_brings_its_passages(known):
    message = looked_up(said("ask_condition", "acne"))
    assert message["response"] == "utter_ask_condition"
    assert message["passages"] == list(known.lexicon["acne"].passages)


def test_two_conditions_bring_both(known):
    message = looked_up(said("ask_condition", "psoriasis", "acne", "psoriasis"))
    wanted = [*known.lexicon["psoriasis"].passages, *known.lexicon["acne"].passages]
    assert message["passages"] == wanted


def test_a_topic_crossed_with_a_condition_brings_the_topic_first(known):
    message = looked_up(said("ask_probiotics_alone", "acne"))
    assert message["response"] == "utter_condition_crossed"
    assert message["lead"] == known.answers["ask_probiotics_alone"].lead
    assert message["passages"][:2] == ["probiotics-caveat", "acne"]


@pytest.mark.parametrize("intent", ["ask_uncovered_condition", "ask_condition", "follow_up", "ask_good_foods"])
def test_a_condition_that_the_article_lacks_is_named_and_not_covered(known, intent):
    message = looked_up(said(intent, "vitiligo"))
    assert message["response"] == "utter_ask_uncovered_condition"
    assert message["fill"] == {"asked": known.lexicon["vitiligo"].name}
    assert "passages" not in message


def test_a_condition_in_the_background_of_a_sure_question_is_passed_over_without_a_yes(known):
    message = looked_up(said("ask_good_foods", "diabetes", confidence=0.9))
    assert (message["response"], message["lead"]) == ("utter_condition_crossed", "article_says")
    assert message["passages"] == list(known.answers["ask_good_foods"].passages)


def test_a_sure_follow_up_to_a_condition_that_the_article_lacks_is_not_covered():
    message = looked_up(said("ask_good_foods"), said("follow_up", "vitiligo", confidence=0.9))
    assert message["response"] == "utter_ask_uncovered_condition"


def test_what_is_asked_about_an_unknown_condition_is_not_answered_with_the_one_beside_it(known):
    message = looked_up(said("ask_uncovered_condition", "psoriasis", "vitiligo"))
    assert message["response"] == "utter_ask_uncovered_condition"
    assert message["fill"] == {"asked": known.lexicon["vitiligo"].name}


def test_a_follow_up_takes_the_last_topic_to_another_condition(known):
    message = looked_up(said("ask_probiotics_help", "acne"), said("thank"), said("follow_up", "psoriasis"))
    topic = known.answers["ask_probiotics_help"]
    assert message["response"] == "utter_condition_crossed"
    assert message["passages"] == [*topic.passages, known.lexicon["psoriasis"].passages[0]]


def test_a_follow_up_to_a_condition_takes_its_place(known):
    message = looked_up(said("ask_condition", "acne"), said("follow_up", "psoriasis"))
    assert (message["response"], message["passages"]) == (
        "utter_ask_condition", list(known.lexicon["psoriasis"].passages),
    )  # fmt: skip


def test_a_bare_follow_up_brings_the_rest_of_the_section(known):
    message = looked_up(said("ask_probiotics_alone"), said("follow_up"))
    assert message["passages"] == ["can-probiotics-improve-skin"]


def test_a_follow_up_reaches_back_over_other_follow_ups(known):
    message = looked_up(said("ask_sugar"), said("follow_up", "acne"), said("follow_up", "rosacea"))
    assert message["passages"] == [*known.answers["ask_sugar"].passages, known.lexicon["rosacea"].passages[0]]


def test_a_follow_up_that_names_a_food_brings_what_is_said_of_it(known):
    message = looked_up(said("ask_good_foods"), said("follow_up", food="kefir"))
    assert message["response"] == "utter_condition_crossed"
    assert message["passages"] == list(known.lexicon["kefir"].passages)


def test_a_follow_up_that_names_a_food_the_article_lacks_says_so():
    assert looked_up(said("ask_good_foods"), said("follow_up", food="paneer"))["response"] == "utter_ask_uncovered_food"


@pytest.mark.parametrize(
    ("intent", "response"),
    [
        ("follow_up", "utter_which_topic"),
        ("ask_condition", "utter_which_condition"),
        ("ask_uncovered_condition", "utter_ask_uncovered_condition"),
    ],
)
def test_without_anything_to_go_by_it_asks_back(intent, response):
    assert looked_up(said(intent))["response"] == response


def test_a_condition_that_no_lexicon_knows_is_passed_over():
    assert looked_up(said("ask_condition", "not-a-condition"))["response"] == "utter_which_condition"


def test_every_answer_can_be_crossed_with_every_condition(known, article):
    conditions = known.lexicon.of("condition", covered=True)
    topics = [name for name, answer in known.answers.items() if answer.kind == "answer" and answer.passages]
    for topic in topics:
        for condition in conditions:
            assert article.cite(looked_up(said(topic, condition.id))["passages"])
