"""The channel's procedural words: a closed list, filled from the clinic's file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gutskin.clinic import Clinic
from gutskin.documents import line_of, read_yaml
from gutskin.errors import DataError

NAMES = (
    "greeting", "empty", "emergency", "crisis", "urgent", "unclear", "settled", "no_answer", "too_long", "too_fast", "expired",
    "bad_request", "unknown_choice", "not_ready", "erased", "locked", "hinglish",
)  # fmt: skip


@dataclass(frozen=True)
class Messages:
    """Texts by name, with the clinic's numbers in place."""

    texts: dict[str, str]
    clinic: Clinic

    def text(self, name: str, **values: object) -> str:
        """The text `name`, its placeholders filled from the clinic's file and `values`."""
        return self.texts[name].format_map({**self.clinic.facts(), **values})


def load_messages(file: Path, clinic: Clinic) -> Messages:
    """Reads the procedural words.

    Raises:
        DataError: a text is missing, or names something that the clinic's file does not have.
    """
    data = read_yaml(file)
    for name in NAMES:
        if not isinstance(data.get(name), str):
            raise DataError(file, line_of(data), f"`{name}` is missing", "restore the text")
    messages = Messages({name: data[name] for name in NAMES}, clinic)
    for name in NAMES:
        try:
            messages.text(name, limit=0, reference="", date="")
        except (KeyError, ValueError, IndexError, AttributeError):
            raise DataError(
                file,
                line_of(data, name),
                f"`{name}` has a placeholder that nothing fills",
                "use only names that clinic.yml has",
            ) from None
    return messages
