"""The queue's pages and the changes that they offer."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.pages import Pages
from desk.refusals import Refused
from desk.summaries import Summaries
from gutskin.store.audit import Audit
from gutskin.store.database import now
from gutskin.store.queue import LONGEST_LIST, OUTCOMES, TABS, Entry, Queue, Result
from gutskin.store.transcripts import Transcripts
from gutskin.store.users import Person

LONGEST_NOTE = 2_000
MOST_DAYS = 30
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = ("reference", "level", "left", "status", "owner", "outcome", "name", "contact", "preferred time")


class QueuePages:
    """New, Mine, Done; one request; what may be done with it."""

    def __init__(
        self, pages: Pages, queue: Queue, audit: Audit, transcripts: Transcripts, summaries: Summaries
    ) -> None:
        self._pages, self._queue, self._audit = pages, queue, audit
        self._transcripts, self._summaries = transcripts, summaries

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

    def open(self, request: Request, person: Person, _: FormData) -> Response:
        """One request; that it was seen is kept."""
        entry = self._entry(request)
        self._audit.add(person.name, "viewed", entry.reference)
        return self._page(request, person, entry)

    def claim(self, request: Request, person: Person, _: FormData) -> Response:
        """Takes a request; who comes second sees who has it."""
        return self._answer(request, person, self._queue.claim(self._reference(request), person.name))

    def release(self, request: Request, person: Person, form: FormData) -> Response:
        """Gives it back."""
        return self._answer(
            request, person, self._queue.release(self._reference(request), person.name, _version(form)), "/queue/new"
        )

    def not_reached(self, request: Request, person: Person, form: FormData) -> Response:
        """Called without an answer; comes back at the chosen time."""
        try:
            again = datetime.fromisoformat(str(form.get("again"))).replace(tzinfo=self._pages.zone)
            if not timedelta() <= again - now() <= timedelta(days=MOST_DAYS):
                raise ValueError  # a wrong year would hide somebody for good
        except (ValueError, OverflowError):
            raise Refused(400, "choose_time", days=MOST_DAYS) from None
        result = self._queue.not_reached(self._reference(request), person.name, _version(form), again)
        return self._answer(request, person, result)

    def done(self, request: Request, person: Person, form: FormData) -> Response:
        """Ends it with an outcome and a note."""
        outcome, note = str(form.get("outcome")), str(form.get("note") or "").strip()
        if outcome not in OUTCOMES or len(note) > LONGEST_NOTE:
            raise Refused(400, "choose_outcome", most=LONGEST_NOTE)
        result = self._queue.done(self._reference(request), person.name, _version(form), outcome, note)
        return self._answer(request, person, result)

    def undo(self, request: Request, person: Person, form: FormData) -> Response:
        """Takes back one's own last change."""
        return self._answer(request, person, self._queue.undo(self._reference(request), person.name, _version(form)))

    def attach(self, request: Request, person: Person, form: FormData) -> Response:
        """Keeps the caller's words and the reply with a request that one has."""
        words, reply = (str(form.get(name) or "").strip()[:LONGEST_NOTE] for name in ("words", "reply"))
        if not words:
            raise Refused(400, "nothing_to_attach")
        result = self._queue.attach(self._reference(request), person.name, {"words": words, "reply": reply})
        return self._answer(request, person, result)

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

    def _entry(self, request: Request) -> Entry:
        entry = self._queue.find(self._reference(request))
        if entry is None:
            raise Refused(404, "no_request")
        return entry

    def _page(self, request: Request, person: Person, entry: Entry, problem: str = "", status: int = 200) -> Response:
        given: dict[str, Any] = {
            "entry": entry, "lines": self._audit.lines(entry.reference),
            "transcript": self._transcripts.of(entry.conversation), "answers": self._summaries.answers(entry.summary),
            "checks": self._summaries.checks(entry.summary), "counts": self._queue.counts(person.name),
            "again": now() + timedelta(hours=1),
        }  # fmt: skip
        return self._pages.show(request, "request.html", person, status, problem=problem, **given)

    def _answer(self, request: Request, person: Person, result: Result, after: str | None = None) -> Response:
        if result.entry is None:
            raise Refused(404, "no_request")
        if result.made:
            return RedirectResponse(after or f"/requests/{result.entry.reference}", 303)
        owner = result.entry.owner
        say = self._pages.words.say
        now_is = say("has_it", owner=owner) if owner and owner != person.name else say("as_it_is")
        return self._page(request, person, result.entry, f"{say('not_as_it_was')} {now_is}", 409)

    @staticmethod
    def _reference(request: Request) -> str:
        return str(request.path_params["reference"])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def _version(form: FormData) -> int:
    given = str(form.get("version") or "")
    if not given.isdigit() or len(given) > 9:
        raise Refused(400, "incomplete_form")
    return int(given)
