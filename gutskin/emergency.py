"""The emergency reply: numbers in its first two lines, one plain action, nothing to fill in."""

from __future__ import annotations

from gutskin.knowledge import Knowledge
from gutskin.red_flags import Screening
from gutskin.replies import Reply

NUMBERS = {"help": ("emergency",), "crisis": ("crisis", "emergency")}
TEXTS = {"help": "emergency", "crisis": "crisis"}


def emergency_reply(screening: Screening, known: Knowledge) -> Reply:
    """The reply to a red flag, from the clinic's file and listed words alone."""
    contacts = known.clinic.numbers(*NUMBERS[screening.route])
    return Reply("emergency", known.messages.text(TEXTS[screening.route]), contacts=contacts)
