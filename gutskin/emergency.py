"""The emergency reply: numbers in its first two lines, one plain action, nothing to fill in."""

from __future__ import annotations

from collections.abc import Iterable

from gutskin.article import Citation
from gutskin.knowledge import Knowledge
from gutskin.red_flags import Screening
from gutskin.replies import Reply

NUMBERS = {"help": ("emergency",), "crisis": ("crisis", "emergency")}
HELPLINE = "eating"
EATING = "RF13"
"""Disordered eating and extreme fasting: never met with food or fasting text."""
FOOD = "food"
FASTING = ("extreme-dieting", "skipping-meals")
TEXTS = {"help": "emergency", "crisis": "crisis"}


def emergency_reply(screening: Screening, known: Knowledge) -> Reply:
    """The reply to a red flag, from the clinic's file and listed words alone."""
    helpline = _helpline(known) if EATING in screening.red_flags else ()
    contacts = known.clinic.numbers(*NUMBERS[screening.route], *helpline)
    return Reply("emergency", known.messages.text(TEXTS[screening.route]), contacts=contacts)


def eating_reply(known: Knowledge) -> Reply:
    """The reply to disordered eating that is no emergency: whom to ring, the clinic's own helpline for it first."""
    contacts = known.clinic.numbers(*_helpline(known), "reception", "emergency")
    return Reply("refer", known.messages.text("urgent"), contacts=contacts)


def speaks_of_eating(citations: Iterable[Citation], known: Knowledge) -> bool:
    """Whether any quotation is about food, diets or fasting."""
    return any(
        mention.term.entity == FOOD or mention.term.id in FASTING
        for citation in citations for mention in known.lexicon.find(citation.quote)
    )  # fmt: skip


def _helpline(known: Knowledge) -> tuple[str, ...]:
    """The clinic's helpline for disordered eating, where its file names one."""
    return (HELPLINE,) if HELPLINE in known.clinic.contacts else ()
