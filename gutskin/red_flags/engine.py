"""The engine: finds pieces in a text, asks how they are meant, and raises the signs that they complete.

Phrases match whole words in any spelling close by; ConText (medspaCy) tells what is denied, past, supposed or a figure
of speech. A relative or a patient in trouble counts as much as the one who types.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span

from gutskin.documents import read_yaml
from gutskin.red_flags.measures import measured
from gutskin.red_flags.phrases import Forms, PhraseIndex
from gutskin.red_flags.screening import Finding, Screening
from gutskin.red_flags.second_reading import CALM, READ, UNSURE, as_screening, second_reading
from gutskin.red_flags.signs import CONTEXT_FILE, LEVELS, Phrases, Sign, load_pieces, load_signs, sign_files
from gutskin.spelling import EVERYDAY_FILE, Speller, load_everyday_words
from gutskin.text import clean

if TYPE_CHECKING:
    from gutskin.red_flags.reader import Reader

GROUP = "pieces"
RETRACTIONS_FILE = "retractions.yml"
RETRACTION_KINDS = ("takes_back", "stands_with")
_OTHER_MARKS = re.compile(r"[^\w\s.!?;,:°]|_")
_PUNCTUATION = [".", "!", "?", ";", "\n"]
WORDS_TO_SINCE = 3
TAKES_BACK = "takes-back"
URGENT, EMERGENCY = "urgent", "emergency"
ONLY_TAKES_BACK = f"{TAKES_BACK}:only"
REMEMBERED = 32
"""How many texts stay screened: the channel, the pipeline and the replies ask about the same one."""


class RedFlags:
    """All signs, ready to screen texts; safe to share between threads once built."""

    def __init__(
        self,
        signs: Iterable[Sign],
        pieces: Phrases,
        context_rules: list[dict],
        retractions: Mapping[str, Sequence[str]] | None = None,
        everyday_words: Iterable[str] = (),
    ) -> None:
        self._everyday_words = frozenset(everyday_words)
        self._retractions = PhraseIndex(
            (kind, phrase) for kind, phrases in (retractions or {}).items() for phrase in phrases
        )
        self.reader: Reader | None = None
        self.signatures: dict[str, str] = {}
        """Who signed each file of signs; empty while nobody has."""
        self.signs = tuple(signs)
        self._pieces = {name: [p for p in phrases if isinstance(p, str)] for name, phrases in pieces.items()}
        self._measures = [(name, p) for name, phrases in pieces.items() for p in phrases if not isinstance(p, str)]
        self._context_rules = context_rules
        self.findings = lru_cache(maxsize=REMEMBERED)(self._found)
        """The pieces that a text states as present, each once."""

    def screen(self, text: str, earlier: Iterable[str] = ()) -> Screening:
        """What the text amounts to, together with the pieces already found `earlier` in the conversation."""
        return self.assess(self.findings(text), earlier)

    def assess(self, findings: tuple[Finding, ...], earlier: Iterable[str] = ()) -> Screening:
        """What findings amount to, together with the pieces already found `earlier` in the conversation.

        Where listed words make an emergency of a message that the reader takes for harmless, one question is asked; a
        wish to die, and what only earlier messages complete, is never doubted.
        """
        said = {finding.piece: finding.said for finding in findings}
        only_takes_back = ONLY_TAKES_BACK in said
        takes_back = only_takes_back or TAKES_BACK in said
        by_phrases = self._completed(findings, said, set(earlier) | set(said))
        if CALM in said and self._completed(findings, said, set(said)).is_emergency and by_phrases.route != "crisis":
            by_phrases = replace(by_phrases, level=URGENT, is_unclear=True)
        read = [
            as_screening(finding) for finding in findings if finding.piece.startswith(READ) and finding.piece != CALM
        ]
        best = max([by_phrases, *read], key=lambda screening: LEVELS.index(screening.level))
        is_unclear = not best.is_emergency and any(screening.is_unclear for screening in (by_phrases, *read))
        return replace(
            best, flags=by_phrases.flags, findings=findings, is_unclear=is_unclear,
            takes_back=takes_back, only_takes_back=only_takes_back,
        )  # fmt: skip

    def remaining(self, findings: tuple[Finding, ...], earlier: Iterable[str] = ()) -> Screening:
        """What findings amount to without the alarm among them: what stays when the alarm is taken back."""
        alarming = self._pieces_of_alarms(set(earlier) | {finding.piece for finding in findings}, URGENT)
        rest = tuple(f for f in findings if f.piece not in alarming and not f.piece.startswith((READ, TAKES_BACK)))
        return self.assess(rest, earlier)

    def settled(self, findings: tuple[Finding, ...], earlier: Iterable[str] = ()) -> Screening:
        """What findings amount to once a no to the question has settled what was unclear in them."""
        said = {finding.piece for finding in findings}
        doubted = self._pieces_of_alarms(said, EMERGENCY) - self._crisis_pieces if CALM in said else frozenset()
        rest = tuple(f for f in findings if f.piece not in doubted and not f.piece.startswith(UNSURE))
        return self.assess(rest, earlier)

    def _pieces_of_alarms(self, present: set[str], least: str) -> frozenset[str]:
        """The pieces that complete a sign of at least this level among those that are present."""
        return frozenset(
            piece for sign in self.signs for pieces in sign.when
            if pieces <= present and LEVELS.index(sign.level) >= LEVELS.index(least) for piece in pieces
        )  # fmt: skip

    def _completed(self, findings: tuple[Finding, ...], said: dict[str, str], present: set[str]) -> Screening:
        raised = [
            (sign, pieces) for sign in self._concerned(said)
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

    def _concerned(self, said: Iterable[str]) -> list[Sign]:
        """The signs that any of these pieces has a part in, in their order."""
        return [self.signs[number] for number in sorted({n for piece in said for n in self._signs_with.get(piece, ())})]

    @cached_property
    def _signs_with(self) -> dict[str, set[int]]:
        """By piece: the places of the signs that it has a part in."""
        places: dict[str, set[int]] = defaultdict(set)
        for number, sign in enumerate(self.signs):
            for piece in frozenset().union(*sign.when):
                places[piece].add(number)
        return dict(places)

    def _found(self, text: str) -> tuple[Finding, ...]:
        doc = self._nlp(plain(text))
        words = [self._speller.forms(token.text) for token in doc]
        is_break = [token.is_punct for token in doc]
        spans = [Span(doc, start, end, label=piece) for piece, start, end in self._index.find(words, is_break)]
        spans += measured(doc, self._measures)
        doc.spans[GROUP] = spans
        self._context(doc)
        aside = {span for span in spans if self._is_set_aside(span)}
        taken_back = self._taken_back(doc, words, is_break)
        present: dict[str, Finding] = {}
        for span in sorted(spans, key=lambda s: (s.start, -s.end)):
            if span not in aside and (span.start >= taken_back or span.label_ in self._crisis_pieces):
                present.setdefault(span.label_, Finding(span.label_, span.text))
        if taken_back:
            kind = TAKES_BACK if any(token.is_alpha for token in doc[taken_back:]) else ONLY_TAKES_BACK
            present[kind] = Finding(kind, doc[:taken_back].text)
        read = second_reading(self.reader, doc, aside, spans, taken_back) if self.reader else ()
        return (*present.values(), *read)

    def _taken_back(self, doc: Doc, words: list[Forms], is_break: list[bool]) -> int:
        """The word up to which everything said is explained as past or as a joke; 0 where nothing is."""
        found = list(self._retractions.find(words, is_break))
        ends = [0]
        for sentence in doc.sents:
            within = [(kind, end) for kind, start, end in found if sentence.start <= start < sentence.end]
            if {kind for kind, _ in within} == {"takes_back"}:
                ends.append(max(end for _, end in within))
        return ends[-1]

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
        return Speller({word for word in words if not word.endswith("*")} | stems, self._everyday_words)

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
            "allowed_types": set(group["only"]) if "only" in group else None,
        }
        for group in read_yaml(folder / CONTEXT_FILE)
        for cue in group["cues"]
    ]
    file = folder / RETRACTIONS_FILE
    retractions = {key: read_yaml(file)[key] for key in RETRACTION_KINDS} if file.exists() else {}
    everyday = folder.parent / EVERYDAY_FILE
    everyday_words = load_everyday_words(everyday) if everyday.exists() else ()
    red_flags = RedFlags(load_signs(folder, pieces), pieces, rules, retractions, everyday_words)
    red_flags.signatures = {f.stem: str(read_yaml(f).get("signed_off_by") or "") for f in sign_files(folder)}
    return red_flags
