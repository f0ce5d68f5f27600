"""The article: sections, passages under stable anchors, and citations of them.

The Markdown file is the one place where the article's words stand. `{#anchor}` behind a heading, a sentence or a
bullet closes an addressable passage; everything else is the published text, word for word.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from gutskin.documents import read_text
from gutskin.errors import DataError

BULLET = "• "
_ANCHORED = re.compile(r"\s*(?P<words>.+?)\s*\{#(?P<id>[a-z0-9-]+)\}")
_HEADING = re.compile(r"^(#+) ")
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True)
class Passage:
    """The smallest unit that can be cited: a heading, a bullet, or a few sentences of a paragraph."""

    id: str
    section: str
    words: str
    block: int
    """Number of the paragraph, bullet or heading that it stands in."""
    kind: str
    """`heading`, `sentence` or `bullet`."""

    @property
    def is_lead(self) -> bool:
        """Whether a list follows, which the passage only announces."""
        return self.kind == "sentence" and self.words.endswith(":")

    @property
    def printed(self) -> str:
        """The words as a plain page prints them."""
        return f"{BULLET}{self.words}" if self.kind == "bullet" else self.words


@dataclass(frozen=True)
class Citation:
    """One unbroken run of the article's text, with the place where it stands."""

    passage: str
    section: str
    quote: str
    url: str

    def as_dict(self) -> dict[str, str]:
        """The citation as the public contract prints it."""
        return {"passage": self.passage, "section": self.section, "quote": self.quote, "url": self.url}


@dataclass(frozen=True)
class Article:
    """The whole article, in reading order."""

    title: str
    author: str
    url: str
    language: str
    sha256: str
    passages: tuple[Passage, ...]

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {passage.id: position for position, passage in enumerate(self.passages)}

    @cached_property
    def _headings(self) -> dict[str, Passage]:
        return {passage.words: passage for passage in self.passages if passage.kind == "heading"}

    @property
    def text(self) -> str:
        """The published text: one line a paragraph, heading or bullet."""
        return "\n".join(_join(block) for block in self.blocks())

    def __contains__(self, passage_id: str) -> bool:
        return passage_id in self._positions

    def __getitem__(self, passage_id: str) -> Passage:
        return self.passages[self._positions[passage_id]]

    def blocks(self) -> list[list[Passage]]:
        """The passages, grouped by paragraph, bullet and heading."""
        blocks: dict[int, list[Passage]] = {}
        for passage in self.passages:
            blocks.setdefault(passage.block, []).append(passage)
        return list(blocks.values())

    def cite(self, passage_ids: Iterable[str], page_url: str = "") -> list[Citation]:
        """Citations of the passages, neighbours joined to one run.

        A heading stands for all that its section says, a list's lead for the whole list, and a bullet brings its
        lead along, as neither says anything alone.

        Raises:
            KeyError: the article has no such passage.
        """
        runs: list[list[Passage]] = []
        for position in self._expanded(passage_ids):
            passage = self.passages[position]
            if runs and self._follows(runs[-1][-1], passage):
                runs[-1].append(passage)
            else:
                runs.append([passage])
        return [
            Citation(run[0].id, run[0].section, _quote(run), f"{self.url_of(page_url)}#{run[0].id}") for run in runs
        ]

    def url_of(self, page_url: str) -> str:
        """The article's own address where it has one, else the assistant's page."""
        return self.url if "://" in self.url else page_url

    def _follows(self, before: Passage, after: Passage) -> bool:
        adjacent = self._positions[after.id] == self._positions[before.id] + 1
        return adjacent and before.section == after.section

    def _expanded(self, passage_ids: Iterable[str]) -> list[int]:
        wanted: dict[int, None] = {}
        for passage_id in passage_ids:
            position = self._positions[passage_id]
            passage = self.passages[position]
            if passage.kind == "heading":
                members = [p for p in self.passages if p.section == passage.words and p.kind != "heading"]
                positions = [self._positions[p.id] for p in members] or [position]
            elif passage.is_lead:
                positions = [position, *self._bullets_after(position)]
            elif passage.kind == "bullet":
                positions = [self._lead_before(position), position]
            else:
                positions = [position]
            wanted.update(dict.fromkeys(positions))
        return list(wanted)

    def _bullets_after(self, position: int) -> list[int]:
        bullets = []
        for following in range(position + 1, len(self.passages)):
            if self.passages[following].kind != "bullet":
                break
            bullets.append(following)
        return bullets

    def _lead_before(self, position: int) -> int:
        while self.passages[position].kind == "bullet":
            position -= 1
        return position


def _join(block: list[Passage]) -> str:
    return " ".join(passage.printed for passage in block)


def _quote(run: list[Passage]) -> str:
    lines: list[str] = []
    for before, passage in zip([None, *run[:-1]], run, strict=True):
        if before is not None and before.block == passage.block:
            lines[-1] += f" {passage.printed}"
        else:
            lines.append(passage.printed)
    return "\n".join(lines)


def text_hash(text: str) -> str:
    """SHA-256 of the published text, as the front matter gives it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def load_article(file: Path) -> Article:
    """Reads the article and checks its words against the hash that it carries.

    Raises:
        DataError: no such file, no front matter, a line without anchor, an anchor used twice, or changed words.
    """
    source = read_text(file)
    front = _FRONT_MATTER.match(source)
    if front is None:
        raise DataError(
            file, 1, "no front matter", "begin the file with `---`, title, author, url, language, sha256, `---`"
        )
    meta = _meta(file, front.group(1))
    for line, key in enumerate(("title", "author", "url", "language", "sha256"), start=2):
        if not isinstance(meta.get(key), str):
            raise DataError(
                file, line, f"the front matter lacks `{key}`", f"add `{key}: …` between the two `---` lines"
            )
    first_line = source[: front.end()].count("\n") + 1
    passages = tuple(_passages(file, source[front.end() :].split("\n"), first_line))
    article = Article(meta["title"], meta["author"], meta["url"], meta["language"], meta["sha256"], passages)
    found = text_hash(article.text)
    if found != article.sha256:
        raise DataError(
            file,
            source[: source.index("sha256")].count("\n") + 1,
            f"the article's words do not match their hash ({found[:12]}…)",
            f"undo the change, or, if the article itself changed, set `sha256: {found}`",
        )
    return article


def _meta(file: Path, front_matter: str) -> dict[str, Any]:
    mend = "write one `key: value` a line between the two `---`"
    try:
        meta = yaml.safe_load(front_matter)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 2 if problem.problem_mark else 2
        raise DataError(file, line, f"the front matter is not YAML ({problem.problem})", mend) from None
    if not isinstance(meta, dict):
        raise DataError(file, 2, "the front matter is not a list of keys and values", mend)
    return meta


def _passages(file: Path, lines: list[str], first_line: int) -> Iterable[Passage]:
    section, seen = "", set()
    for number, line in enumerate(lines, start=first_line):
        if not line.strip():
            continue
        heading = _HEADING.match(line)
        kind = "heading" if heading else "bullet" if line.startswith("- ") else "sentence"
        body = line[heading.end() :] if heading else line[2:] if kind == "bullet" else line
        end = 0
        for match in _ANCHORED.finditer(body):
            if match["id"] in seen:
                raise DataError(file, number, f"the anchor `{match['id']}` is used twice", "give each passage its own")
            seen.add(match["id"])
            section = match["words"] if heading else section
            yield Passage(match["id"], section, match["words"], number, kind)
            end = match.end()
        if body[end:].strip():
            raise DataError(file, number, "words without an anchor", "end the line with `{#some-name}`")
