"""Logging in and out, and changing the password."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.guard import COOKIE, read_form
from desk.pages import Pages
from gutskin.store.users import Person, Users

REFUSED = "Name or password is wrong, or there were too many tries: wait a while, then try again."


class AccountPages:
    """A person's own pages."""

    def __init__(self, pages: Pages, users: Users, secure: bool) -> None:
        self._pages, self._users, self._secure = pages, users, secure

    async def log_in(self, request: Request) -> Response:
        """The login; a session begins with a new secret, whatever cookie came along."""
        if request.method != "POST":
            return self._pages.show(request, "login.html")
        form = await read_form(request)
        name, password = (str(form.get(field) or "") for field in ("name", "password"))
        secret = await run_in_threadpool(self._users.log_in, name, password)
        if secret is None:
            return self._pages.show(request, "login.html", status=401, problem=REFUSED)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, secret, httponly=True, secure=self._secure, samesite="strict")
        return answer

    def log_out(self, request: Request, person: Person, _: FormData) -> Response:
        """Ends the session."""
        self._users.log_out(person)
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(COOKIE)
        return answer

    def password(self, request: Request, person: Person, form: FormData) -> Response:
        """The password form, and its change."""
        if request.method != "POST":
            return self._pages.show(request, "password.html", person)
        problem, changed = "", False
        old, new, again = (str(form.get(field) or "") for field in ("old", "new", "again"))
        try:
            if new != again:
                problem = "The two new passwords differ."
            elif not (changed := self._users.change_password(person, old, new)):
                problem = "The old password is wrong."
        except ValueError as refused:
            problem = str(refused)
        return self._pages.show(
            request, "password.html", person, 200 if changed else 400, problem=problem, changed=changed
        )
