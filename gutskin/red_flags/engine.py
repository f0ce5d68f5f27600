"""The engine: finds pieces in a text, asks how they are meant, and raises the signs that they complete.

Phrases match whole words in any spelling close by; ConText (medspaCy) tells what is denied, past, supposed or a figure
of speech. A relative or a patient in trouble counts as much as the one who types.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span

from gutskin.documents import read_yaml
from gutskin.red_flags.measures import measured
from gutskin.red_flags.phrases import Forms, PhraseIndex
from gutskin.red_flags.signs import CONTEXT_FILE, LEVELS, Phrases, Sign, load_pieces, load_signs, sign_files
from gutskin.spelling import Speller
from gutskin.text import clean

if TYPE_CHECKING:
    from gutskin.red_flags.reader import Likelihood, Reader

GROUP = "pieces"
RETRACTIONS_FILE = "retractions.yml"
RETRACTION_KINDS = ("takes_back", "stands_with")
_OTHER_MARKS = re.compile(r"[^\w\s.!?;,:°]|_")
_PUNCTUATION = [".", "!", "?", ";", "\n"]


WORDS_TO_SINCE = 3
REMEMBERED = 64
READ = "read"
"""Begins the piece of a finding that the reader made, not a phrase: `read:emergency:RF02`."""
TAKES_BACK = "takes-back"
EMERGENCY_FROM = 0.4
URGENT_FROM = 0.4
UNSURE_FROM = 0.2
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
    is_unclear: bool = field(default=False, repr=False)
    """Whether the words may tell of an emergency, which one question would settle."""
    takes_back: bool = field(default=False, repr=False)
    """Whether the words explain an alarm before them as past or as a joke."""

    @property
    def is_emergency(self) -> bool:
        """Whether help is needed now."""
        return self.level == "emergency"


class RedFlags:
    """All signs, ready to screen texts; safe to share between threads once built."""

    def __init__(
        self,
        signs: Iterable[Sign],
        pieces: Phrases,
        context_rules: list[dict],
        retractions: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._retractions = PhraseIndex(
            (kind, phrase) for kind, phrases in (retractions or {}).items() for phrase in phrases
        )
        self.reader: Reader | None = None
        self._remembered = lru_cache(REMEMBERED)(self._find)
        self.signatures: dict[str, str] = {}
        """Who signed each file of signs; empty while nobody has."""
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
        takes_back = TAKES_BACK in said
        by_phrases = self._completed(findings, said, set(earlier) | set(said))
        read = [_as_read(finding) for finding in findings if finding.piece.startswith(READ)]
        best = max([by_phrases, *read], key=lambda screening: LEVELS.index(screening.level))
        flags = by_phrases.flags
        is_unclear = not best.is_emergency and any(screening.is_unclear for screening in read)
        return replace(best, flags=flags, findings=findings, takes_back=takes_back, is_unclear=is_unclear)

    def remaining(self, findings: tuple[Finding, ...], earlier: Iterable[str] = ()) -> Screening:
        """What findings amount to without the alarm among them: what stays when the alarm is taken back."""
        present = set(earlier) | {finding.piece for finding in findings}
        alarming = {
            piece for sign in self.signs for pieces in sign.when
            if pieces <= present and LEVELS.index(sign.level) >= LEVELS.index("urgent") for piece in pieces
        }  # fmt: skip
        rest = tuple(f for f in findings if f.piece not in alarming and not f.piece.startswith((READ, TAKES_BACK)))
        return self.assess(rest, earlier)

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
        """The pieces that the text states as present, each once; a message is asked about by several parts."""
        return self._remembered(text, self.reader)

    def _find(self, text: str, _: Reader | None) -> tuple[Finding, ...]:
        doc = self._nlp(plain(text))
        words = [self._speller.forms(token.text) for token in doc]
        is_break = [token.is_punct for token in doc]
        spans = [Span(doc, start, end, label=piece) for piece, start, end in self._index.find(words, is_break)]
        spans += measured(doc, self._measures)
        doc.spans[GROUP] = spans
        self._context(doc)
        taken_back = self._taken_back(doc, words, is_break)
        present: dict[str, Finding] = {}
        for span in sorted(spans, key=lambda s: (s.start, -s.end)):
            if not self._is_set_aside(span) and (span.start >= taken_back or span.label_ in self._crisis_pieces):
                present.setdefault(span.label_, Finding(span.label_, span.text))
        if taken_back:
            present[TAKES_BACK] = Finding(TAKES_BACK, doc[:taken_back].text)
        return (*present.values(), *self._read(doc, spans, taken_back))

    def _taken_back(self, doc: Doc, words: list[Forms], is_break: list[bool]) -> int:
        """The word up to which everything said is explained as past or as a joke; 0 where nothing is."""
        found = list(self._retractions.find(words, is_break))
        sentences = [
            sentence for sentence in doc.sents
            if {kind for kind, start, _ in found if sentence.start <= start < sentence.end} == {"takes_back"}
        ]  # fmt: skip
        return sentences[-1].end if sentences else 0

    def _read(self, doc: Doc, spans: list[Span], start: int) -> list[Finding]:
        """What the reader makes of each sentence from word `start` on, and of each with the one after it."""
        if self.reader is None:
            return []
        sentences = [s for s in doc.sents if s.start >= start and any(token.is_alpha for token in s)]
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

        After a comma a wish to die stands, whatever was denied before ("no job, no friends, want to die"), and so does
        what has a beginning ("no history of ulcers, vomiting blood since morning").
        """
        for modifier in span._.modifiers:
            start, end = modifier.modifier_span
            between = [token.text for token in span.doc[min(end, span.start) : span.start]]
            after = [token.text for token in span.doc[span.end : span.end + WORDS_TO_SINCE]]
            is_news = "since" in after and not {"or", "nor", "and"} & set(between)
            is_denied_elsewhere = "," in between and (span.label_ in self._crisis_pieces or is_news)
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
    elif not is_aside and likelihood.emergency >= UNSURE_FROM:
        kind = "unclear"
    elif not is_aside and likelihood.urgent >= URGENT_FROM:
        kind = "urgent"
    else:
        return ""
    return f"{READ}:{kind}:{likelihood.group}"


def _as_read(finding: Finding) -> Screening:
    _, kind, group = finding.piece.split(":")
    level = {"crisis": "emergency", "unclear": "urgent"}.get(kind, kind)
    route = "crisis" if kind == "crisis" else "help"
    return Screening(level, (), (group,), (finding.said,), route, is_unclear=kind == "unclear")


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
    file = folder / RETRACTIONS_FILE
    retractions = {key: read_yaml(file)[key] for key in RETRACTION_KINDS} if file.exists() else {}
    red_flags = RedFlags(load_signs(folder, pieces), pieces, rules, retractions)
    red_flags.signatures = {f.stem: str(read_yaml(f).get("signed_off_by") or "") for f in sign_files(folder)}
    return red_flags
