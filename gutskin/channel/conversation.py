"""One conversation in Rasa: opening it, saying something in it, reading it back, erasing it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any, TypeVar

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import SQLAlchemyError

from gutskin.channel.problems import Expired, NotReady, UnknownChoice
from gutskin.conversations import ConversationStore, Turn
from gutskin.knowledge import knowledge
from gutskin.nlg import OFFERS, as_message
from gutskin.replies import Reply
from gutskin.settings import settings
from gutskin.triage import SLOT

CHANNEL = "chat"
CHOICE_TITLE = "choice_title"
WRITING_SECONDS = 3.0
"""What reading and writing may take beside the wait for an answer."""
LOCK_POLL_SECONDS = 0.02
WARM_UP_QUESTIONS = 3
_logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


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


@dataclass(frozen=True)
class Said:
    """What came of a message: the public replies, none when there was no answer, and how it was understood."""

    replies: list[dict[str, Any]]
    heard: UserUttered | None


class Conversation:
    """A conversation of the running agent."""

    def __init__(self, agent: Agent, conversation_id: str) -> None:
        self._agent = agent
        self._store = conversation_store(agent)
        self._turn: Turn | None = None
        self.id = conversation_id

    async def open(self, greeting: str) -> list[dict[str, Any]]:
        """Starts the conversation with the response `greeting`; the public replies."""
        output = ReplyCollector()
        async with self.turn():
            tracker = await self._agent.processor.fetch_tracker_with_initial_session(self.id, output)
            message = await self._agent.nlg.generate(f"utter_{greeting}", tracker, CHANNEL)
            await self._save(tracker, [_uttered(message)])
        return [public_reply(message)]

    @asynccontextmanager
    async def turn(self, within: float | None = None) -> AsyncIterator[None]:
        """Holds the conversation for one message: read once, written once, and by nobody else between.

        The lock of a killed process ends by itself, earlier than the next message gives up waiting for it. A store that
        fails at the end must not keep the reply from a person: the log names the kind.

        Raises:
            NotReady: the conversation is not free within that many seconds.
        """
        async with self._alone(within), self._store.turn(self.id) as self._turn:
            yield
            await self._write(self._turn)

    @asynccontextmanager
    async def _alone(self, within: float | None) -> AsyncIterator[None]:
        """Keeps other messages of the conversation waiting; where the locks are gone an answer matters more than that."""
        life = settings().reply_seconds + WRITING_SECONDS
        lock = self._agent.lock_store.lock(self.id, life, LOCK_POLL_SECONDS)
        try:
            await asyncio.wait_for(lock.__aenter__(), within or life + 1)
        except asyncio.TimeoutError:
            raise NotReady(retry_after=2) from None
        except Exception as problem:
            _logger.error("The conversation is not held, the locks are gone: %s.", type(problem).__name__)
            yield
            return
        try:
            yield
        finally:
            try:
                await lock.__aexit__(None, None, None)
            except Exception as problem:  # it ends by itself
                _logger.error("A conversation could not be let go: %s.", type(problem).__name__)

    async def tracker(self) -> DialogueStateTracker:
        """The conversation so far, its last events.

        Raises:
            Expired: there is none: never opened, erased, or lost with its store.
            NotReady: the store does not answer.
        """
        return _present(await self._asked(self._store.retrieve(self.id)))

    async def whole(self) -> DialogueStateTracker:
        """The conversation with every event, for its visitor to read."""
        return _present(await self._asked(self._store.retrieve_full_tracker(self.id)))

    async def _asked(self, asking: Awaitable[Answer]) -> Answer:
        try:
            return await asking
        except SQLAlchemyError as problem:
            _logger.exception("The store did not answer: %s.", type(problem).__name__)
            raise NotReady(retry_after=5) from problem

    async def say(self, text: str, within: float, metadata: dict[str, Any] | None = None) -> Said:
        """Passes a message to Rasa and waits that many seconds for its answer."""
        assert self._turn is not None, "a message is said within a turn"
        output = ReplyCollector()
        message = UserMessage(text, output, self.id, input_channel=CHANNEL, metadata=metadata or {})
        try:
            await asyncio.wait_for(self._agent.processor.handle_message(message), within)
        except asyncio.TimeoutError:
            _logger.error("No answer within %s s.", within)
            await self._start_again(self._turn)
        except Exception as problem:  # silence is worse than any error: the visitor is told, the log names the kind
            _logger.exception("No answer: %s.", type(problem).__name__)
            await self._start_again(self._turn)
        heard = self._turn.tracker.latest_message if self._turn.tracker else None
        return Said([reply for reply in output.messages if reply["text"]], heard)

    async def respond(self, response: str, **filling: Any) -> dict[str, Any]:
        """Gives a response of the domain to the message just heard, without any action; the public reply."""
        tracker = await self.tracker()
        message = await self._agent.nlg.generate(f"utter_{response}", tracker, CHANNEL, **filling)
        await self._save(tracker, [_uttered(message)])
        return public_reply(message)

    async def _start_again(self, turn: Turn) -> None:
        await self._write(turn)
        turn.forget()

    async def _write(self, turn: Turn) -> None:
        try:
            await self._store.write(turn)
        except SQLAlchemyError as problem:
            _logger.exception("A turn could not be recorded: %s.", type(problem).__name__)

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
        events: list[Event] = []
        if text is not None:
            parsed = {"text": text, "intent": {"name": intent, "confidence": 1.0}, "entities": []}
            events += [UserUttered(text, parsed["intent"], [], parsed, input_channel=CHANNEL)]
            events += [ActionExecuted(f"utter_{intent}")]
        events += [_uttered(as_message(reply), check)]
        if triage is not None:
            events += [SlotSet(SLOT, triage)]
        if text is not None:
            events += [ActiveLoop(None), ActionExecuted("action_listen")]
        await self._save(await self.tracker(), events)

    async def set_triage(self, triage: dict[str, Any]) -> None:
        """Keeps the triage state."""
        await self._save(await self.tracker(), [SlotSet(SLOT, triage)])

    async def end(self) -> date | None:
        """Erases it; the day until which it is locked instead, where a law wants it kept.

        Raises:
            NotReady: the store does not answer.
        """
        async with self.turn():
            return await self._asked(asyncio.to_thread(self._store.end, self.id))

    async def _save(self, tracker: DialogueStateTracker, events: Sequence[Event]) -> None:
        tracker.update_with_events(list(events), self._agent.domain)
        await self._store.save(tracker)


def _present(tracker: DialogueStateTracker | None) -> DialogueStateTracker:
    if tracker is None or not tracker.events:
        raise Expired
    return tracker


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


async def warm_up(agent: Agent) -> None:
    """Asks a few of its own questions, of which nothing is kept: the first visitor waits no longer than the next."""
    conversation = Conversation(agent, "warm-up")
    titles = [answer.title for answer in knowledge().answers.values() if answer.kind == "answer" and answer.passages]
    try:
        async with conversation_store(agent).turn(conversation.id) as conversation._turn:
            for title in titles[:WARM_UP_QUESTIONS]:
                await agent.processor.handle_message(UserMessage(title, ReplyCollector(), conversation.id))
    except Exception as problem:  # it will answer, if slowly at first
        _logger.exception("The model could not be warmed up: %s.", type(problem).__name__)
