"""The queue's lists: its tabs, what is found, what presses, and a day of it as CSV."""

from __future__ import annotations

from datetime import date, datetime, time

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from desk.export import day_as_csv
from desk.pages import Pages
from desk.refusals import Refused
from desk.summaries import Summaries
from gutskin.store.audit import Audit
from gutskin.store.database import now
from gutskin.store.queue import LONGEST_LIST, TABS, Queue
from gutskin.store.users import Person


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
        headers = {"Content-Disposition": f'attachment; filename="requests-{day}.csv"'}
        table = day_as_csv(entries, self._pages.zone, self._pages.words.outcomes, self._summaries)
        return Response(table, media_type="text/csv; charset=utf-8", headers=headers)
