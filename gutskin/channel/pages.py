"""The page at `/chat`: the article, each passage under its anchor, with the chat element on it."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gutskin.article import Passage
from gutskin.knowledge import Knowledge
from gutskin.settings import Settings

HERE = Path(__file__).resolve().parent


class Pages:
    """Rendered once at start: nothing in it depends on the visitor."""

    widget = HERE / "static" / "widget.js"
    style = HERE / "static" / "page.css"

    def __init__(self, known: Knowledge, settings: Settings) -> None:
        self._known, self._settings = known, settings

    @cached_property
    def article(self) -> str:
        """The whole page."""
        templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        article = self._known.article
        return templates.get_template("article.html").render(
            article=article,
            groups=[(kind, list(blocks)) for kind, blocks in groupby(article.blocks(), key=_kind)],
            clinic=self._known.clinic,
        )


def _kind(block: list[Passage]) -> str:
    return block[0].kind
