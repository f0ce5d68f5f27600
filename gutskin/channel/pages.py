"""The pages of the channel: the article with the chat element on it, and a bare page for frames."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gutskin.article import Article, Passage
from gutskin.channel.widget import Widget, load_words
from gutskin.knowledge import Knowledge
from gutskin.settings import Settings

HERE = Path(__file__).resolve().parent
_NUMBERED = re.compile(r"\d+\. ")


@dataclass
class Section:
    """A heading, what stands under it, and its numbered parts."""

    heading: Passage
    groups: list[tuple[str, list[list[Passage]]]]
    """Paragraphs and bullets in their order, neighbours of a kind together."""
    parts: list[Section] = field(default_factory=list)


class Pages:
    """Rendered once at start: nothing in them depends on the visitor."""

    style = HERE / "static" / "page.css"
    description = HERE / "static" / "openapi.json"

    def __init__(self, known: Knowledge, settings: Settings) -> None:
        self._known, self._settings = known, settings
        self.widget = Widget(known, load_words(settings.data_dir / "widget.yml"), settings.page_url)
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    @cached_property
    def article(self) -> str:
        """The page at `/chat`."""
        byline, sections = _arranged(self._known.article)
        return self._render("article.html", byline=byline, sections=sections)

    @cached_property
    def embed(self) -> str:
        """The page at `/chat/embed`: the chat alone, for an `iframe`."""
        return self._render("embed.html")

    @property
    def embed_policy(self) -> str:
        """Who may show the bare page in a frame: the origins that may call the channel at all."""
        return " ".join(["frame-ancestors 'self'", *self._settings.cors_origins.split()])

    def _render(self, template: str, **values: object) -> str:
        return self._templates.get_template(template).render(
            article=self._known.article, clinic=self._known.clinic, **values
        )


def _arranged(article: Article) -> tuple[Section | None, list[Section]]:
    """The section about the author, and the others with numbered ones as parts of the one before."""
    byline: Section | None = None
    sections: list[Section] = []
    for heading, blocks in _by_heading(article.blocks()):
        section = Section(heading, [(kind, list(group)) for kind, group in groupby(blocks, key=lambda b: b[0].kind)])
        if heading.words == article.author:
            byline = section
        elif _NUMBERED.match(heading.words) and sections:
            sections[-1].parts.append(section)
        else:
            sections.append(section)
    return byline, sections


def _by_heading(blocks: Iterable[list[Passage]]) -> list[tuple[Passage, list[list[Passage]]]]:
    found: list[tuple[Passage, list[list[Passage]]]] = []
    for block in blocks:
        if block[0].kind == "heading":
            found.append((block[0], []))
        else:
            found[-1][1].append(block)
    return found
