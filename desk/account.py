"""Logging in and out, and a person's own account."""

from __future__ import annotations

import math
from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.guard import COOKIE, path_within, read_form
from desk.pages import Pages
from gutskin.settings import Settings
from gutskin.store.users import FEWEST_CHARACTERS, MOST_CHARACTERS, Person, Users

MOST_CHECKED = 8
"""So many passwords are looked at together: a flood of logins must not keep the desk from those who work at it."""


class AccountPages:
    """Who somebody is at the desk."""

    def __init__(self, pages: Pages, users: Users, settings: Settings) -> None:
        self._pages, self._users = pages, users
        self._secure = settings.desk_url.startswith("https://")
        self._checking = 0
        self._idle_minutes = max(1, settings.desk_idle_seconds // 60)

    async def log_in(self, request: Request) -> Response:
        """The login; a session begins with a new secret, whatever cookie came along, and ends the one it names."""
        after = path_within(request.query_params.get("after", ""))
        if request.method != "POST":
            return self._pages.show(request, "login.html", after=after)
        form = await read_form(request)
        after, say = path_within(str(form.get("after") or "")), self._pages.words.say
        if self._checking >= MOST_CHECKED:
            return self._pages.show(request, "login.html", status=429, problem=say("login_busy"), after=after)
        name, password = (str(form.get(field) or "") for field in ("name", "password"))
        self._checking += 1
        try:
            login = await run_in_threadpool(self._users.log_in, name, password)
        finally:
            self._checking -= 1
        if login.secret is None:
            problem = say("login_paused", time=in_words(login.pause)) if login.pause else say("login_refused")
            return self._pages.show(request, "login.html", status=401, problem=problem, after=after)
        before = await run_in_threadpool(self._users.person, request.cookies.get(COOKIE, ""))
        if before is not None:
            await run_in_threadpool(self._users.log_out, before)
        answer = RedirectResponse(after, 303)
        answer.set_cookie(COOKIE, login.secret, httponly=True, secure=self._secure, samesite="strict")
        return answer

    def log_out(self, request: Request, person: Person, _: FormData) -> Response:
        """Ends the session."""
        self._users.log_out(person)
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(COOKIE, httponly=True, secure=self._secure, samesite="strict")
        return answer

    def account(self, request: Request, person: Person, form: FormData) -> Response:
        """Who is logged in, what they may do, and a new password."""
        problem, status = "", 200
        if request.method == "POST":
            problem = self._change_password(person, form)
            status = 400 if problem else 200
        return self._pages.show(
            request, "account.html", person, status, problem=problem, changed=request.method == "POST" and not problem,
            does=self._pages.words.roles[person.role], minutes=self._idle_minutes,
            fewest=FEWEST_CHARACTERS, most=MOST_CHARACTERS,
        )  # fmt: skip

    def _change_password(self, person: Person, form: FormData) -> str:
        """What keeps the password from being changed, if anything does."""
        say = self._pages.words.say
        old, new, again = (str(form.get(field) or "") for field in ("old", "new", "again"))
        if new != again:
            return say("passwords_differ")
        try:
            return "" if self._users.change_password(person, old, new) else say("old_password_wrong")
        except ValueError:
            return say("password_length", fewest=FEWEST_CHARACTERS, most=MOST_CHARACTERS)


def in_words(pause: timedelta) -> str:
    """A pause in the largest unit, rounded up: whoever waits so long waits long enough."""
    seconds = math.ceil(pause.total_seconds())
    return f"{seconds} seconds" if seconds < 120 else f"{math.ceil(seconds / 60)} minutes"
