"""The response generator in the Rasa process: fills a response with the article's words and the clinic's numbers.

It works with the action server away, and is the only place where passages become replies.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from gutskin.answers import ALSO, NEUTRAL, Answer, read_answer, widened
from gutskin.emergency import EATING, eating_reply, emergency_reply, speaks_of_eating
from gutskin.knowledge import knowledge
from gutskin.red_flags import Screening
from gutskin.replies import Choice, Reply
from gutskin.settings import settings
from gutskin.triage import RAISED, triage_of

OFFERS = "offers"
SAY = "say:"
AFFIRMING = ("yes", "supportive")
_OVERRIDES = ("kind", "text", "lead", "passages", "next", "contacts")


class ArticleResponses(TemplatedNaturalLanguageGenerator):
    """Named in `endpoints.yml`; Rasa makes it with the domain's responses."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The message for a response: `text` for plain clients, `custom` with the whole reply.

        Actions may override `kind`, `text`, `lead`, `passages`, `next` and `contacts`, give `fill` for placeholders, and
        the `route` of an emergency.
        """
        variants = self.responses.get(utter_action)
        if not variants:
            return None
        answer = read_answer(variants[0])
        overrides = {key: kwargs[key] for key in _OVERRIDES if kwargs.get(key)}
        answer = replace(answer, **overrides)
        reply = self._reply(answer, tracker, kwargs.get("fill") or {}, kwargs.get("route"))
        reply = replace(reply, asks=kwargs.get("asks") or "")
        if EATING in triage_of(tracker).red_flags and speaks_of_eating(reply.citations, knowledge()):
            return as_message(eating_reply(knowledge()))
        if reply.kind == "answer":
            reply = _announced(reply, tracker)
        return as_message(_urgent(reply) if _tells_of_urgency(answer.kind, tracker) else reply)

    def _reply(
        self, answer: Answer, tracker: DialogueStateTracker, fill: dict[str, str], route: str | None = None
    ) -> Reply:
        known = knowledge()
        if answer.kind == "emergency" and route:
            return emergency_reply(Screening("emergency", route=route), known)
        if answer.kind == "emergency":
            screening = known.red_flags.screen(tracker.latest_message.text or "" if tracker.latest_message else "")
            return emergency_reply(screening, known)
        if answer.kind == "answer":
            answer = _with_further(answer, tracker)
        following: Sequence[str] = answer.next
        if answer.kind == "clarify" and not following:
            following = _close_readings(tracker)
        return known.composer.answer(
            answer.kind, text=answer.text, lead=_careful(answer.lead, tracker), passages=answer.passages,
            choices=offer(following, tracker), contacts=answer.contacts, fill=fill,
        )  # fmt: skip


def _tells_of_urgency(kind: str, tracker: DialogueStateTracker) -> bool:
    """Whether this is the first reply to words that have just become urgent; a form says so by itself at its end."""
    said = tracker.latest_message
    if said is None or kind in ("prompt", "confirm") or (said.metadata or {}).get(RAISED) != "urgent":
        return False
    return isinstance(tracker.get_last_event_for((UserUttered, BotUttered)), UserUttered)


def _urgent(reply: Reply) -> Reply:
    """The reply, behind the words that this should be seen today and whom to ring."""
    known = knowledge()
    contacts = dict.fromkeys([*known.clinic.numbers("reception", "emergency"), *reply.contacts])
    return replace(reply, text=f"{known.messages.text('urgent')}\n\n{reply.text}", contacts=list(contacts))


def _announced(reply: Reply, tracker: DialogueStateTracker) -> Reply:
    """The reply, to a message in Hinglish behind a word on the language of the quotations."""
    known, said = knowledge(), tracker.latest_message
    if said is None or not known.hinglish.is_spoken(said.text or ""):
        return reply
    return replace(reply, text=f"{known.messages.text('hinglish')}\n\n{reply.text}")


def _with_further(answer: Answer, tracker: DialogueStateTracker) -> Answer:
    """The answer with the further passages that the gate found."""
    said, known = tracker.latest_message, knowledge()
    further = (said.parse_data.get(ALSO) if said else None) or []
    return replace(answer, passages=tuple(widened(answer.passages, further, known.article)))


def _careful(lead: str, tracker: DialogueStateTracker) -> str:
    """The lead-in, or a neutral one where a yes could be taken for a personal decision."""
    known = knowledge()
    said = tracker.latest_message.text or "" if tracker.latest_message else ""
    affirms = bool(lead) and known.composer.lead_ins[lead].stance in AFFIRMING
    return NEUTRAL if affirms and known.decisions.are_wanted(said) else lead


def _close_readings(tracker: DialogueStateTracker) -> list[str]:
    """The intents that the gate found close, best first."""
    if not tracker.latest_message:
        return []
    ranking = tracker.latest_message.parse_data.get("intent_ranking") or []
    known = knowledge().answers
    return [entry["name"] for entry in ranking if entry["name"] in known and known[entry["name"]].can_be_offered][:3]


def offer(names: Sequence[str], tracker: DialogueStateTracker) -> list[Choice]:
    """Choices for `intent`, `intent:condition` or `say:words|title`, with ids that mean nothing outside this turn.

    What stands behind `say:` is sent as if the visitor had typed it.
    """
    turn = tracker.latest_message.timestamp if tracker.latest_message else 0
    choices = []
    for name in names:
        title, payload = _said(name) if name.startswith(SAY) else _asked(name)
        signature = hmac.new(
            settings().key().encode(), f"{tracker.sender_id} {turn} {payload}".encode(), hashlib.sha256
        )
        choices.append(Choice(signature.hexdigest()[:16], title, payload))
    return choices


def _said(name: str) -> tuple[str, str]:
    """(title, payload) of `say:words|title`."""
    words, _, title = name.removeprefix(SAY).partition("|")
    return title or words, words


def _asked(name: str) -> tuple[str, str]:
    """(title, payload) of `intent` or `intent:condition`."""
    known = knowledge()
    intent, _, condition = name.partition(":")
    title = known.answers[intent].title
    if not condition:
        return title, f"/{intent}"
    term = known.lexicon[condition]
    title = (title if "{condition}" in title else "What about {condition}?").format(condition=term.name)
    return title, f'/{intent}{{"condition": "{term.id}"}}'


def as_message(reply: Reply) -> dict[str, Any]:
    """The reply in the form in which Rasa carries and stores it."""
    custom = reply.as_dict()
    return {"text": custom.pop("text"), "custom": {**custom, OFFERS: reply.offers}}
