"""Requests read from untrusted bytes: either a message of the contract, or the problem that refuses it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from gutskin.channel.problems import BadRequest, TooLong, Unauthorised

MOST_BYTES = 16 * 1024
MOST_CHARACTERS = 1_000


@dataclass(frozen=True)
class Incoming:
    """A message as it came: a token, and either text or a choice."""

    session: str
    text: str | None
    choice: str | None


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
    session, text, choice = (document.get(key) for key in ("session", "text", "choice"))
    if session is None:
        raise Unauthorised
    if any(value is not None and not isinstance(value, str) for value in (session, text, choice)):
        raise BadRequest
    if (text is None) == (choice is None):
        raise BadRequest
    return Incoming(session, text, choice)


def words_in(body: bytes) -> str:
    """Whatever a person may have written in a body, for the red-flag screen: the text, or else all of it."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "ignore")
    text = document.get("text") if isinstance(document, dict) else None
    return text if isinstance(text, str) else ""
