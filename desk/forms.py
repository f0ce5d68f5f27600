"""What a form's fields hold, read in one place: what cannot be read is refused, or is none."""

from __future__ import annotations

from starlette.datastructures import FormData

from desk.refusals import Refused

MOST_DIGITS = 9


def whole_number(text: str) -> int | None:
    """The number, if the text is one in ASCII digits: `isdigit` alone takes what `int` does not."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def version_in(form: FormData) -> int:
    """The version of the request that the form was filled in on.

    Raises:
        Refused: there is none.
    """
    version = whole_number(words_in(form, "version"))
    if version is None:
        raise Refused(400, "incomplete_form")
    return version


def words_in(form: FormData, name: str, most: int | None = None) -> str:
    """The text of a field, with the line ends of everything but forms.

    Raises:
        Refused: it is longer than the page let anybody type.
    """
    words = str(form.get(name) or "").replace("\r\n", "\n").strip()
    if most is not None and len(words) > most:
        raise Refused(413, "too_much_text")
    return words
