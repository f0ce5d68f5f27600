"""Everything that is data, loaded and checked together, once a process."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gutskin.answers import Answer, load_answers
from gutskin.article import Article, load_article
from gutskin.clinic import Clinic, load_clinic
from gutskin.decisions import Decisions, load_decisions
from gutskin.encoder import load_encoder
from gutskin.hinglish import Hinglish, load_hinglish
from gutskin.interview import Interview, load_interview
from gutskin.lexicon import Lexicon, load_lexicon
from gutskin.messages import Messages, load_messages
from gutskin.red_flags import RedFlags, load_red_flags
from gutskin.red_flags.lessons import lessons_version
from gutskin.red_flags.reader import Reader
from gutskin.replies import Composer, load_lead_ins
from gutskin.settings import ROOT, Settings, settings
from gutskin.spelling import EVERYDAY_FILE, load_everyday_words

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Knowledge:
    """The data of one installation, and the composer over it."""

    article: Article
    clinic: Clinic
    lexicon: Lexicon
    red_flags: RedFlags
    answers: dict[str, Answer]
    messages: Messages
    composer: Composer
    interview: Interview
    decisions: Decisions
    hinglish: Hinglish
    everyday_words: frozenset[str]
    """Words that no speller touches."""


def load_knowledge(of: Settings) -> Knowledge:
    """Reads every data file.

    Raises:
        DataError: the first file that is missing or malformed, with its line and mend.
    """
    data = of.data_dir
    article = load_article(data / "article" / "gut-skin-axis.md")
    clinic = load_clinic(data / "clinic.yml", for_visitors=of.is_production)
    return Knowledge(
        article=article,
        clinic=clinic,
        lexicon=load_lexicon(data / "lexicon"),
        red_flags=_red_flags(of),
        answers=load_answers(ROOT / "domain.yml"),
        messages=load_messages(data / "messages.yml", clinic),
        composer=Composer(article, load_lead_ins(data / "lead_ins.yml"), clinic, of.page_url),
        interview=load_interview(data / "triage"),
        decisions=load_decisions(data / "personal_decisions.yml"),
        hinglish=load_hinglish(data / "hinglish.yml"),
        everyday_words=load_everyday_words(data / EVERYDAY_FILE),
    )


def _red_flags(of: Settings) -> RedFlags:
    """The signs, with the reader beside them where one was trained on the very files that are here."""
    red_flags = load_red_flags(of.data_dir / "red_flags")
    file = reader_file(of)
    try:
        red_flags.reader = Reader.load(file, load_encoder(of.encoder_dir))
    except Exception as problem:  # whatever is wrong with a trained file, the phrases must still be heard
        _logger.warning("Danger is seen by listed phrases alone (%s). Mend: `make train`.", type(problem).__name__)
    return red_flags


def reader_file(of: Settings) -> Path:
    """Where the reader that belongs to the present data is kept."""
    return of.reader_dir / f"reader-{lessons_version(of.data_dir)}.joblib"


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The knowledge of this process, loaded at first use."""
    return load_knowledge(settings())
