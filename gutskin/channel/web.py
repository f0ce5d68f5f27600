"""The routes of the public contract, and what happens to a message on its way in."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from typing import Any

import aiohttp
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from gutskin import logs
from gutskin.channel.action_calls import ActionCalls, check_results_quickly
from gutskin.channel.admission import Admission
from gutskin.channel.conversation import (
    CHOICE_TITLE,
    Conversation,
    check_asked,
    conversation_store,
    history,
    payload_of,
    warm_up,
    was_asked,
)
from gutskin.channel.metrics import Metrics
from gutskin.channel.pace import Pace
from gutskin.channel.pages import Pages
from gutskin.channel.problems import BadRequest, NotReady, Problem, TooLong, Unauthorised
from gutskin.channel.repeats import Repeats
from gutskin.channel.requests import (
    MOST_BYTES,
    MOST_CHARACTERS,
    Incoming,
    read_json,
    read_message,
    read_verdict,
    words_in,
)
from gutskin.channel.tokens import Tokens
from gutskin.channel.unaided import response_for
from gutskin.emergency import EATING, eating_reply, emergency_reply
from gutskin.knowledge import Knowledge, knowledge
from gutskin.nlg import offer
from gutskin.red_flags import Screening
from gutskin.replies import Reply
from gutskin.settings import settings
from gutskin.store.callbacks import CallbackRequests
from gutskin.store.database import Database
from gutskin.store.exchanges import UNCOUNTED, ExchangeLog, asked_of
from gutskin.store.feedback import Feedback
from gutskin.text import clean, has_words
from gutskin.triage import RAISED, Triage, triage_of

KEPT_BYTES = 8 * 1024 * 1024
SCREENED_CHARACTERS = 64 * 1024
HEALTH_SECONDS = 2.0
YES_OR_NO = ("say:yes|Yes", "say:no|No")
NOT_REVIEWED = "not yet reviewed by a clinician"
EMERGENCY_SECONDS = 1.0
"""How long an emergency waits for its conversation, busy with an earlier message, before it is answered without it."""
_logger = logging.getLogger(__name__)


class ChatChannel(InputChannel):
    """Named in `credentials.yml`; the only channel of this assistant."""

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "chat"

    def url_prefix(self) -> str:
        """Absolute, so that Rasa mounts the channel at `/chat` and not under `/webhooks`."""
        return "/chat"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes; called once by Rasa when its server starts."""
        logs.set_up()
        knowledge().red_flags.warm_up()
        admission, metrics = Admission(settings().most_waiting), Metrics()
        metrics.serve(settings().metrics_host, settings().metrics_port, lambda: admission.at_work)
        tokens, pace, pages = Tokens(settings()), Pace(settings()), Pages(knowledge(), settings())
        repeats: Repeats[tuple[list[dict[str, Any]], Triage]] = Repeats()
        database = Database(settings())
        callbacks, feedback, log = CallbackRequests(settings(), database), Feedback(database), ExchangeLog(database)
        chat = Blueprint("chat")

        @chat.listener("after_server_start")
        async def make_ready(app: Sanic, _: asyncio.AbstractEventLoop) -> None:
            agent = getattr(app.ctx, "agent", None)
            if agent is None or not agent.is_ready():
                return
            if agent.action_endpoint is not None:
                calls = ActionCalls(agent.action_endpoint, settings().actions_seconds, metrics.action_failed)
                check_results_quickly()
                agent.action_endpoint = agent.processor.action_endpoint = calls
            await warm_up(agent)
            app.ctx.is_warm = True

        @chat.post("/sessions")
        async def open_session(request: Request) -> HTTPResponse:
            pace.check_address(_address(request))
            read_json(request.body or b"{}", len(request.body))
            conversation_id, token = tokens.issue()
            try:
                replies = await Conversation(_agent(request.app), conversation_id).open(
                    knowledge().messages.texts["greeting"]
                )
            except Problem:
                raise
            except Exception as problem:
                _logger.exception("No conversation could be opened: %s.", type(problem).__name__)
                raise NotReady(retry_after=5) from problem
            return response.json({"session": token, "expires_in": tokens.seconds, "replies": replies}, 201)

        @chat.post("/messages", stream=True)
        async def receive_message(request: Request) -> HTTPResponse:
            started = time.perf_counter()
            body, size = await _read_body(request)
            screening = _screen(words_in(body))
            try:
                pace.check_address(_address(request))
                incoming = read_message(read_json(body, size))
                conversation = Conversation(_agent(request.app), tokens.read(incoming.session))
                pace.check_session(conversation.id)
                if incoming.text is not None and len(incoming.text) > MOST_CHARACTERS:
                    raise TooLong
                counted_in = None if UNCOUNTED in request.headers else log
                with nullcontext() if screening.is_emergency else admission.place():
                    replies, triage = await repeats.once(
                        conversation.id,
                        incoming.message_id,
                        lambda: _counted(counted_in, conversation, incoming, screening),
                    )
                _, token = tokens.issue(conversation.id)
            except Problem:
                if not screening.is_emergency:
                    raise
                triage = Triage().after(screening)
                replies = [emergency_reply(screening, knowledge()).as_dict()]
                metrics.answered(replies, triage.level, time.perf_counter() - started)
                return response.json({"replies": replies, "triage": triage.as_dict()})
            metrics.answered(replies, triage.level, time.perf_counter() - started)
            return response.json(
                {"replies": replies, "triage": triage.as_dict(), "session": token, "expires_in": tokens.seconds}
            )

        @chat.get("/history")
        async def read_history(request: Request) -> HTTPResponse:
            conversation = Conversation(_agent(request.app), tokens.read(_bearer(request)))
            return response.json({"messages": history(await conversation.whole())})

        @chat.delete("/sessions")
        async def erase_session(request: Request) -> HTTPResponse:
            conversation = Conversation(_agent(request.app), tokens.read(_bearer(request)))
            await conversation.tracker()
            try:
                await asyncio.to_thread(callbacks.withdraw, conversation.id)
            except Exception as problem:  # nothing is erased by halves: the visitor is asked to try again
                _logger.exception("A call-back request could not be erased: %s.", type(problem).__name__)
                raise NotReady(retry_after=5) from problem
            until = await conversation.end()
            repeats.forget(conversation.id)
            reference = conversation.id[:8].upper()
            words = knowledge().messages.text("locked" if until else "erased", reference=reference, date=until)
            return response.json({"reference": reference, "message": words, "locked_until": until and str(until)})

        @chat.post("/feedback")
        async def keep_verdict(request: Request) -> HTTPResponse:
            pace.check_address(_address(request))
            verdict = read_verdict(read_json(request.body, len(request.body)))
            voter = tokens.read(verdict.session)
            pace.check_session(voter)
            article = knowledge().article
            if verdict.article != article.sha256 or any(passage not in article for passage in verdict.passages):
                raise BadRequest
            await asyncio.to_thread(feedback.add, verdict.article, verdict.passages, verdict.helpful, voter)
            return response.json({"kept": True}, 201)

        @chat.get("/health")
        async def read_health(request: Request) -> HTTPResponse:
            return response.json(await _health(request.app))

        @chat.get("/ready")
        async def tell_readiness(request: Request) -> HTTPResponse:
            _agent(request.app)
            return response.json({"ready": True})

        @chat.get("/")
        async def show_page(_: Request) -> HTTPResponse:
            return response.html(pages.article)

        @chat.get("/embed")
        async def show_bare_page(_: Request) -> HTTPResponse:
            policy = f"{HEADERS['Content-Security-Policy']}; {pages.embed_policy}"
            return response.html(pages.embed, headers={"Content-Security-Policy": policy})

        @chat.get("/widget.js")
        async def send_widget(request: Request) -> HTTPResponse:
            headers = {"ETag": pages.widget.tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
            if request.headers.get("If-None-Match") == pages.widget.tag:
                return response.empty(304, headers=headers)
            packed = "gzip" in request.headers.get("Accept-Encoding", "")
            if packed:
                headers["Content-Encoding"] = "gzip"
            script = pages.widget.packed if packed else pages.widget.script
            return response.raw(script, headers=headers, content_type="text/javascript; charset=utf-8")

        chat.static("/page.css", str(pages.style), content_type="text/css; charset=utf-8")

        chat.static("/openapi.json", str(pages.description), name="openapi", content_type="application/json")

        @chat.exception(Problem)
        async def refuse(_: Request, problem: Problem) -> HTTPResponse:
            metrics.refused(problem.code)
            message = knowledge().messages.text(problem.message, limit=MOST_CHARACTERS)
            headers = {"Retry-After": str(problem.retry_after)} if problem.retry_after else {}
            return response.json({"error": {"code": problem.code, "message": message}}, problem.status, headers=headers)

        @chat.exception(Exception)
        async def apologise(_: Request, problem: Exception) -> HTTPResponse:
            _logger.exception("A request failed: %s.", type(problem).__name__)
            message = knowledge().messages.text("no_answer")
            return response.json(
                {"error": {"code": "no_answer", "message": message}}, getattr(problem, "status_code", 500)
            )

        @chat.middleware("request")
        async def name_request(request: Request) -> None:
            logs.begin_request(request.headers.get(logs.HEADER))

        @chat.middleware("response")
        async def protect(request: Request, answer: HTTPResponse) -> None:
            metrics.request(request.name or "", answer.status)
            answer.headers[logs.HEADER] = logs.request_id()
            for name, value in HEADERS.items():
                answer.headers.setdefault(name, value)

        return chat


HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


async def _counted(
    log: ExchangeLog | None, conversation: Conversation, incoming: Incoming, screening: Screening
) -> tuple[list[dict[str, Any]], Triage]:
    """The answer, counted without a word of it; nothing that goes wrong in counting reaches the visitor."""
    started = time.monotonic()
    replies, triage, raised = await _answer(conversation, incoming, screening)
    milliseconds = round((time.monotonic() - started) * 1000)
    if log is None:
        return replies, triage
    try:
        terms = sorted({mention.term.id for mention in knowledge().lexicon.find(incoming.text or "")})
        log.add(asked_of(replies, triage.level, terms, milliseconds, raised))
    except Exception as problem:
        _logger.warning("An exchange could not be counted: %s.", type(problem).__name__)
    return replies, triage


async def _answer(
    conversation: Conversation, incoming: Incoming, alone: Screening
) -> tuple[list[dict[str, Any]], Triage, bool]:
    """The replies to a message, the triage state after it, and whether its conversation came to that level only now.

    `alone` is the screening of its text by itself.
    """
    async with conversation.turn(EMERGENCY_SECONDS if alone.is_emergency else None):
        tracker = await conversation.tracker()
        is_first, before = not any(isinstance(event, UserUttered) for event in tracker.events), triage_of(tracker)
        replies, triage = await _answer_in_turn(conversation, tracker, incoming, alone)
        return replies, triage, is_first or before.is_below(triage)


async def _answer_in_turn(
    conversation: Conversation, tracker: DialogueStateTracker, incoming: Incoming, alone: Screening
) -> tuple[list[dict[str, Any]], Triage]:
    known = knowledge()
    before = triage_of(tracker)
    text, metadata = clean(incoming.text or ""), {}
    if incoming.choice is not None:
        text, title = payload_of(tracker, incoming.choice)
        metadata[CHOICE_TITLE] = title
        alone = Screening() if text.startswith("/") else known.red_flags.screen(text)
    check = check_asked(tracker)
    is_settled = known.interview.denied(check, text) and not tracker.active_loop_name  # a form hears its own no
    screening, after = (before.settled() if is_settled else before).hear(alone.findings, known.red_flags)
    said_yes = known.interview.confirmed(check, text)
    if said_yes.is_emergency and not screening.is_emergency:
        screening, after = said_yes, before.after(said_yes)
    in_danger = _danger_reply(screening, known)
    if in_danger:
        await _keep(conversation.record(in_danger, text=text, intent="emergency", triage=after.keep()))
        return [in_danger.as_dict()], after
    if not has_words(text):
        empty = known.answers[known.messages.texts["empty"]]
        reply = known.composer.answer(empty.kind, text=empty.text, choices=offer(empty.next, tracker))
        await _keep(conversation.record(reply, text=incoming.text, intent=known.messages.texts["empty"]))
        return [reply.as_dict()], after
    is_over = screening.only_takes_back and after.is_below(before)
    if is_over or (is_settled and known.interview.reader.is_bare_no(text)):
        reply = Reply("smalltalk", known.messages.text("settled"), contacts=known.clinic.numbers("emergency"))
        await _keep(conversation.record(reply, text=text, intent="deny", triage=after.keep()))
        return [reply.as_dict()], after
    if after != before:  # kept first, so that a form which is running knows it
        await _keep(conversation.set_triage(after.keep()))
    if after.level != before.level:
        metadata[RAISED] = after.level
    asked = known.interview.check_for(screening.red_flags, screening.because)
    asks_back = screening.is_unclear and not was_asked(tracker, asked.id)
    in_form = bool(tracker.active_loop_name)
    said = await conversation.say(text, settings().reply_seconds, metadata)
    replies = said.replies or [await _unaided(conversation, None if in_form else said.heard)]
    if asks_back:
        question = f"{known.messages.text('unclear')}\n\n{asked.ask}"
        reply = Reply("prompt", question, choices=offer(YES_OR_NO, tracker), contacts=known.clinic.numbers("emergency"))
        await _keep(conversation.record(reply, check=asked.id))
        replies = [*replies, reply.as_dict()]
    return replies, await _kept_triage(conversation, after)


def _danger_reply(screening: Screening, known: Knowledge) -> Reply | None:
    """The reply that goes before any other: to an emergency, or to disordered eating."""
    if screening.is_emergency:
        return emergency_reply(screening, known)
    if EATING in screening.red_flags and screening.level == "urgent":
        return eating_reply(known)
    return None


async def _unaided(conversation: Conversation, heard: UserUttered | None) -> dict[str, Any]:
    """The reply to a message that got none: the article's words or a person where they do, else whom to ring."""
    known, found = knowledge(), response_for(heard)
    if found is not None:
        try:
            return await conversation.respond(found[0], **found[1])
        except Exception as problem:
            _logger.exception("No answer without the action server either: %s.", type(problem).__name__)
    reply = Reply("error", known.messages.text("no_answer"), contacts=known.clinic.numbers("reception", "emergency"))
    await _keep(conversation.record(reply))
    return reply.as_dict()


async def _kept_triage(conversation: Conversation, known: Triage) -> Triage:
    """The state that is kept now: a form may have raised it."""
    try:
        return triage_of(await conversation.tracker())
    except Exception as problem:
        _logger.exception("The triage state could not be read: %s.", type(problem).__name__)
        return known


async def _keep(recording: Awaitable[None]) -> None:
    """Awaits a recording; a store that fails must not keep a reply from a person."""
    try:
        await recording
    except Exception as problem:
        _logger.exception("A reply could not be recorded: %s.", type(problem).__name__)


async def _read_body(request: Request) -> tuple[bytes, int]:
    """The body, of a very large one its beginning and end, and its whole size."""
    assert request.stream is not None, "the route is declared with stream=True"
    beginning, end, size = b"", b"", 0
    while (chunk := await request.stream.read()) is not None:
        size += len(chunk)
        room = KEPT_BYTES - len(beginning)
        beginning, end = beginning + chunk[:room], (end + chunk[room:])[-MOST_BYTES:]
    return beginning + end, size


def _screen(words: str) -> Screening:
    """The screen of what may be refused, whatever its length: a long text is taken sentence by sentence, each once."""
    if len(words) <= MOST_CHARACTERS:
        return knowledge().red_flags.screen(words)
    different = "\n".join(dict.fromkeys(re.split(r"[.!?\n]+\s*", words)))
    half = SCREENED_CHARACTERS // 2
    return knowledge().red_flags.screen(
        different if len(different) <= 2 * half else different[:half] + different[-half:]
    )


def _agent(app: Sanic) -> Agent:
    agent = getattr(app.ctx, "agent", None)
    if agent is None or not getattr(app.ctx, "is_warm", False):
        raise NotReady(retry_after=5)
    return agent


def _address(request: Request) -> str:
    return request.remote_addr or request.ip


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorised
    return token.strip()


async def _health(app: Sanic) -> dict[str, Any]:
    agent = getattr(app.ctx, "agent", None)
    if agent is None or not getattr(app.ctx, "is_warm", False):
        return {"status": "degraded", "model": "", "actions": "down", "store": "down"}
    actions = await _actions_up(agent)
    store = await asyncio.to_thread(conversation_store(agent).is_up)
    signatures = knowledge().red_flags.signatures
    return {
        "status": "ok" if actions and store else "degraded",
        "model": agent.processor.model_filename,
        "actions": "up" if actions else "down",
        "store": "up" if store else "down",
        "article": knowledge().article.sha256[:12],
        "red_flags": "reviewed" if all(signatures.values()) else NOT_REVIEWED,
        "signed_off_by": {name: by or NOT_REVIEWED for name, by in signatures.items()},
    }


async def _actions_up(agent: Agent) -> bool:
    if agent.action_endpoint is None:
        return False
    try:
        health = agent.action_endpoint.url.replace("/webhook", "/health")
        timeout = aiohttp.ClientTimeout(total=HEALTH_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(health) as answer:
            return answer.status == 200
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
        return False
