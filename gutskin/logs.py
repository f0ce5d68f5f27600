"""Log lines as JSON, each with the id of its request through every process. What people write is never logged."""

from __future__ import annotations

import json
import logging
import re
import traceback
import uuid
from contextvars import ContextVar
from datetime import datetime, timezone

HEADER = "X-Request-ID"
_OURS = ("gutskin", "actions")
_IDS = re.compile(r"[A-Za-z0-9._-]{8,64}")
_request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonLines(logging.Formatter):
    """One JSON object a line; of an error its kind and place, not its message, which may hold what someone wrote."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "at": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request": _request_id.get(),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["place"] = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-5:]))
        return json.dumps(line, ensure_ascii=False)


def set_up() -> None:
    """Sends the log lines of our packages to the process's error stream, once."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    for logger in map(logging.getLogger, _OURS):
        if not any(isinstance(known.formatter, JsonLines) for known in logger.handlers):
            logger.addHandler(handler)
            logger.propagate = False


def begin_request(given: str | None) -> str:
    """The id of this request: the proxy's where it is harmless, or a new one."""
    number = given if given and _IDS.fullmatch(given) else uuid.uuid4().hex
    _request_id.set(number)
    return number


def request_id() -> str:
    """The id of the request at work."""
    return _request_id.get()
