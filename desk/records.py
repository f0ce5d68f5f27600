"""For admins: the audit log, and what a visitor may ask for: their data handed out, or erased."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

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
        """The newest lines."""
        return self._pages.show(request, "audit.html", person, lines=self._audit.lines(), told="")

    def erase(self, request: Request, person: Person, form: FormData) -> Response:
        """Erases or locks one reference."""
        reference = str(form.get("reference") or "").strip().upper()
        told = self._retention.erase(reference, person.name)
        if told is None:
            raise Refused(404, "no_request")
        ended = self._pages.words.say("ended", reference=reference, outcome=told)
        return self._pages.show(request, "audit.html", person, lines=self._audit.lines(), told=ended)

    def held(self, request: Request, person: Person, form: FormData) -> Response:
        """Everything that is held under one reference."""
        reference = str(form.get("reference") or "").strip().upper()
        held = self._retention.held(reference, person.name)
        if held is None:
            raise Refused(404, "no_request")
        request_data = {
            key: str(value) if hasattr(value, "isoformat") else value for key, value in held["request"].items()
        }
        headers = {"Content-Disposition": f'attachment; filename="{held["request"]["reference"]}.json"'}
        return JSONResponse({**held, "request": request_data}, headers=headers)
