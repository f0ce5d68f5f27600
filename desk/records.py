"""For admins: the audit log, and what a visitor may ask for: their data handed out, or erased."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from desk.forms import whole_number, words_in
from desk.pages import Pages
from desk.refusals import Refused
from gutskin.store.audit import Audit
from gutskin.store.retention import Retention
from gutskin.store.users import Person


class RecordPages:
    """The pages of an admin."""

    def __init__(self, pages: Pages, audit: Audit, retention: Retention) -> None:
        self._pages, self._audit, self._retention = pages, audit, retention

    def audit(self, request: Request, person: Person, _: FormData) -> Response:
        """The newest lines, of one reference or one person where that is asked for."""
        return self._lines(request, person)

    def erase(self, request: Request, person: Person, form: FormData) -> Response:
        """Asks whether it is the right one, by name; erases or locks it once that was said."""
        reference = words_in(form, "reference").upper()
        if words_in(form, "sure") != "yes":
            name = self._retention.whose(reference)
            if name is None:
                raise Refused(404, "no_request")
            self._audit.add(person.name, "asked to erase", reference)
            return self._pages.show(request, "erase.html", person, reference=reference, name=name)
        told = self._retention.erase(reference, person.name)
        if told is None:
            raise Refused(404, "no_request")
        return self._lines(request, person, self._pages.words.say("ended", reference=reference, outcome=told))

    def _lines(self, request: Request, person: Person, told: str = "") -> Response:
        reference, who = (request.query_params.get(name, "").strip() for name in ("reference", "who"))
        page = max(1, whole_number(request.query_params.get("page", "")) or 1)
        lines, older = self._audit.page(page, reference.upper(), who)
        return self._pages.show(
            request, "audit.html", person, lines=lines, older=older, page=page, told=told, reference=reference.upper(),
            who=who, people=self._audit.people(),
        )  # fmt: skip

    def held(self, request: Request, person: Person, form: FormData) -> Response:
        """Everything that is held under one reference."""
        reference = words_in(form, "reference").upper()
        held = self._retention.held(reference, person.name)
        if held is None:
            raise Refused(404, "no_request")
        request_data = {
            key: str(value) if hasattr(value, "isoformat") else value for key, value in held["request"].items()
        }
        headers = {"Content-Disposition": f'attachment; filename="{held["request"]["reference"]}.json"'}
        return JSONResponse({**held, "request": request_data}, headers=headers)
