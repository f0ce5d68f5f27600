"""The queue's lists: its tabs, what is found, what presses, and a day of it as CSV."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from desk.pages import Pages
from desk.refusals import Refused
from desk.summaries import Summaries
from gutskin.store.audit import Audit
from gutskin.store.database import now
from gutskin.store.queue import LONGEST_LIST, TABS, Queue
from gutskin.store.users import Person

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = ("reference", "level", "left", "status", "owner", "outcome", "name", "contact", "preferred time")


class QueuePages:
    """New, Mine, Done."""

    def __init__(self, pages: Pages, queue: Queue, audit: Audit, summaries: Summaries) -> None:
        self._pages, self._queue, self._audit, self._summaries = pages, queue, audit, summaries

    def list(self, request: Request, person: Person, _: FormData) -> Response:
        """A tab, whole or, for the page's own refreshing, its rows only."""
        tab = request.path_params.get("tab", TABS[0])
        if tab not in TABS:
            raise Refused(404, "no_page")
        words = request.query_params.get("search", "")[:80]
        entries = self._queue.search(words) if words else self._queue.entries(tab, person.name)
        if words:
            self._audit.add(person.name, "searched")
        part = "rows.html" if "x-polled" in request.headers else "queue.html"
        return self._pages.show(
            request, part, person, tab=tab, entries=entries, counts=self._queue.counts(person.name), search=words,
            most=LONGEST_LIST, conditions=self._summaries.condition, today=now().astimezone(self._pages.zone).date(),
        )  # fmt: skip

    def news(self, request: Request, person: Person, _: FormData) -> Response:
        """What presses, asked by every page by itself; after the idle time the guard sends the page to the login instead."""
        counts = self._queue.counts(person.name)
        return self._pages.show(request, "news.html", person, pressing=self._queue.pressing(), counts=counts)

    def export(self, request: Request, person: Person, _: FormData) -> Response:
        """The requests of a day as CSV."""
        try:
            day = date.fromisoformat(request.query_params.get("day", ""))
            entries = self._queue.of_day(datetime.combine(day, time(), self._pages.zone))
        except (ValueError, OverflowError):
            raise Refused(400, "choose_day") from None
        self._audit.add(person.name, "exported a day")
        table = io.StringIO()
        writer = csv.writer(table, quoting=csv.QUOTE_ALL)
        writer.writerow(COLUMNS)
        for e in entries:
            cells = (e.reference, e.level, e.created_at.isoformat(timespec="minutes"), e.status, e.owner or "",
                     e.outcome or "", e.name, e.contact, e.preferred_time)  # fmt: skip
            writer.writerow([harmless(cell) for cell in cells])
        headers = {"Content-Disposition": f'attachment; filename="requests-{day}.csv"'}
        return Response("\ufeff" + table.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
