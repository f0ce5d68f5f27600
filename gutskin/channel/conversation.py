"""One conversation in Rasa: opening it, saying something in it, reading it back, erasing it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import date, datetime, timezone
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from gutskin.channel.problems import Expired, UnknownChoice
from gutskin.conversations import ConversationStore
from gutskin.nlg import OFFERS, TRIAGE_SLOT, as_message
from gutskin.replies import Reply

CHANNEL = "chat"
CHOICE_TITLE = "choice_title"
_logger = logging.getLogger(__name__)


def conversation_store(agent: Agent) -> ConversationStore:
    """The agent's own store, out of the fail-safe that Rasa wraps around it."""
    store = agent.tracker_store
    return getattr(store, "_tracker_store", store)


class ReplyCollector(CollectingOutputChannel):
    """Keeps each message whole: Rasa's own collector would split text at blank lines."""

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Collects one message of the response generator."""
        self.messages.append(public_reply(message))


def public_reply(message: dict[str, Any]) -> dict[str, Any]:
    """The contract's reply in a stored or sent message, without what the choices stand for."""
    custom = message.get("custom") or {}
    reply = {"kind": custom.get("kind", "smalltalk"), "text": message.get("text") or ""}
    reply |= {key: custom.get(key) or [] for key in ("citations", "choices", "contacts")}
    return {**reply, "asks": custom["asks"]} if custom.get("asks") else reply


class Conversation:
    """A conversation of the running agent."""

    def __init__(self, agent: Agent, conversation_id: str) -> None:
        self._agent = agent
        self.id = conversation_id

    async def open(self, greeting: str) -> list[dict[str, Any]]:
        """Starts the conversation with the response `greeting`; the public replies."""
        output = ReplyCollector()
        async with self._agent.lock_store.lock(self.id):
            tracker = await self._agent.processor.fetch_tracker_with_initial_session(self.id, output)
            message = await self._agent.nlg.generate(f"utter_{greeting}", tracker, CHANNEL)
            await self._save(tracker, [_uttered(message)])
        return [public_reply(message)]

    async def tracker(self) -> DialogueStateTracker:
        """The conversation so far.

        Raises:
            Expired: there is none: never opened, erased, or lost with its store.
        """
        tracker = await self._agent.tracker_store.retrieve(self.id)
        if tracker is None or not tracker.events:
            raise Expired
        return tracker

    async def say(self, text: str, within: float, metadata: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Passes a message to Rasa; the public replies, empty when there was no answer within that many seconds."""
        output = ReplyCollector()
        message = UserMessage(text, output, self.id, input_channel=CHANNEL, metadata=metadata or {})
        try:
            await asyncio.wait_for(self._agent.handle_message(message), within)
        except asyncio.TimeoutError:
            _logger.error("No answer within %s s.", within)
        except Exception as problem:  # silence is worse than any error: the visitor is told, the log names the kind
            _logger.exception("No answer: %s.", type(problem).__name__)
        return output.messages

    async def record(
        self,
        reply: Reply,
        *,
        text: str | None = None,
        intent: str = "",
        triage: dict[str, Any] | None = None,
        check: str = "",
    ) -> None:
        """Keeps a reply that the channel gave by itself, with the message it answers; ends a running form."""
        async with self._agent.lock_store.lock(self.id):
            tracker = await self.tracker()
            events: list[Event] = []
            if text is not None:
                parsed = {"text": text, "intent": {"name": intent, "confidence": 1.0}, "entities": []}
                events += [UserUttered(text, parsed["intent"], [], parsed, input_channel=CHANNEL)]
                events += [ActionExecuted(f"utter_{intent}")]
            events += [_uttered(as_message(reply), check)]
            if triage is not None:
                events += [SlotSet(TRIAGE_SLOT, triage)]
            if text is not None:
                events += [ActiveLoop(None), ActionExecuted("action_listen")]
            await self._save(tracker, events)

    async def set_triage(self, triage: dict[str, Any]) -> None:
        """Keeps the triage state."""
        async with self._agent.lock_store.lock(self.id):
            await self._save(await self.tracker(), [SlotSet(TRIAGE_SLOT, triage)])

    async def end(self) -> date | None:
        """Erases it; the day until which it is locked instead, where a law wants it kept."""
        async with self._agent.lock_store.lock(self.id):
            return conversation_store(self._agent).end(self.id)

    async def _save(self, tracker: DialogueStateTracker, events: Sequence[Event]) -> None:
        tracker.update_with_events(list(events), self._agent.domain)
        await self._agent.tracker_store.save(tracker)


def _uttered(message: dict[str, Any], check: str = "") -> BotUttered:
    return BotUttered(message["text"], {"custom": message["custom"]}, {"check": check} if check else None)


def payload_of(tracker: DialogueStateTracker, choice: str) -> tuple[str, str]:
    """(payload, title) of a choice that the last replies offered.

    Raises:
        UnknownChoice: they did not.
    """
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered):
            custom = event.data.get("custom") or {}
            if choice in custom.get(OFFERS, {}):
                title = next(offered["title"] for offered in custom["choices"] if offered["id"] == choice)
                return custom[OFFERS][choice], title
    raise UnknownChoice


def check_asked(tracker: DialogueStateTracker) -> str | None:
    """The question about danger that the last replies asked, if they did."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered) and (event.metadata or {}).get("check"):
            return str(event.metadata["check"])
    return None


def was_asked(tracker: DialogueStateTracker, check: str) -> bool:
    """Whether the question about danger was asked before, or a form that asks its own is running."""
    asked = {(event.metadata or {}).get("check") for event in tracker.events if isinstance(event, BotUttered)}
    return check in asked or bool(tracker.active_loop_name)


def triage_of(tracker: DialogueStateTracker) -> dict[str, Any] | None:
    """The triage state kept so far."""
    return tracker.get_slot(TRIAGE_SLOT)


def history(tracker: DialogueStateTracker) -> list[dict[str, Any]]:
    """The conversation as its visitor saw it."""
    messages = []
    for event in tracker.events:
        at = datetime.fromtimestamp(event.timestamp, timezone.utc).isoformat(timespec="milliseconds")
        if isinstance(event, UserUttered):
            said = (event.metadata or {}).get(CHOICE_TITLE) or event.text
            messages.append({"from": "visitor", "at": at, "text": said})
        elif isinstance(event, BotUttered):
            reply = public_reply({"text": event.text, "custom": event.data.get("custom")})
            messages.append({"from": "assistant", "at": at, **reply})
    return messages
