"""What the assistant still says when the action server is away: the article's words, and whom to ring."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from rasa.shared.core.events import UserUttered

from gutskin.knowledge import knowledge
from gutskin.lexicon import passages_of

SPOKEN = ("answer", "refer")
"""Kinds of responses that need nothing worked out; what a form asks or stores waits for the action server."""
CONDITION, PERSON, CLOSED = "ask_condition", "request_person", "reception_closed"
LOOKUPS = (CONDITION, "follow_up")
"""What the condition that a message names answers; a follow-up that names none leans on what only the actions know."""


def response_for(heard: UserUttered | None) -> tuple[str, dict[str, Any]] | None:
    """The response (its name and what it is filled with) that an understood message gets without an action, if any."""
    if heard is None:
        return None
    known, intent = knowledge(), str(heard.intent_name)
    if intent in LOOKUPS:
        named = [known.lexicon[e["value"]] for e in heard.entities if e["value"] in known.lexicon.terms]
        passages = passages_of(term for term in named if term.covered)
        return (CONDITION, {"passages": passages}) if passages else None
    answer = known.answers.get(intent)
    if answer is None or answer.kind not in SPOKEN:
        return None
    if intent == PERSON and not known.clinic.is_open(datetime.now(timezone.utc)):
        return CLOSED, {}
    return (intent, {}) if answer.kind == "refer" or answer.passages else None
