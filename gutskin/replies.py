"""Replies: what a visitor gets, and how a reply is put together from the article and the clinic's file.

Nothing here is medical text: lead-ins and procedural words come from listed data, everything else is a quotation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from gutskin.article import Article, Citation
from gutskin.clinic import Clinic, Contact
from gutskin.documents import line_of, read_yaml, require
from gutskin.errors import DataError

KINDS = (
    "answer", "clarify", "not_covered", "out_of_scope", "refer", "emergency", "smalltalk", "prompt", "confirm", "error",
)  # fmt: skip
STANCES = ("yes", "no", "supportive", "neutral")


@dataclass(frozen=True)
class Choice:
    """Something to pick: the visitor sees `id` and `title`, the server keeps the `payload`."""

    id: str
    title: str
    payload: str

    def as_dict(self) -> dict[str, str]:
        """The choice as its visitor may see it."""
        return {"id": self.id, "title": self.title}


@dataclass(frozen=True)
class Reply:
    """One reply of the public contract; `text` alone says everything."""

    kind: str
    text: str
    citations: Sequence[Citation] = ()
    choices: Sequence[Choice] = ()
    contacts: Sequence[Contact] = ()
    asks: str = ""
    """What a form wants to be told, such as `name`, so that a browser can help to fill it in."""

    def as_dict(self) -> dict[str, Any]:
        """The reply as the public contract prints it."""
        return {
            "kind": self.kind,
            "text": self.text,
            "citations": [citation.as_dict() for citation in self.citations],
            "choices": [choice.as_dict() for choice in self.choices],
            "contacts": [contact.as_dict() for contact in self.contacts],
            **({"asks": self.asks} if self.asks else {}),
        }

    @property
    def offers(self) -> dict[str, str]:
        """What each offered choice stands for."""
        return {choice.id: choice.payload for choice in self.choices}


@dataclass(frozen=True)
class LeadIn:
    """A listed sentence that takes the article's stance before its words are quoted."""

    text: str
    stance: str


def load_lead_ins(file: Path) -> dict[str, LeadIn]:
    """Reads the closed list of lead-ins.

    Raises:
        DataError: an entry lacks its text, or its stance is none of `STANCES`.
    """
    lead_ins = {}
    for name, entry in read_yaml(file).items():
        if not isinstance(entry, dict):
            raise DataError(file, line_of(entry), f"`{name}` is not a lead-in", "give it a `stance` and a `text`")
        stance: Any = entry.get("stance")
        stance = {True: "yes", False: "no"}.get(stance, stance)
        if stance not in STANCES:
            raise DataError(file, line_of(entry), f"`{name}` has no stance", f"one of {', '.join(STANCES)}")
        lead_ins[name] = LeadIn(require(file, entry, "text", str, "write the sentence"), stance)
    return lead_ins


@dataclass(frozen=True)
class Composer:
    """Puts replies together from the article, the lead-ins and the clinic's file."""

    article: Article
    lead_ins: dict[str, LeadIn]
    clinic: Clinic
    page_url: str = ""

    def answer(
        self, kind: str, *, text: str = "", lead: str = "", passages: Sequence[str] = (), choices: Sequence[Choice] = (),
        contacts: Sequence[str] = (), fill: dict[str, str] | None = None,
    ) -> Reply:  # fmt: skip
        """A reply in the order in which it is read: lead-in, words of our own, quotations with their places, numbers."""
        citations = self.article.cite(passages, self.page_url)
        people = self.clinic.numbers(*contacts)
        opening = self.lead_ins[lead].text if lead else ""
        own_words = (
            text.strip().format_map({**self.clinic.facts(), "author": self.article.author, **(fill or {})})
            if text
            else ""
        )
        parts = [" ".join(filter(None, (opening, own_words))), quotations(citations)]
        if people:
            parts.append("\n".join(map(str, people)))
        return Reply(kind, "\n\n".join(filter(None, parts)), citations, choices, people)


def quotations(citations: Sequence[Citation]) -> str:
    """The quotes, each group of one section with that section's name under it."""
    return "\n\n".join(
        "\n".join([*(f"“{citation.quote}”" for citation in group), f"— {section}"])
        for section, group in ((section, list(group)) for section, group in groupby(citations, lambda c: c.section))
    )
