"""The questions of the triage form: which comes next, what an answer means, and what they come to in the end."""

from gutskin.interview.interview import Answers, Interview, load_interview
from gutskin.interview.questions import Check, Option, Question
from gutskin.interview.reading import SKIPPED, UNKNOWN

__all__ = ["SKIPPED", "UNKNOWN", "Answers", "Check", "Interview", "Option", "Question", "load_interview"]
