"""Everything that is data, loaded and checked together, once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gutskin.answers import Answer, load_answers
from gutskin.article import Article, load_article
from gutskin.clinic import Clinic, load_clinic
from gutskin.decisions import Decisions, load_decisions
from gutskin.hinglish import Hinglish, load_hinglish
from gutskin.interview import Interview, load_interview
from gutskin.lexicon import Lexicon, load_lexicon
from gutskin.messages import Messages, load_messages
from gutskin.red_flags import RedFlags, load_red_flags
from gutskin.replies import Composer, load_lead_ins
from gutskin.settings import ROOT, Settings, settings


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


def load_knowledge(of: Settings) -> Knowledge:
    """Reads every data file.

    Raises:
        DataError: the first file that is missing or malformed, with its line and mend.
    """
    data = of.data_dir
    article = load_article(data / "article" / "gut-skin-axis.md")
    clinic = load_clinic(data / "clinic.yml")
    return Knowledge(
        article=article,
        clinic=clinic,
        lexicon=load_lexicon(data / "lexicon"),
        red_flags=load_red_flags(data / "red_flags"),
        answers=load_answers(ROOT / "domain.yml"),
        messages=load_messages(data / "messages.yml", clinic),
        composer=Composer(article, load_lead_ins(data / "lead_ins.yml"), clinic, of.page_url),
        interview=load_interview(data / "triage"),
        decisions=load_decisions(data / "personal_decisions.yml"),
        hinglish=load_hinglish(data / "hinglish.yml"),
    )


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The knowledge of this process, loaded at first use."""
    return load_knowledge(settings())
