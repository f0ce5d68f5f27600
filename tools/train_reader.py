"""Trains the reader of red flags when what it learns from has changed, and only then; it takes a minute or two."""

from __future__ import annotations

from pathlib import Path

from gutskin.encoder import load_encoder
from gutskin.knowledge import reader_file
from gutskin.red_flags import load_red_flags
from gutskin.red_flags.engine import plain
from gutskin.red_flags.lessons import in_company, lessons
from gutskin.red_flags.reader import Reader
from gutskin.settings import ROOT, settings
from gutskin.spelling import EVERYDAY_FILE, load_everyday_words


def trained_reader() -> Path:
    """The reader of the present files, trained first if there is none."""
    file = reader_file(settings())
    if not file.exists():
        learnt = lessons(settings().data_dir, load_red_flags(settings().data_dir / "red_flags"))
        learnt += in_company(learnt)
        reader = Reader(load_encoder(settings().encoder_dir))
        reader.fit(
            [plain(one.text) for one in learnt], [one.danger for one in learnt], [one.group for one in learnt],
            load_everyday_words(settings().data_dir / EVERYDAY_FILE),
        )  # fmt: skip
        reader.save(file)
        print(f"The reader of red flags has learnt from {len(learnt)} sentences: {file.relative_to(ROOT)}", flush=True)
    return file


if __name__ == "__main__":
    trained_reader()
