"""Templates, and how moments, in the zone of the clinic, and levels read in them."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from desk.words import Words
from gutskin.store.database import now
from gutskin.store.queue import TABS
from gutskin.store.users import Person

_NUMBER = re.compile(r"\+?[0-9]{3,15}")
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+")
FOLDER = Path(__file__).resolve().parent
ICONS = {"emergency": "▲", "urgent": "◆", "routine": "●", "information": "○"}
"""The levels, the most dangerous first."""


class Pages:
    """Renders the desk's pages."""

    def __init__(self, zone: tzinfo, words: Words, **known: Any) -> None:
        """`known` is what every page may show."""
        self.zone, self.words = zone, words
        self._templates = Jinja2Templates(FOLDER / "templates")
        environment = self._templates.env
        environment.filters |= {
            "clock": self._clock,
            "moment": self._moment,
            "waiting": waiting,
            "field": self._field,
            "day": _day,
            "reached_at": reached_at,
        }
        environment.globals |= {
            "ICONS": ICONS,
            "LEVELS": list(ICONS),
            "OUTCOMES": words.outcomes,
            "TABS": TABS,
            "say": words.say,
            **known,
        }
        environment.trim_blocks = environment.lstrip_blocks = True

    def show(
        self, request: Request, template: str, person: Person | None = None, status: int = 200, **given: Any
    ) -> Response:
        """One page or part of one."""
        given = {"person": person, "problem": "", **given}
        return self._templates.TemplateResponse(request, template, given, status_code=status)

    def _clock(self, at: datetime) -> str:
        return at.astimezone(self.zone).strftime("%H:%M")

    def _moment(self, at: datetime) -> str:
        return at.astimezone(self.zone).strftime("%d %b %Y, %H:%M")

    def _field(self, at: datetime) -> str:
        """As a form's field of day and time takes it."""
        return at.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M")


def reached_at(contact: str) -> str:
    """The address that rings or writes to a contact; empty when it looks like neither a number nor an e-mail address."""
    if _NUMBER.fullmatch(contact):
        return f"tel:{contact}"
    return f"mailto:{contact}" if _MAIL.fullmatch(contact) else ""


def is_part(request: Request) -> bool:
    """Whether a page's script asks for a part of it; without scripts the same address gives a whole page."""
    return "hx-request" in request.headers


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def waiting(since: datetime) -> str:
    """How long it has been, in the largest unit."""
    minutes = max(0, int((now() - since).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes < 48 * 60 else f"{minutes // 1440} days"
