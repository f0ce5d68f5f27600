"""What the desk does not do: raised by name, told in the words of `data/desk.yml`."""

from __future__ import annotations

from starlette.exceptions import HTTPException

BY_STATUS = {404: "no_page", 405: "wrong_use"}


class Refused(HTTPException):
    """A request that is refused, with the name of the sentence that says why."""

    def __init__(self, status: int, sentence: str, **values: object) -> None:
        super().__init__(status, sentence)
        self.sentence, self.values = sentence, values


def sentence_of(problem: HTTPException) -> tuple[str, dict[str, object]]:
    """The name of the sentence that tells the problem, and what fills it."""
    if isinstance(problem, Refused):
        return problem.sentence, problem.values
    return BY_STATUS.get(problem.status_code, "failed"), {}
