"""Who may see and change what: every page but the login goes through `Guard`."""

from __future__ import annotations

import hmac
import inspect
import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.forms import whole_number
from desk.pages import is_part
from desk.refusals import Refused
from gutskin.store.users import ROLES, Person, Users

COOKIE = "desk_session"
MOST_BYTES = 32 * 1024
POLLED = "x-polled"
_PATH = re.compile(r"/(?!login|logout)[A-Za-z0-9][A-Za-z0-9/-]{0,80}")
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
Plain = Callable[[Request, Person, FormData], Response]
View = Callable[[Request, Person, FormData], Response | Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


class Guard:
    """Lets a view run for a person of a fitting role, on a form of their own session."""

    def __init__(self, users: Users) -> None:
        self._users = users

    def __call__(self, view: View, roles: tuple[str, ...] = ROLES) -> Endpoint:
        """The view as an endpoint."""

        async def endpoint(request: Request) -> Response:
            person = await run_in_threadpool(self._users.person, request.cookies.get(COOKIE, ""))
            if person is None:
                return to_login(request)
            if person.role not in roles:
                raise Refused(403, "not_your_role")
            if _holds_nul([*request.path_params.values(), *request.query_params.values()]):
                raise Refused(404, "no_page")
            form = FormData()
            if request.method == "POST":
                form = await read_form(request)
                given = request.headers.get("x-csrf-token") or str(form.get("csrf") or "")
                if not hmac.compare_digest(given.encode(), person.csrf.encode()):
                    raise Refused(403, "other_login")
            if POLLED not in request.headers:
                await run_in_threadpool(self._users.touch, person)
            if inspect.iscoroutinefunction(view):
                answer: Response = await view(request, person, form)
                return answer
            return await run_in_threadpool(cast("Plain", view), request, person, form)

        return endpoint


async def read_form(request: Request) -> FormData:
    """The form of a request from one of our own pages.

    Raises:
        Refused: it is too large, or comes from elsewhere.
    """
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Refused(403, "other_page")
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise Refused(403, "other_page")
    length = whole_number(request.headers.get("content-length", ""))
    if length is None or length > MOST_BYTES:
        raise Refused(413, "too_much_text")
    if "application/x-www-form-urlencoded" not in request.headers.get("content-type", ""):
        raise Refused(415, "not_a_form")
    form = await request.form()
    if _holds_nul(form.values()):
        raise Refused(400, "incomplete_form")
    return form


def _holds_nul(values: Iterable[object]) -> bool:
    """Whether one has the character that no database takes."""
    return any("\0" in str(value) for value in values)


def to_login(request: Request) -> Response:
    """Sends a page to the login, also from a part of it; a form that was sent is told why it came to nothing."""
    if is_part(request):
        page = urlsplit(request.headers.get("hx-current-url", "")).path
        return Response(status_code=401, headers={"HX-Redirect": _login_before(page)})
    if request.method == "POST":
        raise Refused(401, "logged_out")
    return RedirectResponse(_login_before(request.url.path), 303)


def path_within(path: str) -> str:
    """A path of the desk itself, the queue's unless it is one: no login leads to another site."""
    return path if _PATH.fullmatch(path) else "/"


def _login_before(path: str) -> str:
    """The login that leads on to a page; what was searched for does not go along."""
    after = path_within(path)
    return "/login" if after == "/" else f"/login?{urlencode({'after': after})}"


class SecurityHeaders:
    """Puts the headers on every answer, whatever made it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on, with the headers added."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name for name, _ in message["headers"]}
                added: dict[str, Any] = dict(HEADERS)
                if not scope["path"].startswith("/static/"):
                    added["cache-control"] = "no-store"
                message["headers"] += [
                    (name.encode(), value.encode()) for name, value in added.items() if name.encode() not in known
                ]
            await send(message)

        await self._app(scope, receive, sending)
