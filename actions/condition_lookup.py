"""What the article says about a condition, alone or crossed with a topic, and follow-ups that lean on the last turn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from gutskin.answers import BESIDE, NEUTRAL, Answer
from gutskin.knowledge import knowledge
from gutskin.lexicon import Term, passages_of

UNCOVERED = "ask_uncovered_condition"
LOOKUPS = ("ask_condition", UNCOVERED, "follow_up")
THINGS = ("food", "remedy", "habit")
UNNAMED = "that condition"
SURE = 0.5
"""From this probability of the topic on, a condition that the article lacks is only the background of the question."""


class ActionConditionLookup(Action):
    """Answers with the condition's passages, behind the topic's where there is one."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_condition_lookup"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters one response of the domain."""
        conditions = mentioned(tracker.latest_message, "condition")
        covered = [term for term in conditions if term.covered]
        unknown = [term for term in conditions if not term.covered]
        intent = tracker.latest_message["intent"]["name"]
        topic = last_topic(tracker) if intent == "follow_up" else None if intent in LOOKUPS else intent
        things = mentioned(tracker.latest_message, *THINGS) if intent == "follow_up" and not conditions else []
        answers = knowledge().answers
        if unknown and not covered and intent not in LOOKUPS and sureness(tracker.latest_message) >= SURE:
            utter_crossed(dispatcher, replace(answers[intent], lead=NEUTRAL), [])
        elif unknown and (not covered or intent == UNCOVERED):
            names = " or ".join(term.name for term in unknown)
            dispatcher.utter_message(response="utter_ask_uncovered_condition", fill={"asked": names})
        elif covered and topic:
            utter_crossed(dispatcher, answers[topic], covered)
        elif covered:
            dispatcher.utter_message(response="utter_ask_condition", passages=passages_of(covered))
        elif things:
            utter_things(dispatcher, things)
        elif intent == UNCOVERED:
            dispatcher.utter_message(response="utter_ask_uncovered_condition", fill={"asked": UNNAMED})
        elif topic:
            utter_more(dispatcher, answers[topic])
        else:
            dispatcher.utter_message(response="utter_which_topic" if intent == "follow_up" else "utter_which_condition")
        return []


def sureness(message: dict[str, Any]) -> float:
    """How probable the reading that stands is, before anything else was weighed."""
    intent = message["intent"]["name"]
    return next((e["confidence"] for e in message.get("intent_ranking") or [] if e["name"] == intent), 0.0)


def mentioned(message: dict[str, Any], *kinds: str) -> list[Term]:
    """The terms of these kinds that a message names, in order, each once."""
    lexicon = knowledge().lexicon
    ids = [entity["value"] for entity in message.get("entities") or [] if entity["entity"] in kinds]
    return [lexicon[term_id] for term_id in dict.fromkeys(ids) if term_id in lexicon.terms]


def last_topic(tracker: Tracker) -> str | None:
    """The topic of the last answer before this message; none if that answer was about a condition alone."""
    answers = knowledge().answers
    said = [event for event in tracker.events if event["event"] == "user"]
    for event in reversed(said[:-1]):
        name = event["parse_data"].get(BESIDE) or event["parse_data"]["intent"]["name"]
        if name == "ask_condition":
            return None
        if name in answers and answers[name].kind == "answer" and answers[name].passages:
            return str(name)
    return None


def utter_crossed(dispatcher: CollectingDispatcher, topic: Answer, conditions: list[Term]) -> None:
    """What the article says on the topic, then the most specific that it says on each condition."""
    passages = list(dict.fromkeys([*topic.passages, *(term.passages[0] for term in conditions)]))
    dispatcher.utter_message(
        response="utter_condition_crossed", lead=topic.lead, passages=passages, next=list(topic.next)
    )


def utter_things(dispatcher: CollectingDispatcher, things: list[Term]) -> None:
    """What the article says on foods, remedies or habits that a follow-up names, or that it says nothing."""
    passages = passages_of([term for term in things if term.covered])
    if passages:
        dispatcher.utter_message(response="utter_condition_crossed", lead=NEUTRAL, passages=passages)
    else:
        silent = "utter_ask_uncovered_food" if things[0].entity == "food" else "utter_ask_uncovered_remedy"
        dispatcher.utter_message(response=silent)


def utter_more(dispatcher: CollectingDispatcher, topic: Answer) -> None:
    """What else the sections of the topic say."""
    article = knowledge().article
    sections = {article[passage].section for passage in topic.passages}
    headings = [passage.id for passage in article.passages if passage.kind == "heading" and passage.words in sections]
    dispatcher.utter_message(response="utter_condition_crossed", lead=NEUTRAL, passages=headings, next=list(topic.next))
