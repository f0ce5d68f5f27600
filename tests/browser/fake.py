"""A small stand-in for the Rasa server: the real pages, words and quotations, by a fixed script instead of understanding.

It serves the states of a page that a real assistant reaches only by luck, at once and always alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from uuid import uuid4

from gutskin.channel.pages import Pages
from gutskin.emergency import emergency_reply
from gutskin.knowledge import Knowledge, knowledge
from gutskin.replies import Choice, Reply
from gutskin.settings import settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
TOPICS = {
    "probiotics": "ask_probiotics_help", "foods": "ask_good_foods", "curd": "ask_fermented_foods",
    "dose": "ask_uncovered_dose", "conditions": "ask_conditions_list",
}  # fmt: skip
FORM = (
    (
        "",
        "May the clinic keep your name and number to call you back?\nThey are deleted after the call, or when you ask for it.",
        ("Yes, I agree", "No, do not keep them"),
    ),
    ("name", "A person will call you back. What is your name?", ()),
    ("tel", "Thank you. Which number may reception call?", ()),
    ("", "When would a call suit you?", ("Morning", "Afternoon", "Evening")),
)


@dataclass
class Talk:
    """One conversation."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    answered: dict[str, dict[str, Any]] = field(default_factory=dict)
    offered: dict[str, str] = field(default_factory=dict)
    step: int | None = None


class Script:
    """What the stand-in says."""

    def __init__(self, known: Knowledge) -> None:
        self.known = known
        self.composer = known.composer
        self.talks: dict[str, Talk] = {}
        self.votes: list[dict[str, Any]] = []
        self.one_at_a_time = Lock()

    def open(self) -> tuple[str, list[dict[str, Any]]]:
        token = uuid4().hex
        self.talks[token] = Talk()
        return token, self._told(self.talks[token], [self._answer(self.talks[token], "greet")])

    def say(self, talk: Talk, text: str) -> dict[str, Any]:
        talk.messages.append({"from": "visitor", "at": _now(), "text": text})
        screening = self.known.red_flags.screen(text)
        if screening.is_emergency:
            talk.step = None
            replies = [emergency_reply(screening, self.known)]
        else:
            replies = [self._next(talk, text)]
        return {"replies": self._told(talk, replies), "triage": {"level": screening.level}}

    def _next(self, talk: Talk, text: str) -> Reply:
        if talk.step is not None:
            talk.step += 1
            if talk.step == len(FORM):
                talk.step = None
                return Reply("confirm", "Thank you. Reception will call you back. Reference 7F3A20C1.")
            return self._prompt(talk)
        if "person" in text:
            talk.step = 0
            return self._prompt(talk)
        names = {answer.title: name for name, answer in self.known.answers.items() if answer.title}
        found = names.get(text) or next((name for word, name in TOPICS.items() if word in text.lower()), "out_of_scope")
        return self._answer(talk, found)

    def _prompt(self, talk: Talk) -> Reply:
        assert talk.step is not None
        _, text, titles = FORM[talk.step]
        return Reply("prompt", text, choices=[self._choice(talk, title, title) for title in titles])

    def _answer(self, talk: Talk, name: str) -> Reply:
        answers = self.known.answers
        answer = answers[name]
        following = [answers[following] for following in answer.next if ":" not in following]
        return self.composer.answer(
            answer.kind, text=answer.text, lead=answer.lead, passages=answer.passages,
            choices=[self._choice(talk, next_.title, next_.title) for next_ in following], contacts=answer.contacts,
        )  # fmt: skip

    def _choice(self, talk: Talk, title: str, stands_for: str) -> Choice:
        choice = uuid4().hex[:12]
        talk.offered[choice] = stands_for
        return Choice(choice, title, stands_for)

    def _told(self, talk: Talk, replies: list[Reply]) -> list[dict[str, Any]]:
        told = [reply.as_dict() for reply in replies]
        if talk.step is not None:
            told[-1]["asks"] = FORM[talk.step][0]
        talk.messages += [{"from": "assistant", "at": _now(), **reply} for reply in told]
        return told


class Handler(BaseHTTPRequestHandler):
    """The contract's calls."""

    script: Script
    pages: Pages
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def do_GET(self) -> None:  # noqa: N802
        path = self.path.split("?")[0].rstrip("/")
        if path == "/chat/history":
            return self._json(200, {"messages": talk.messages}) if (talk := self._talk()) else self._expired()
        files = {
            "/chat": ("text/html", self.pages.article.encode()),
            "/chat/embed": ("text/html", self.pages.embed.encode()),
            "/chat/widget.js": ("text/javascript", self.pages.widget.script),
            "/chat/page.css": ("text/css", self.pages.style.read_bytes()),
        }
        kind, body = files.get(path, ("text/plain", b""))
        return self._send(200 if path in files else 404, kind, body)

    def do_POST(self) -> None:  # noqa: N802
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/chat/sessions":
            token, replies = self.script.open()
            return self._json(201, {"session": token, "expires_in": 1800, "replies": replies})
        talk = self.script.talks.get(body["session"])
        if talk is None:
            return self._expired()
        if self.path == "/chat/feedback":
            self.script.votes.append(body)
            return self._json(201, {"kept": True})
        name = body.get("message_id") or uuid4().hex
        said = body.get("text") or talk.offered.get(body.get("choice", ""), "")
        if len(said) > 1000:
            return self._json(413, {"error": {"code": "too_long", "message": "That message is too long."}})
        with self.script.one_at_a_time:
            if name not in talk.answered:
                talk.answered[name] = {**self.script.say(talk, said), "session": body["session"]}
        return self._json(200, talk.answered[name])

    def do_DELETE(self) -> None:  # noqa: N802
        talk = self._talk()
        if talk is None:
            return self._expired()
        del self.script.talks[self._token()]
        return self._json(
            200, {"reference": "5C01D9AE", "message": "This conversation has been erased. Reference 5C01D9AE."}
        )

    def _token(self) -> str:
        return self.headers.get("Authorization", "").removeprefix("Bearer ")

    def _talk(self) -> Talk | None:
        return self.script.talks.get(self._token())

    def _expired(self) -> None:
        self._json(401, {"error": {"code": "expired", "message": "This conversation has ended."}})

    def _json(self, status: int, document: dict[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(document).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # the page has gone
            self.wfile.write(body)


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


@dataclass(frozen=True)
class Fake:
    """A running stand-in."""

    base: str
    script: Script


@contextmanager
def fake_assistant() -> Iterator[Fake]:
    """Serves on a free port of this machine until left."""
    script, pages = Script(knowledge()), Pages(knowledge(), settings())
    script.known.red_flags.screen("The first screen loads its rules.")
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), type("ScriptedHandler", (Handler,), {"script": script, "pages": pages})
    )
    base = f"http://127.0.0.1:{server.server_address[1]}/chat"
    script.composer = replace(script.known.composer, page_url=base)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Fake(base, script)
    finally:
        server.shutdown()
        server.server_close()
