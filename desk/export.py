"""A day's requests as CSV, for a spreadsheet: times of the clinic, and no cell that is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo

from desk.summaries import Summaries
from gutskin.store.queue import Entry

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = (
    "reference", "level", "left ({zone})", "status", "owner", "done ({zone})", "outcome", "note", "name", "contact",
    "preferred time", "condition", "why this level",
)  # fmt: skip


def day_as_csv(entries: Iterable[Entry], zone: tzinfo, outcomes: Mapping[str, str], summaries: Summaries) -> str:
    """The table, beginning with the mark by which a spreadsheet knows UTF-8."""
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    writer.writerow(column.format(zone=zone) for column in COLUMNS)
    for e in entries:
        cells = (
            e.reference, e.level, _local(e.created_at, zone), e.status, e.owner or "", _local(e.done_at, zone),
            outcomes[e.outcome] if e.outcome else "", e.note or "", e.name, e.contact, e.preferred_time,
            summaries.condition(e.summary), "; ".join(e.summary.get("because") or ()),
        )  # fmt: skip
        writer.writerow(harmless(cell) for cell in cells)
    return "\ufeff" + table.getvalue()


def _local(at: datetime | None, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
