"""Numbers that matter: body temperature and age, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from spacy.tokens import Doc, Span

_NUMBER = r"(\d{1,3}(?:\.\d+)?)"
_TEMPERATURE = re.compile(
    rf"(?:fever|temp|temperature|thermometer|bukhar|bukhaar)\D{{0,15}}{_NUMBER}|{_NUMBER}\s*(?:degrees?|deg|°|f\b|c\b)[^.]{{0,12}}"
    rf"|{_NUMBER}\s*(?:fever|temp|temperature|bukhar|bukhaar)"
    r"|^\W*((?:3[89]|4[01])\.\d|10[0-5]\.\d)\W*$"
)
_UNITS = {"day": 1 / 30, "din": 1 / 30, "week": 1 / 4.35, "wk": 1 / 4.35, "hafte": 1 / 4.35, "month": 1.0, "mth": 1.0,
          "mo": 1.0, "mahine": 1.0, "year": 12.0, "yr": 12.0, "yo": 12.0, "saal": 12.0}  # fmt: skip
_AGE = re.compile(
    rf"{_NUMBER}\s*(days?|din|weeks?|wks?|hafte|months?|mths?|mo|mahine|years?|yrs?|yo|saal)\s*(?:old|ka|ki|ke|baby|beti|beta|bachcha|bachche|infant|child|girl|boy|son|daughter)"
    rf"|(?:baby|infant|newborn|beti|beta|bachcha|bachche|son|daughter|child|aged?)[^.\d]{{0,12}}{_NUMBER}\s*(days?|din|weeks?|wks?|hafte|months?|mths?|mo|mahine|years?|yrs?|yo|saal)"
)


def measured(doc: Doc, wanted: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Span]:
    """Spans of the text whose number meets a measure, labelled with the piece that wants it.

    Measures: `temperature_at_least` (°C), `age_below_months`, `age_at_least_months`.
    """
    spans, text = [], doc.text
    for name, measure in wanted:
        for start, end, value in _values(text, measure):
            if _meets(value, measure):
                span = doc.char_span(start, end, label=name, alignment_mode="expand")
                if span is not None:
                    spans.append(span)
    return spans


def _values(text: str, measure: Mapping[str, Any]) -> Iterable[tuple[int, int, float]]:
    if "temperature_at_least" in measure:
        for match in _TEMPERATURE.finditer(text):
            number = float(next(filter(None, match.groups())))
            celsius = (number - 32) * 5 / 9 if number > 45 else number
            if 34 <= celsius <= 44:
                yield match.start(), match.end(), celsius
    else:
        for match in _AGE.finditer(text):
            count, unit = (group for group in match.groups() if group)
            yield match.start(), match.end(), float(count) * _UNITS.get(unit, _UNITS.get(unit.rstrip("s"), 1.0))


def _meets(value: float, measure: Mapping[str, Any]) -> bool:
    least = measure.get("temperature_at_least", measure.get("age_at_least_months", float("-inf")))
    return float(least) <= value < float(measure.get("age_below_months", float("inf")))
