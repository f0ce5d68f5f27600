"""The triage form: reads each message against the open question, and asks the next.

A digression is left to the rules, which answer it and come back here; a yes to a danger ends the form at once.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue import belongs_elsewhere, is_new_message, prompt, terms_in, text_of, words
from actions.triage_answers import (
    CHECK_SLOT,
    MISREAD_SLOT,
    PREFIX,
    STARTED_SLOT,
    answers_of,
    events_of,
)
from gutskin.interview import SKIPPED, Check, Question
from gutskin.interview.interview import CHECKS
from gutskin.knowledge import knowledge
from gutskin.triage import triage_of

PATIENCE = 2
"""So many answers that are not understood count as a skip."""


class ValidateTriageForm(FormValidationAction):
    """Decides which slot is asked for; the interview's data say how."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "validate_triage_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Keeps what the message tells and asks what comes next; nothing at all when the message belongs elsewhere."""
        interview = knowledge().interview
        answers, level = answers_of(tracker), triage_of(tracker).level
        asked = interview.pending(answers, level)
        changed: dict[str, Any] = {}
        before = ""
        if is_new_message(tracker):
            found = self._heard(asked, answers, tracker)
            if found is None:
                return []
            changed, before = found
        following = interview.pending({**answers, **changed}, level)
        events = events_of(changed) + [
            SlotSet(MISREAD_SLOT, 0 if changed else (tracker.get_slot(MISREAD_SLOT) or 0) + 1),
            SlotSet(STARTED_SLOT, True),
        ]
        if following is None:
            return [*events, SlotSet("requested_slot", None)]
        opening = "" if tracker.get_slot(STARTED_SLOT) else words("intro")
        ask(dispatcher, following, opening, before)
        slot = CHECK_SLOT if isinstance(following, Check) else PREFIX + following.id
        return [*events, SlotSet("requested_slot", slot)]

    def _heard(
        self, asked: Question | Check | None, answers: dict[str, Any], tracker: Tracker
    ) -> tuple[dict[str, Any], str] | None:
        """(answers that the message changes, what to say first); none if it belongs elsewhere."""
        interview, text, terms = knowledge().interview, text_of(tracker), terms_in(tracker)
        if asked is None:
            return {}, ""
        corrected = interview.correction(text, answers, asked, terms)
        if corrected:
            return dict([corrected]), words("corrected")
        answer = interview.read(asked, text, terms)
        free = isinstance(asked, Question) and asked.free
        if belongs_elsewhere(tracker, reads=answer is not None, free=free):
            return None
        if answer is None and (tracker.get_slot(MISREAD_SLOT) or 0) < PATIENCE:
            return {}, words("not_understood")
        answer = answer or SKIPPED
        if isinstance(asked, Check):
            return {CHECKS: {**(answers.get(CHECKS) or {}), asked.id: answer}}, ""
        told = interview.mentioned(text, terms) if asked.id == "complaint" and answer != SKIPPED else {}
        unasked = {name: value for name, value in told.items() if name not in answers}
        return {**unasked, asked.id: answer}, ""


def ask(dispatcher: CollectingDispatcher, following: Question | Check, *before: str) -> None:
    """Utters a question with its choices; a check's reply names the check, so that a yes is seen everywhere."""
    is_check = isinstance(following, Check)
    options = (
        [f"say:{words(answer)}" for answer in ("yes", "no")]
        if isinstance(following, Check)
        else [f"say:{option.say}|{option.title}" for option in following.options]
    )
    dispatcher.utter_message(
        response="utter_form_question", fill=prompt(following.ask, *before), next=[*options, f"say:{words('skip')}"],
        check=following.id if is_check else "",
    )  # fmt: skip
