"""Loads every data file and says in one line what is wrong with the first that cannot be used."""

from __future__ import annotations

import sys

from desk.words import load_desk_words
from gutskin.channel.widget import load_words
from gutskin.errors import GutSkinError
from gutskin.knowledge import Knowledge, load_knowledge
from gutskin.settings import settings
from tools.train_reader import trained_reader


def checked_knowledge() -> Knowledge:
    """The knowledge, or the end of the process with one line on the console."""
    try:
        load_words(settings().data_dir / "widget.yml")
        load_desk_words(settings().data_dir / "desk.yml")
        trained_reader()
        return load_knowledge(settings())
    except GutSkinError as problem:
        sys.exit(f"Cannot start. {problem}")


if __name__ == "__main__":
    known = checked_knowledge()
    print(
        f"{len(known.article.passages)} passages, {len(known.answers)} responses, {len(known.lexicon.terms)} terms, "
        f"{len(known.red_flags.signs)} red-flag signs: all files are sound."
    )
