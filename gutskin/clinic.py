"""The clinic: its name, hours and the numbers to call, all from one file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gutskin.documents import line_of, read_yaml, require
from gutskin.errors import DataError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
REQUIRED_CONTACTS = ("reception", "emergency", "crisis")
_DIALABLE = re.compile(r"\+?[0-9][0-9 -]{1,18}[0-9]")


@dataclass(frozen=True)
class Contact:
    """A number to call, with the words that stand beside it."""

    label: str
    number: str

    def as_dict(self) -> dict[str, str]:
        """The contact as the public contract prints it."""
        return {"label": self.label, "number": self.number}

    def __str__(self) -> str:
        return f"{self.label}: {self.number}"


@dataclass(frozen=True)
class Clinic:
    """One clinic's file, checked."""

    name: str
    place: str
    timezone: ZoneInfo
    contacts: dict[str, tuple[Contact, ...]]
    hours: dict[str, tuple[time, time]]
    hours_in_words: str
    out_of_hours: str
    verified_by: str
    verified_on: str
    demo: bool

    def numbers(self, *groups: str) -> list[Contact]:
        """The contacts of the groups, in order, each once."""
        return list(dict.fromkeys(contact for group in groups for contact in self.contacts[group]))

    def facts(self) -> dict[str, str]:
        """What procedural words may name: the clinic, its hours, and each group of numbers on one line."""
        return {
            "clinic": self.name,
            "place": self.place,
            "hours": self.hours_in_words,
            "out_of_hours": self.out_of_hours,
            **{
                group: " or ".join(f"{c.number} ({c.label})" for c in numbers)
                for group, numbers in self.contacts.items()
            },
        }

    def is_open(self, at: datetime) -> bool:
        """Whether reception answers at that moment (an aware datetime of any zone)."""
        local = at.astimezone(self.timezone)
        opening = self.hours.get(WEEKDAYS[local.weekday()])
        return opening is not None and opening[0] <= local.time() < opening[1]

    def open_from(self, at: datetime) -> datetime:
        """The first moment from then on at which reception answers, in the clinic's zone; then, if it never opens."""
        local = at.astimezone(self.timezone)
        for days in range(len(WEEKDAYS) + 1):
            day = local.date() + timedelta(days=days)
            opening = self.hours.get(WEEKDAYS[day.weekday()])
            if opening is not None:
                opens, closes = (datetime.combine(day, moment, self.timezone) for moment in opening)
                if local < closes:
                    return max(local, opens)
        return local


def load_clinic(file: Path, for_visitors: bool = False) -> Clinic:
    """Reads and checks the clinic's file; `for_visitors` takes no example, and no numbers that nobody has verified.

    Raises:
        DataError: a value is missing, or a number cannot be dialled: nobody should find that out in an emergency.
    """
    data = read_yaml(file)
    if for_visitors and data.get("demo"):
        raise DataError(
            file, line_of(data, "demo"), "this is the example clinic", "put in your clinic's numbers, and `demo: false`"
        )
    if for_visitors and not data.get("verified_by"):
        raise DataError(file, 1, "nobody has verified the numbers", "ring each but the emergency lines, then sign it")
    mend = "compare with the example in the README"
    contacts = require(file, data, "contacts", dict, mend)
    for group in REQUIRED_CONTACTS:
        require(file, contacts, group, list, "list at least one `label` with its `number`")
    return Clinic(
        name=require(file, data, "name", str, mend),
        place=require(file, data, "place", str, mend),
        timezone=_timezone(file, data),
        contacts={group: _contacts(file, contacts, group) for group in contacts},
        hours={day: _opening(file, data["hours"], day) for day in require(file, data, "hours", dict, mend)},
        hours_in_words=require(file, data, "hours_in_words", str, mend),
        out_of_hours=require(file, data, "out_of_hours", str, mend),
        verified_by=str(data.get("verified_by") or ""),
        verified_on=str(data.get("verified_on") or ""),
        demo=bool(data.get("demo")),
    )


def _contacts(file: Path, contacts: Any, group: str) -> tuple[Contact, ...]:
    found = []
    for entry in contacts[group]:
        label = require(file, entry, "label", str, "say whose number it is")
        number = require(file, entry, "number", str, "write the number in quotes")
        if not _DIALABLE.fullmatch(number):
            raise DataError(
                file,
                line_of(entry, "number"),
                f"{number!r} cannot be dialled",
                "digits, spaces and dashes only, a + may lead",
            )
        found.append(Contact(label, number))
    if not found:
        raise DataError(
            file, line_of(contacts, group), f"no number under `{group}`", "add at least one `label` with its `number`"
        )
    return tuple(found)


def _timezone(file: Path, data: Any) -> ZoneInfo:
    name = require(file, data, "timezone", str, "name the zone, such as Asia/Kolkata")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise DataError(
            file, line_of(data, "timezone"), f"no time zone {name!r}", "use a name such as Asia/Kolkata"
        ) from None


def _opening(file: Path, hours: Any, day: str) -> tuple[time, time]:
    try:
        opens, closes = (time.fromisoformat(moment) for moment in hours[day])
    except (TypeError, ValueError):
        raise DataError(file, line_of(hours, day), f"`{day}` needs two times", 'write ["10:00", "19:00"]') from None
    if day not in WEEKDAYS:
        raise DataError(file, line_of(hours, day), f"{day!r} is not a weekday", f"use {', '.join(WEEKDAYS)}")
    return opens, closes
