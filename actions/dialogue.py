"""What the forms have in common: whether a message answers the question that is open, or belongs elsewhere."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from gutskin.knowledge import knowledge

FORM_INTENTS = ("affirm", "deny", "skip_question", "react_positive", "react_negative", "nonsense")
"""Intents that a form hears itself: they are answers, or not understood."""
LEAVING = ("emergency", "request_person", "request_callback", "request_triage", "stop_form", "withdraw_callback")
SURE = 0.6
FAIRLY_SURE = 0.4
FEW_WORDS = 12
CHOSEN = "choice_title"
LISTEN = "action_listen"


def is_new_message(tracker: Tracker) -> bool:
    """Whether the form has yet to read the latest message; not so at its start and after a digression."""
    if tracker.get_slot("requested_slot") is None:
        return False
    form = (tracker.active_loop or {}).get("name")
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return True
        if event["event"] == "action" and event["name"] not in (form, LISTEN):
            return False
    return True


def text_of(tracker: Tracker) -> str:
    """What the visitor wrote last."""
    return str(tracker.latest_message.get("text") or "")


def terms_in(tracker: Tracker) -> list[str]:
    """The lexicon's conditions in the latest message."""
    return _conditions(tracker.latest_message)


def spoken_of(tracker: Tracker) -> list[str]:
    """The lexicon's conditions in all that the visitor wrote, the latest first."""
    said = (event.get("parse_data") or {} for event in reversed(tracker.events) if event["event"] == "user")
    return list(dict.fromkeys(condition for message in said for condition in _conditions(message)))


def _conditions(message: dict[str, Any]) -> list[str]:
    return [entity["value"] for entity in message.get("entities") or [] if entity["entity"] == "condition"]


def is_asked_for(tracker: Tracker, intent: str) -> bool:
    """Whether the message is surely that wish and nothing else."""
    found = tracker.latest_message.get("intent") or {}
    short = len(text_of(tracker).split()) <= FEW_WORDS
    return found.get("name") == intent and float(found.get("confidence") or 0) >= SURE and short


def belongs_elsewhere(tracker: Tracker, reads: bool, free: bool) -> bool:
    """Whether the message is not for the form: a question of its own, or a wish to leave.

    `reads`: it can be read as an answer. `free`: any statement could be one.
    """
    message = tracker.latest_message
    intent, text = message.get("intent") or {}, text_of(tracker)
    name, confidence = str(intent.get("name")), float(intent.get("confidence") or 0)
    reader = knowledge().interview.reader
    if CHOSEN in (message.get("metadata") or {}) and not text.startswith("/"):
        return False
    if text.startswith("/") or name == "emergency" or reader.is_stop(text):
        return name not in FORM_INTENTS
    if name in LEAVING:
        return not reads or (free and is_asked_for(tracker, name))
    if name in FORM_INTENTS:
        return False
    if reader.is_question(text):
        return not (free and _is_about_oneself(name))
    return not reads and not free and confidence >= FAIRLY_SURE and not _is_refused(name)


def _is_about_oneself(intent: str) -> bool:
    answer = knowledge().answers.get(intent)
    return answer is not None and answer.kind == "refer"


def _is_refused(intent: str) -> bool:
    """Whether it would only be told that the article is silent: a name or a number is no digression from a form."""
    answer = knowledge().answers.get(intent)
    return answer is not None and answer.kind in ("not_covered", "out_of_scope")


def prompt(text: str, *before: str) -> dict[str, Any]:
    """The placeholders of a form's question, with what is said before it."""
    return {"asked": "\n\n".join([*filter(None, before), text])}


def words(name: str, **values: object) -> str:
    """A listed text of the forms, filled from the clinic's file."""
    known = knowledge()
    return str(known.interview.texts[name]).strip().format_map({**known.clinic.facts(), **values})
