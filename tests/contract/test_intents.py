"""Every intent can be understood and is answered; nothing in the domain is left over."""

import pkgutil
from importlib import import_module

import pytest
from rasa_sdk import Action

import actions
from gutskin.knowledge import knowledge
from tests.sources import domain, steps, training

SET_BY_COMPONENTS = {"emergency", "clarify_topic"}
INTENTS = [next(iter(intent)) if isinstance(intent, dict) else intent for intent in domain()["intents"]]
RESPONSES = set(domain()["responses"])
FORMS = set(domain()["forms"])


def custom_actions():
    for module in pkgutil.iter_modules(actions.__path__, "actions."):
        import_module(module.name)
    return {action().name() for action in Action.__subclasses__() if action.__module__.startswith("actions.")}


def intents_of(rule):
    for step in rule:
        yield from (choice["intent"] for choice in step.get("or", [step]) if "intent" in choice)


@pytest.mark.parametrize("intent", INTENTS)
def test_the_intent_has_a_rule_that_ends_in_something_to_say(intent):
    rules = [rule for rule in steps() if intent in intents_of(rule)]
    assert rules
    said = {step["action"] for rule in rules for step in rule if "action" in step}
    assert said <= RESPONSES | custom_actions() | FORMS | {"action_deactivate_loop"}
    assert said


@pytest.mark.parametrize("intent", [intent for intent in INTENTS if intent not in SET_BY_COMPONENTS])
def test_the_intent_has_examples(intent):
    assert len(training().get(intent, ())) >= 15


def test_no_examples_belong_to_an_intent_that_is_not_there():
    assert set(training()) <= set(INTENTS)


def test_no_rule_speaks_of_an_intent_that_is_not_there():
    assert {intent for rule in steps() for intent in intents_of(rule)} <= set(INTENTS)


def test_the_domain_lists_the_actions_that_are_there():
    listed = {action for action in domain()["actions"] if action.startswith("action_")}
    assert listed == custom_actions()


def test_each_intent_stands_once():
    assert len(set(INTENTS)) == len(INTENTS)


def test_every_answer_that_is_offered_has_an_intent():
    offered = {following.partition(":")[0] for answer in knowledge().answers.values() for following in answer.next}
    assert offered <= set(INTENTS)


def test_the_entities_of_the_domain_are_those_of_the_lexicon():
    assert {term.entity for term in knowledge().lexicon.terms.values()} <= set(domain()["entities"])
