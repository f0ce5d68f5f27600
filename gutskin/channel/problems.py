"""The errors of the public contract.

RequestError
└── Problem            status, code, and the listed message that a visitor may be shown
    ├── BadRequest     400  not JSON, wrong types, neither or both of text and choice
    ├── UnknownChoice  400  a choice that the last replies did not offer
    ├── Unauthorised   401  no token, or a forged one
    ├── Expired        401  a token past its time, or of a conversation that is gone
    ├── TooLong        413  text or body over the limit
    ├── TooFast        429  over the pace limit, with Retry-After
    └── NotReady       503  the engine is not loaded yet, or the store is gone
"""

from __future__ import annotations

from gutskin.errors import RequestError


class Problem(RequestError):
    """A refusal that becomes `{"error": {"code": …, "message": …}}`."""

    status = 500
    code = "no_answer"
    message = "no_answer"

    def __init__(self, retry_after: int | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(self.code)


class BadRequest(Problem):  # noqa: D101
    status, code, message = 400, "bad_request", "bad_request"


class UnknownChoice(Problem):  # noqa: D101
    status, code, message = 400, "unknown_choice", "unknown_choice"


class Unauthorised(Problem):  # noqa: D101
    status, code, message = 401, "unauthorised", "expired"


class Expired(Problem):  # noqa: D101
    status, code, message = 401, "expired", "expired"


class TooLong(Problem):  # noqa: D101
    status, code, message = 413, "too_long", "too_long"


class TooFast(Problem):  # noqa: D101
    status, code, message = 429, "too_fast", "too_fast"


class NotReady(Problem):  # noqa: D101
    status, code, message = 503, "not_ready", "not_ready"
