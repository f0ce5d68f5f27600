"""Requests read from untrusted bytes: either a message of the contract, or the problem that refuses it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from gutskin.channel.problems import BadRequest, TooLong, Unauthorised

MOST_BYTES = 16 * 1024
MOST_CHARACTERS = 1_000
MOST_ID_CHARACTERS = 64
MOST_PASSAGES = 50


@dataclass(frozen=True)
class Incoming:
    """A message as it came: a token, and either text or a choice."""

    session: str
    text: str | None
    choice: str | None
    message_id: str | None = None
    """The client's own name for the message, the same when it sends it again."""


@dataclass(frozen=True)
class Verdict:
    """Whether an answer helped, as it came."""

    session: str
    article: str
    passages: list[str]
    helpful: bool


def read_json(body: bytes, size: int) -> dict[str, Any]:
    """The JSON object of a body of `size` bytes, of which `body` may hold only the first.

    Raises:
        TooLong: the body is over 16 KiB.
        BadRequest: it is not a JSON object.
    """
    if size > MOST_BYTES:
        raise TooLong
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest from None
    if not isinstance(document, dict):
        raise BadRequest
    return document


def read_message(document: dict[str, Any]) -> Incoming:
    """The message in a JSON object; its length is left to be judged.

    Raises:
        Unauthorised: no token.
        BadRequest: a wrong type, or neither or both of text and choice.
    """
    session, text, choice, message_id = (document.get(key) for key in ("session", "text", "choice", "message_id"))
    if session is None:
        raise Unauthorised
    if any(value is not None and not isinstance(value, str) for value in (session, text, choice, message_id)):
        raise BadRequest
    if (text is None) == (choice is None):
        raise BadRequest
    if message_id is not None and not 0 < len(message_id) <= MOST_ID_CHARACTERS:
        raise BadRequest
    return Incoming(session, text, choice, message_id)


def read_verdict(document: dict[str, Any]) -> Verdict:
    """The verdict in a JSON object.

    Raises:
        Unauthorised: no token.
        BadRequest: a wrong type, or no passage.
    """
    session, article, passages, helpful = (document.get(key) for key in ("session", "article", "passages", "helpful"))
    if session is None:
        raise Unauthorised
    if not isinstance(session, str) or not isinstance(article, str) or not isinstance(helpful, bool):
        raise BadRequest
    if not isinstance(passages, list) or not 0 < len(passages) <= MOST_PASSAGES:
        raise BadRequest
    if not all(isinstance(passage, str) for passage in passages):
        raise BadRequest
    return Verdict(session, article, passages, helpful)


def words_in(body: bytes) -> str:
    """Whatever a person may have written in a body, for the red-flag screen: the text, or else all of it."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "ignore")
    text = document.get("text") if isinstance(document, dict) else None
    return text if isinstance(text, str) else ""
