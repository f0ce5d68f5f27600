"""The call-back form: the consent card first, then a name, one contact and a time."""

from __future__ import annotations

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.callback_request import SLOTS, consent_card, requests
from actions.dialogue import belongs_elsewhere, is_asked_for, is_new_message, prompt, text_of, words
from gutskin.contact_details import contact_in, contacts_in, is_incomplete, name_in
from gutskin.interview.phrases import plain
from gutskin.knowledge import knowledge

CONSENT, NAME, CONTACT, TIME = SLOTS
MOST_CHARACTERS = 120
NOT_UNDERSTOOD = {CONSENT: "not_understood", NAME: "bad_name", CONTACT: "bad_contact", TIME: "not_understood"}


class ValidateCallbackForm(FormValidationAction):
    """Asks nothing about a person before the card was agreed to."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "validate_callback_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Keeps the answer and asks what comes next; nothing at all when the message belongs elsewhere."""
        answers = {slot: tracker.get_slot(slot) for slot in SLOTS if tracker.get_slot(slot) is not None}
        before, changed = "", {}
        if is_new_message(tracker) and not is_asked_for(tracker, "request_callback"):  # asked for again: it goes on
            asked = next_slot(answers)
            answer = read(asked, text_of(tracker)) if asked else None
            if asked and belongs_elsewhere(tracker, reads=answer is not None, free=asked in (NAME, CONTACT, TIME)):
                return []
            if asked and answer is not None:
                changed = {asked: answer}
            elif asked:
                before = words(misread(asked, text_of(tracker)))
            if asked == TIME and (corrected := contact_in(text_of(tracker))):  # no time is written like that
                before, changed = words("corrected"), {CONTACT: corrected}
        elif not is_new_message(tracker) and not answers and requests().of(tracker.sender_id):
            return [SlotSet("requested_slot", None)]
        following = next_slot({**answers, **changed})
        events = [SlotSet(slot, value) for slot, value in changed.items()] or [SlotSet("form_misread", 1)]
        if following:
            ask(dispatcher, following, before)
        return [*events, SlotSet("requested_slot", following)]


def next_slot(answers: dict[str, Any]) -> str | None:
    """The slot to ask for; none when all is told, or consent was refused."""
    if answers.get(CONSENT) is False:
        return None
    return next((slot for slot in SLOTS if answers.get(slot) is None), None)


def read(slot: str, text: str) -> Any:
    """The answer in a text, or none."""
    reader = knowledge().interview.reader
    if slot == CONSENT:
        return {"yes": True, "no": False}.get(reader.consent(text) or "")
    if slot == NAME:
        return name_in(text)
    if slot == CONTACT:
        return contact_in(text)
    return text.strip()[:MOST_CHARACTERS] if plain(text) else None


def misread(slot: str, text: str) -> str:
    """The name of the text that says why an answer cannot be used."""
    if slot == CONTACT and len(contacts_in(text)) > 1:
        return "several_contacts"
    return "incomplete_contact" if slot == CONTACT and is_incomplete(text) else NOT_UNDERSTOOD[slot]


def ask(dispatcher: CollectingDispatcher, slot: str, before: str) -> None:
    """Utters the question for a slot."""
    interview = knowledge().interview
    if slot == CONSENT:
        text, options = consent_card(), [f"say:{words(answer)}|{interview.consent[answer]}" for answer in ("yes", "no")]
    elif slot == TIME:
        text, options = words("ask_time"), [f"say:{time}" for time in interview.texts["times"]]
    else:
        text, options = words("ask_name" if slot == NAME else "ask_contact"), []
    dispatcher.utter_message(
        response="utter_form_question", fill=prompt(text, before), next=options, asks="name" if slot == NAME else ""
    )
