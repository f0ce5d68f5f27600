"""The answers of `domain.yml`: which passages answer which intent, under what lead-in, and what follows naturally."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gutskin.article import Article
from gutskin.documents import read_yaml, require

PREFIX = "utter_"
ANSWER = "answer"
ALSO = "also"
"""Where a message keeps the passages that are shown beside those of its answer."""
BESIDE = "beside"
"""Where a message for a person keeps the intent that the article answers as well."""
MOST_QUOTES = 3
"""In a reply, not counting the lines that announce lists."""
NEUTRAL = "article_says"
"""The lead-in that says neither yes nor no."""


@dataclass(frozen=True)
class Answer:
    """One response: `passages` are anchors of the article, `next` intents to offer, `title` how it is offered itself."""

    kind: str
    title: str
    text: str
    lead: str
    passages: tuple[str, ...]
    next: tuple[str, ...]
    contacts: tuple[str, ...]

    @property
    def can_be_offered(self) -> bool:
        """Whether its title stands by itself on a button, with nothing to fill in."""
        return bool(self.title) and "{" not in self.title


def read_answer(response: Mapping[str, Any]) -> Answer:
    """The answer that one response of the domain describes."""
    custom = response.get("custom") or {}
    return Answer(
        kind=custom.get("kind", "smalltalk"),
        title=custom.get("title", ""),
        text=response.get("text") or "",
        lead=custom.get("lead", ""),
        passages=tuple(custom.get("passages") or ()),
        next=tuple(custom.get("next") or ()),
        contacts=tuple(custom.get("contacts") or ()),
    )


def load_answers(domain: Path) -> dict[str, Answer]:
    """Every response of the domain, by the name of the intent or action that it serves (without `utter_`).

    Raises:
        DataError: the domain is missing, not YAML or without responses.
    """
    responses = require(domain, read_yaml(domain), "responses", dict, "list the responses under `responses:`")
    return {name.removeprefix(PREFIX): read_answer(variants[0]) for name, variants in responses.items()}


def widened(passages: Iterable[str], further: Iterable[str], article: Article) -> list[str]:
    """The passages, and further ones as long as the reply stays short enough to be read; the byline stands alone."""
    shown = list(passages)
    if any(article[passage].section == article.author for passage in shown):
        return shown
    for passage in further:
        is_new = passage not in shown and article[passage].section != article.author
        if is_new and _quotes([*shown, passage], article) <= MOST_QUOTES:
            shown.append(passage)
    return shown


def _quotes(passages: Iterable[str], article: Article) -> int:
    """How many quotations there are to read; the line that only announces a list is none."""
    runs = article.cite(passages)
    return sum(not article[run.passage].is_lead or run.quote != article[run.passage].printed for run in runs)
