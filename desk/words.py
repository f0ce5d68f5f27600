"""The desk's own sentences, out of `data/desk.yml`: a closed list, so that a missing one stops the start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from gutskin.documents import line_of, read_yaml, require
from gutskin.errors import DataError
from gutskin.store.queue import OUTCOMES
from gutskin.store.users import ROLES

NAMES = {
    "nobody_waits": "", "none_taken": "", "others_have_none": "", "none_done": "", "nothing_found": "", "found": "words count",
    "one_pressing": "", "more_pressing": "count", "seen": "", "no_connection": "time", "desk_silent": "",
    "first_shown": "most", "nothing_raised": "", "conversation_gone": "",
    "no_request": "", "not_as_it_was": "", "has_it": "owner", "as_it_is": "", "choose_time": "days",
    "choose_outcome": "", "note_not_kept": "", "yours_already": "",
    "attached": "", "choose_day": "", "nothing_to_attach": "", "not_stored": "", "stored_locked": "days",
    "type_words": "", "too_many_characters": "most", "assistant_silent": "", "read_out": "", "not_covered": "",
    "for_a_person": "", "offer_today": "", "offer_appointment": "",
    "own_number_left_out": "", "no_passage": "", "noted": "", "unreviewed": "", "levels_unreviewed": "", "without_words": "",
    "nothing_counted": "days", "no_known_term": "term", "counted_once": "",
    "none_marked": "", "no_drawing": "", "erase_whom": "reference person", "erase_what": "",
    "ended": "reference outcome", "login_refused": "", "login_paused": "time",
    "login_busy": "", "idle": "minutes", "password_hint": "fewest most", "password_changed": "", "passwords_differ": "",
    "old_password_wrong": "", "password_length": "fewest most", "not_your_role": "", "other_login": "",
    "other_page": "", "too_much_text": "", "not_a_form": "", "incomplete_form": "", "logged_out": "", "no_page": "",
    "wrong_use": "", "failed": "",
}  # fmt: skip
"""Each sentence, with the placeholders that its page fills."""


@dataclass(frozen=True)
class Words:
    """Sentences by name, and the words for outcomes and roles."""

    sentences: dict[str, str]
    outcomes: dict[str, str]
    roles: dict[str, str]

    def say(self, name: str, **values: object) -> str:
        """The sentence `name`, its placeholders filled."""
        return self.sentences[name].format_map(values)


def load_desk_words(file: Path) -> Words:
    """Reads the words.

    Raises:
        DataError: one is missing, or has a placeholder that nothing fills.
    """
    data = read_yaml(file)
    tables = {}
    for title, wanted in (("sentences", tuple(NAMES)), ("outcomes", OUTCOMES), ("roles", ROLES)):
        table = require(file, data, title, dict, "restore the list")
        for name in wanted:
            require(file, table, name, str, "restore the words")
        tables[title] = {name: str(table[name]) for name in wanted}
        for name in table:
            if name not in wanted:
                raise DataError(file, line_of(table, name), f"`{name}` is shown nowhere", "remove it, or mend its name")
    for name, filled in NAMES.items():
        if not _placeholders(tables["sentences"][name]) <= set(filled.split()):
            raise DataError(
                file, line_of(data["sentences"], name), f"`{name}` has a placeholder that nothing fills",
                f"use only {', '.join(f'{{{name}}}' for name in filled.split()) or 'plain words'}",
            )  # fmt: skip
    return Words(**tables)


def _placeholders(sentence: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError:
        return {""}
