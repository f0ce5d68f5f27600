"""The words people use for conditions, foods, remedies, habits, signs and the body.

`data/lexicon/` says what means the same ("zits", "muhase") and whether the article speaks of it. Matching is on whole
words, in any case, the longest first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from gutskin.documents import line_of, read_yaml, require
from gutskin.errors import DataError

ENTITIES = ("condition", "food", "remedy", "habit", "sign", "body")
_WORD_LISTS = ("words", "hinglish", "misspellings")


@dataclass(frozen=True)
class Term:
    """One thing, by whatever name people call it."""

    id: str
    entity: str
    name: str
    covered: bool
    """Whether the article speaks of it."""
    passages: tuple[str, ...]
    words: tuple[str, ...]
    misspellings: tuple[str, ...] = ()
    """Those of the words that are errors: found, but nothing is mended towards them."""


@dataclass(frozen=True)
class Mention:
    """A term found in a text, with its character offsets."""

    term: Term
    start: int
    end: int
    said: str


class Lexicon:
    """All terms, and the matcher over their words."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = {term.id: term for term in terms}
        self._nlp = spacy.blank("en")

    def __getitem__(self, term_id: str) -> Term:
        return self.terms[term_id]

    def of(self, entity: str, covered: bool | None = None) -> list[Term]:
        """The terms of one kind, in the order of their file."""
        return [t for t in self.terms.values() if t.entity == entity and covered in (None, t.covered)]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every single word that stands in an entry and is no error itself."""
        sound = (word for term in self.terms.values() for word in term.words if word not in term.misspellings)
        return frozenset(token.lower_ for word in sound for token in self._nlp.tokenizer(word))

    @cached_property
    def _matcher(self) -> PhraseMatcher:
        matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        for term in self.terms.values():
            matcher.add(term.id, [self._nlp.tokenizer(word) for word in term.words])
        return matcher

    def find(self, text: str) -> list[Mention]:
        """The terms in the text, in order, none overlapping."""
        doc: Doc = self._nlp.tokenizer(text.replace("-", " ").replace("/", " "))
        spans = filter_spans(self._matcher(doc, as_spans=True))
        return [Mention(self.terms[span.label_], span.start_char, span.end_char, span.text) for span in spans]


def passages_of(terms: Iterable[Term]) -> list[str]:
    """The passages about the terms, in their order, each once."""
    return list(dict.fromkeys(passage for term in terms for passage in term.passages))


def load_lexicon(folder: Path) -> Lexicon:
    """Reads every file of the lexicon.

    Raises:
        DataError: a file is missing or malformed, or one word stands under two terms.
    """
    terms: list[Term] = []
    owners: dict[str, str] = {}
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise DataError(folder, 1, "no lexicon files", "restore data/lexicon/*.yml")
    for file in files:
        document = read_yaml(file)
        entity = require(file, document, "entity", str, f"one of {', '.join(ENTITIES)}")
        if entity not in ENTITIES:
            raise DataError(
                file, line_of(document, "entity"), f"unknown entity {entity!r}", f"one of {', '.join(ENTITIES)}"
            )
        for entry in require(file, document, "entries", list, "list the terms under `entries:`"):
            term = _term(file, entity, entry)
            for word in term.words:
                owner = owners.setdefault(word.lower(), term.id)
                if owner != term.id:
                    raise DataError(
                        file, line_of(entry), f"{word!r} stands under `{owner}` too", "keep it in one of the two"
                    )
            terms.append(term)
    _refuse_twins(folder, terms)
    return Lexicon(terms)


def _term(file: Path, entity: str, entry: dict) -> Term:
    mend = "give each entry an id, a name, `covered` and `words`"
    words = [str(word).replace("-", " ") for key in _WORD_LISTS for word in entry.get(key) or []]
    if not words:
        raise DataError(file, line_of(entry), "an entry without words", mend)
    covered = require(file, entry, "covered", bool, mend)
    passages = tuple(entry.get("passages") or ())
    if covered != bool(passages):
        raise DataError(
            file,
            line_of(entry),
            "only what the article covers has passages",
            "set `covered`, or list `passages`, to match",
        )
    return Term(
        id=require(file, entry, "id", str, mend),
        entity=entity,
        name=require(file, entry, "name", str, mend),
        covered=covered,
        passages=passages,
        words=tuple(dict.fromkeys(words)),
        misspellings=tuple(str(word) for word in entry.get("misspellings") or ()),
    )


def _refuse_twins(folder: Path, terms: list[Term]) -> None:
    seen: set[str] = set()
    for term in terms:
        if term.id in seen:
            raise DataError(folder, 1, f"the id `{term.id}` stands twice", "rename or join the two entries")
        seen.add(term.id)
