"""One request: what is known of it, and what may be done with it. What was typed is never lost when it cannot be done."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.forms import version_in, words_in
from desk.pages import Pages, is_part
from desk.refusals import Refused
from desk.summaries import Summaries
from gutskin.clinic import Clinic
from gutskin.store.audit import Audit
from gutskin.store.database import now
from gutskin.store.queue import OUTCOMES, Entry, Queue, Result
from gutskin.store.transcripts import Transcripts
from gutskin.store.users import Person

LONGEST_NOTE, LONGEST_REPLY = 2_000, 12_000
MOST_DAYS = 30
RELEASING = ("clinician", "admin")
"""Who may give back what another has."""
FIRST_PAUSE = timedelta(hours=1)
CHANGES = ("claim", "release", "not-reached", "done", "undo", "attach", "detach")
"""Each is the last part of an address, and the name of the view that makes it."""


class RequestPages:
    """The page of a request and its changes."""

    def __init__(
        self, pages: Pages, queue: Queue, audit: Audit, transcripts: Transcripts, summaries: Summaries, clinic: Clinic
    ) -> None:
        self._pages, self._queue, self._audit = pages, queue, audit
        self._transcripts, self._summaries, self._clinic = transcripts, summaries, clinic

    def open(self, request: Request, person: Person, _: FormData) -> Response:
        """One request; that it was seen is kept."""
        entry = self._entry(request)
        self._audit.add(person.name, "viewed", entry.reference)
        told = self._pages.words.say("yours_already") if "yours" in request.query_params else ""
        typed = {"outcome": request.query_params.get("outcome", "")}
        return self._page(request, person, entry, typed=typed, told=told)

    def back(self, request: Request, person: Person, _: FormData) -> Response:
        """The address of a change, loaded again: only the request is there to see."""
        return RedirectResponse(f"/requests/{self._entry(request).reference}", 303)

    def claim(self, request: Request, person: Person, _: FormData) -> Response:
        """Takes a request; who comes second sees who has it."""
        result = self._queue.claim(self._reference(request), person.name)
        if result.entry is not None and not result.made and result.entry.is_with(person.name):
            return RedirectResponse(f"/requests/{result.entry.reference}?yours", 303)
        return self._answer(request, person, result)

    def release(self, request: Request, person: Person, form: FormData) -> Response:
        """Gives it back; some may also give back what somebody else has."""
        entry = self._entry(request)
        if person.role in RELEASING and not entry.is_with(person.name):
            result = self._queue.release_of_another(entry.reference, person.name, version_in(form))
        else:
            result = self._queue.release(entry.reference, person.name, version_in(form), _note(form))
        return self._answer(request, person, result, form, after="/queue/new")

    def not_reached(self, request: Request, person: Person, form: FormData) -> Response:
        """Called without an answer; comes back at the chosen time."""
        version, note = version_in(form), _note(form)
        try:
            again = datetime.fromisoformat(str(form.get("again"))).replace(tzinfo=self._pages.zone)
            if not timedelta() <= again - now() <= timedelta(days=MOST_DAYS):
                raise ValueError  # a wrong year would hide somebody for good
        except (ValueError, OverflowError):
            problem = self._pages.words.say("choose_time", days=MOST_DAYS)
            return self._page(request, person, self._entry(request), 422, problem=problem, typed=dict(form))
        result = self._queue.not_reached(self._reference(request), person.name, version, again, note)
        return self._answer(request, person, result, form)

    def done(self, request: Request, person: Person, form: FormData) -> Response:
        """Ends it with an outcome and a note."""
        version, note, outcome = version_in(form), _note(form) or "", str(form.get("outcome"))
        if outcome not in OUTCOMES:
            problem = self._pages.words.say("choose_outcome")
            return self._page(request, person, self._entry(request), 422, problem=problem, typed=dict(form))
        result = self._queue.done(self._reference(request), person.name, version, outcome, note)
        return self._answer(request, person, result, form)

    def undo(self, request: Request, person: Person, form: FormData) -> Response:
        """Takes back one's own last change; the outcome that was chosen stands in the form again."""
        before = self._entry(request)
        result = self._queue.undo(before.reference, person.name, version_in(form), _note(form))
        chosen = f"?outcome={before.outcome}" if before.outcome else ""
        return self._answer(request, person, result, form, after=f"/requests/{before.reference}{chosen}")

    def attach(self, request: Request, person: Person, form: FormData) -> Response:
        """Keeps the caller's words and the reply, as it stands in the box, with a request that one has."""
        words, reply, suggested = (words_in(form, name, LONGEST_REPLY) for name in ("words", "reply", "suggested"))
        if not words:
            raise Refused(400, "nothing_to_attach")
        suggestion = words_in(form, "suggestion")[:32] or secrets.token_urlsafe(12)
        attached = {"words": words, "reply": reply, "edited": bool(suggested) and suggested != reply}
        return self._attached(
            request, person, self._queue.attach(self._reference(request), person.name, suggestion, attached), "attached"
        )

    def detach(self, request: Request, person: Person, form: FormData) -> Response:
        """Takes away what one attached oneself."""
        result = self._queue.detach(self._reference(request), person.name, words_in(form, "at"))
        return self._attached(request, person, result, "")

    def _attached(self, request: Request, person: Person, result: Result, told: str) -> Response:
        """Where a script asks, only what is attached is drawn anew: the note in the form beside it stays as it is."""
        if not is_part(request):
            return self._answer(request, person, result)
        if not result.made or result.entry is None:
            raise Refused(409, "not_as_it_was")
        return self._pages.show(
            request, "attached.html", person, entry=result.entry, told=told and self._pages.words.say(told)
        )

    def _answer(
        self, request: Request, person: Person, result: Result, form: FormData | None = None, after: str = ""
    ) -> Response:
        if result.entry is None:
            raise Refused(404, "no_request")
        if result.made:
            return RedirectResponse(after or f"/requests/{result.entry.reference}", 303)
        owner, say = result.entry.owner, self._pages.words.say
        now_is = say("has_it", owner=owner) if owner and owner != person.name else say("as_it_is")
        problem = f"{say('not_as_it_was')} {now_is}"
        return self._page(request, person, result.entry, 409, problem=problem, typed=dict(form or {}))

    def _page(
        self,
        request: Request,
        person: Person,
        entry: Entry,
        status: int = 200,
        *,
        typed: Mapping[str, object],
        **given: str,
    ) -> Response:
        """`typed` is what stood in the form, to stand there again."""
        proposed = self._clinic.open_from(now() + FIRST_PAUSE)
        return self._pages.show(
            request, "request.html", person, status, entry=entry, lines=self._audit.lines(entry.reference),
            transcript=self._transcripts.of(entry.conversation), answers=self._summaries.answers(entry.summary),
            checks=self._summaries.checks(entry.summary), counts=self._queue.counts(person.name), proposed=proposed,
            typed=typed, most_in_note=LONGEST_NOTE, releases=person.role in RELEASING, **{"told": "", **given},
        )  # fmt: skip

    def _entry(self, request: Request) -> Entry:
        entry = self._queue.find(self._reference(request))
        if entry is None:
            raise Refused(404, "no_request")
        return entry

    @staticmethod
    def _reference(request: Request) -> str:
        return str(request.path_params["reference"])


def _note(form: FormData) -> str | None:
    return words_in(form, "note", LONGEST_NOTE) if "note" in form else None
