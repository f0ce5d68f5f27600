"""A suggested reply to a caller's words: asked of the running assistant, in a conversation that is erased at once."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import aiohttp
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from desk.pages import Pages, is_part
from desk.refusals import Refused
from gutskin.article import Article
from gutskin.store.exchanges import UNCOUNTED
from gutskin.store.feedback import Feedback
from gutskin.store.users import Person

MOST_CHARACTERS = 1_000
SECONDS = 20
_SENTENCE_END, _BLANK_LINES = re.compile(r"(?<=[.!?]) +"), re.compile(r"\n{3,}")
_logger = logging.getLogger(__name__)


class Assistant:
    """The running assistant, over its public contract."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._erasing: set[asyncio.Task[None]] = set()

    async def ask(self, words: str) -> dict[str, Any]:
        """The contract's answer to the words.

        Raises:
            aiohttp.ClientError: it could not be asked.
        """
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        async with aiohttp.ClientSession(timeout=timeout, raise_for_status=True) as session:
            async with session.post(f"{self._base}/sessions", json={}) as answer:
                token = (await answer.json())["session"]
            try:
                said = {"session": token, "text": words}
                async with session.post(f"{self._base}/messages", json=said, headers={UNCOUNTED: "1"}) as answer:
                    return dict(await answer.json())
            finally:
                task = asyncio.create_task(self._erase(token))  # the answer does not wait for it
                self._erasing.add(task)
                task.add_done_callback(self._erasing.discard)

    async def _erase(self, token: str) -> None:
        try:
            async with aiohttp.ClientSession(raise_for_status=True) as session:
                await session.delete(f"{self._base}/sessions", headers={"Authorization": f"Bearer {token}"})
        except (aiohttp.ClientError, asyncio.TimeoutError) as problem:
            _logger.warning("A suggestion's conversation stays until retention ends it: %s.", type(problem).__name__)


@dataclass(frozen=True)
class Suggested:
    """What the box shows: the words, the request that they may be attached to, and the answer or why there is none."""

    words: str
    reference: str
    answer: dict[str, Any] | None
    problem: str
    own: frozenset[str] = frozenset()
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    """However often it is attached, it is kept once."""

    @cached_property
    def whole(self) -> str:
        """The texts of the answer, apart, as a visitor reads them."""
        return "\n\n".join(reply["text"] for reply in self._replies)

    @cached_property
    def reply(self) -> str:
        """What is read out: in an emergency all of it, else without the sentences that only tell how to ring reception."""
        if self.answer is None or self.answer["triage"]["level"] == "emergency":
            return self.whole
        numbers = {str(contact["number"]) for reply in self._replies for contact in reply["contacts"]}
        return without_sentences(self.whole, self.own & numbers, numbers - self.own) or self.whole

    @property
    def to_do(self) -> str:
        """The name of the sentence that says what reception does besides reading the reply; empty when that is all."""
        if self.answer is None or self.answer["triage"]["level"] == "emergency":
            return ""
        if self.answer["triage"]["level"] == "urgent":
            return "offer_today"
        return "offer_appointment" if any(reply["kind"] == "refer" for reply in self._replies) else ""

    @property
    def _replies(self) -> list[dict[str, Any]]:
        return list((self.answer or {}).get("replies", ()))


def without_sentences(text: str, holding: Collection[str], sparing: Collection[str]) -> str:
    """The text without the sentences in which one of some numbers stands, and none of the others."""

    def is_kept(sentence: str) -> bool:
        return any(n in sentence for n in sparing) or not any(n in sentence for n in holding)

    lines = (" ".join(filter(is_kept, _SENTENCE_END.split(line))) for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


class SuggestPages:
    """The box on every page, and what comes back."""

    def __init__(
        self, pages: Pages, assistant: Assistant, feedback: Feedback, article: Article, own: frozenset[str]
    ) -> None:
        """`own` are reception's own numbers, which it does not read out."""
        self._pages, self._assistant, self._feedback, self._article = pages, assistant, feedback, article
        self._own = own

    async def suggest(self, request: Request, person: Person, form: FormData) -> Response:
        """Level, reason, reply and passages."""
        words = str(form.get("words") or "").strip()
        reference = str(form.get("reference") or "")[:6]
        say, problem, answer = self._pages.words.say, "", None
        if not words:
            problem = say("type_words")
        elif len(words) > MOST_CHARACTERS:
            problem = say("too_many_characters", most=MOST_CHARACTERS)
        else:
            try:
                answer = await self._assistant.ask(words)
            except (aiohttp.ClientError, asyncio.TimeoutError, KeyError, ValueError) as failure:
                _logger.warning("No suggestion: %s.", type(failure).__name__)
                problem = say("assistant_silent")
        suggested = Suggested(words, reference, answer, problem, own=self._own)
        part = "suggestion.html" if is_part(request) else "suggested.html"
        return self._pages.show(request, part, person, suggested=suggested)

    def unhelpful(self, request: Request, person: Person, form: FormData) -> Response:
        """Counts a "not helpful" for the passages of a suggestion."""
        passages = str(form.get("passages") or "").split()
        if not passages or any(passage not in self._article for passage in passages):
            raise Refused(400, "no_passage")
        self._feedback.add(self._article.sha256, passages, helpful=False, who=person.name)
        noted = self._pages.words.say("noted")
        if is_part(request):
            return Response(noted, media_type="text/plain")
        return self._pages.show(request, "suggested.html", person, told=noted)
