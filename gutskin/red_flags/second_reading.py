"""What the reader makes of a message: of each sentence, of each with the one after it, and of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span

from gutskin.red_flags.screening import Finding, Screening

if TYPE_CHECKING:
    from gutskin.red_flags.reader import Likelihood, Reader

READ = "read"
"""Begins the piece of a finding that the reader made, not a phrase: `read:emergency:RF02`."""
UNSURE = f"{READ}:unclear"
CALM = f"{READ}:calm"
"""The piece of a message that the reader takes for harmless in every part."""
CALM_BELOW = 0.1
EMERGENCY_FROM = 0.45
URGENT_FROM = 0.4
UNSURE_FROM = 0.2
"""From this likelihood of an emergency on, words are at least urgent, and worth a question."""
ASIDE_FROM = 0.9
"""The same for a sentence whose signs are all denied, past or supposed. `evaluation/decisions.md` has the figures."""


def second_reading(reader: Reader, doc: Doc, aside: Set[Span], spans: list[Span], start: int) -> Iterator[Finding]:
    """The dangers told from word `start` on.

    Words that only pieces set `aside` are made of are not read: a sum over words cannot know that they are denied. A
    sentence counts less where the whole tells that it was not meant as it sounds.
    """
    dropped = _words(aside) - _words(set(spans) - aside)
    sentences = [s for s in doc.sents if s.start >= start and any(token.is_alpha for token in s)]
    if not sentences:
        return
    weigh = cache(reader.weigh)
    message = doc[sentences[0].start : sentences[-1].end]
    whole = weigh(_stated(message, dropped))
    pairs = [doc[first.start : second.end] for first, second in zip(sentences, sentences[1:], strict=False)]
    windows = dict.fromkeys([*sentences, *pairs, message])
    if all(weigh(_stated(window, dropped)).emergency < CALM_BELOW for window in windows):
        yield Finding(CALM, message.text)
    for window in windows:
        within = {span for span in spans if window.start <= span.start < window.end}
        likelihood = weigh(_stated(window, dropped)).tempered_by(whole)
        danger = _danger(likelihood, is_aside=bool(within) and within <= aside)
        if danger:
            yield Finding(danger, window.text)


def as_screening(finding: Finding) -> Screening:
    """What a finding of the reader amounts to by itself."""
    _, kind, group = finding.piece.split(":")
    level = {"crisis": "emergency", "unclear": "urgent"}.get(kind, kind)
    route = "crisis" if kind == "crisis" else "help"
    return Screening(level, (), (group,), (finding.said,), route, is_unclear=kind == "unclear")


def _words(spans: Set[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def _stated(window: Span, dropped: Set[int]) -> str:
    return " ".join(token.text for token in window if token.i not in dropped)


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
