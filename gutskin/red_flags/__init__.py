"""Seeing danger: signs as data, a small matcher over them, and what a conversation has come to."""

from gutskin.red_flags.engine import RedFlags, load_red_flags
from gutskin.red_flags.screening import Screening
from gutskin.red_flags.signs import LEVELS, Sign

__all__ = ["LEVELS", "RedFlags", "Screening", "Sign", "load_red_flags"]
