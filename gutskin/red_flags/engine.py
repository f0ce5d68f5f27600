"""The engine: finds pieces in a text, asks how they are meant, and raises the signs that they complete.

Phrases match whole words in any spelling close by; ConText (medspaCy) tells what is denied, past, supposed or a figure
of speech. A relative or a patient in trouble counts as much as the one who types.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span

from gutskin.documents import read_yaml
from gutskin.red_flags.measures import measured
from gutskin.red_flags.phrases import PhraseIndex
from gutskin.red_flags.signs import CONTEXT_FILE, LEVELS, Phrases, Sign, load_pieces, load_signs
from gutskin.spelling import Speller
from gutskin.text import clean

if TYPE_CHECKING:
    from gutskin.red_flags.reader import Likelihood, Reader

GROUP = "pieces"
_OTHER_MARKS = re.compile(r"[^\w\s.!?;,:°]|_")
_PUNCTUATION = [".", "!", "?", ";", "\n"]


READ = "read"
"""Begins the piece of a finding that the reader made, not a phrase: `read:emergency:RF02`."""
EMERGENCY_FROM = 0.5
URGENT_FROM = 0.5
UNSURE_FROM = 0.3
"""From this likelihood of an emergency on, words are at least urgent, and worth a question."""
ASIDE_FROM = 0.9
"""The same for a sentence whose signs are all denied, past or supposed. `evaluation/decisions.md` has the figures."""


@dataclass(frozen=True)
class Finding:
    """A piece found in a text, with the words that say it."""

    piece: str
    said: str


@dataclass(frozen=True)
class Screening:
    """What a text, with what was said before, amounts to."""

    level: str = "information"
    flags: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    route: str = "help"
    findings: tuple[Finding, ...] = field(default=(), repr=False)

    @property
    def is_emergency(self) -> bool:
        """Whether help is needed now."""
        return self.level == "emergency"


class RedFlags:
    """All signs, ready to screen texts; safe to share between threads once built."""

    def __init__(self, signs: Iterable[Sign], pieces: Phrases, context_rules: list[dict]) -> None:
        self.reader: Reader | None = None
        self.signs = tuple(signs)
        self._pieces = {name: [p for p in phrases if isinstance(p, str)] for name, phrases in pieces.items()}
        self._measures = [(name, p) for name, phrases in pieces.items() for p in phrases if not isinstance(p, str)]
        self._context_rules = context_rules

    def screen(self, text: str, earlier: Iterable[str] = ()) -> Screening:
        """What the text amounts to, together with the pieces already found `earlier` in the conversation."""
        return self.assess(self.findings(text), earlier)

    def assess(self, findings: tuple[Finding, ...], earlier: Iterable[str] = ()) -> Screening:
        """What findings amount to, together with the pieces already found `earlier` in the conversation."""
        said = {finding.piece: finding.said for finding in findings}
        by_phrases = self._completed(findings, said, set(earlier) | set(said))
        read = [_as_read(finding) for finding in findings if finding.piece.startswith(READ)]
        best = max([by_phrases, *read], key=lambda screening: LEVELS.index(screening.level))
        return best if best is by_phrases else replace(best, flags=by_phrases.flags, findings=findings)

    def _completed(self, findings: tuple[Finding, ...], said: dict[str, str], present: set[str]) -> Screening:
        raised = [
            (sign, pieces) for sign in self.signs
            for pieces in [next((p for p in sign.when if p <= present and p & said.keys()), None)] if pieces
        ]  # fmt: skip
        if not raised:
            return Screening(findings=findings)
        level = max((sign.level for sign, _ in raised), key=LEVELS.index)
        leading = [(sign, pieces) for sign, pieces in raised if sign.level == level]
        routes = {sign.route for sign, _ in leading}
        return Screening(
            level=level,
            flags=_unique(flag for sign, _ in raised for flag in sign.flags),
            red_flags=_unique(sign.group for sign, _ in leading),
            because=_unique(said[piece] for _, pieces in leading for piece in said if piece in pieces),
            route="crisis" if "crisis" in routes else "help",
            findings=findings,
        )

    def findings(self, text: str) -> tuple[Finding, ...]:
        """The pieces that the text states as present, each once."""
        doc = self._nlp(plain(text))
        words = [self._speller.forms(token.text) for token in doc]
        is_break = [token.is_punct for token in doc]
        spans = [Span(doc, start, end, label=piece) for piece, start, end in self._index.find(words, is_break)]
        spans += measured(doc, self._measures)
        doc.spans[GROUP] = spans
        self._context(doc)
        present: dict[str, Finding] = {}
        for span in sorted(spans, key=lambda s: (s.start, -s.end)):
            if not self._is_set_aside(span):
                present.setdefault(span.label_, Finding(span.label_, span.text))
        return (*present.values(), *self._read(doc, spans))

    def _read(self, doc: Doc, spans: list[Span]) -> list[Finding]:
        """What the reader makes of each sentence, and of each with the one after it."""
        if self.reader is None:
            return []
        sentences = [sentence for sentence in doc.sents if any(token.is_alpha for token in sentence)]
        windows = [(s, s) for s in sentences] + list(zip(sentences, sentences[1:], strict=False))
        found = []
        for first, last in windows:
            within = [span for span in spans if first.start <= span.start < last.end]
            is_aside = bool(within) and all(self._is_set_aside(span) for span in within)
            text = doc[first.start : last.end].text
            danger = _danger(self.reader.weigh(text), is_aside)
            if danger:
                found.append(Finding(danger, text))
        return found

    def warm_up(self) -> None:
        """Builds what the first screening would otherwise build while a person waits: some ten thousand rules."""
        self.findings("my lips are swelling, what can I do")

    def _is_set_aside(self, span: Span) -> bool:
        """Whether it is denied, past, supposed or a figure of speech, by a cue that is not part of the piece itself.

        A wish to die stands, whatever was denied before a comma: "no job, no friends, want to die".
        """
        for modifier in span._.modifiers:
            start, end = modifier.modifier_span
            before = span.doc[min(end, span.start) : span.start]
            is_denied_elsewhere = span.label_ in self._crisis_pieces and any(token.text == "," for token in before)
            if modifier.category != "PRESENT" and not _overlap(span, (start, end)) and not is_denied_elsewhere:
                return True
        return False

    @cached_property
    def _crisis_pieces(self) -> frozenset[str]:
        return frozenset(
            piece for sign in self.signs if sign.route == "crisis" for pieces in sign.when for piece in pieces
        )

    @cached_property
    def _nlp(self) -> spacy.Language:
        nlp = spacy.blank("en")
        nlp.tokenizer = Tokenizer(nlp.vocab, infix_finditer=re.compile(r"[.,!?;:()\"]").finditer)
        nlp.add_pipe("sentencizer", config={"punct_chars": _PUNCTUATION})
        return nlp

    @cached_property
    def _speller(self) -> Speller:
        words = {w for phrases in self._pieces.values() for phrase in phrases for w in re.findall(r"[a-z]+\*?", phrase)}
        stems = {word[:-1] for word in words if word.endswith("*")}
        return Speller({word for word in words if not word.endswith("*")} | stems)

    @cached_property
    def _index(self) -> PhraseIndex:
        return PhraseIndex((piece, phrase) for piece, phrases in self._pieces.items() for phrase in phrases)

    @cached_property
    def _context(self) -> Any:
        from medspacy.context import ConText, ConTextRule

        context = ConText(
            self._nlp, rules=None, input_span_type="group", span_group_name=GROUP, phrase_matcher_attr="LOWER"
        )
        context.add([ConTextRule(**rule) for rule in self._context_rules])
        return context


def _danger(likelihood: Likelihood, is_aside: bool) -> str:
    """The piece that a likelihood stands for; empty where it is too little."""
    if likelihood.emergency >= (ASIDE_FROM if is_aside else EMERGENCY_FROM):
        kind = "crisis" if likelihood.crisis >= likelihood.emergency / 2 else "emergency"
    elif not is_aside and (likelihood.urgent >= URGENT_FROM or likelihood.emergency >= UNSURE_FROM):
        kind = "urgent"
    else:
        return ""
    return f"{READ}:{kind}:{likelihood.group}"


def _as_read(finding: Finding) -> Screening:
    _, kind, group = finding.piece.split(":")
    level, route = ("emergency", "crisis") if kind == "crisis" else (kind, "help")
    return Screening(level, red_flags=(group,), because=(finding.said,), route=route)


def plain(text: str) -> str:
    """A text as the engine reads it: lower case, no apostrophes, each line a sentence."""
    lines = " . ".join(part for part in re.split(r"[\r\n]+", text) if part.strip())
    return _OTHER_MARKS.sub(" ", clean(lines).lower().replace("'", ""))


def _overlap(span: Span, bounds: tuple[int, int]) -> bool:
    return bounds[0] < span.end and span.start < bounds[1]


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def load_red_flags(folder: Path) -> RedFlags:
    """Reads signs, pieces and context rules.

    Raises:
        DataError: a file is missing or malformed.
    """
    pieces = load_pieces(folder)
    rules = [
        {
            "literal": str(cue),
            "category": group["category"],
            "direction": group["direction"],
            "max_scope": group.get("max_scope"),
            "excluded_types": set(group["spares"]) if "spares" in group else None,
        }
        for group in read_yaml(folder / CONTEXT_FILE)
        for cue in group["cues"]
    ]
    return RedFlags(load_signs(folder, pieces), pieces, rules)
