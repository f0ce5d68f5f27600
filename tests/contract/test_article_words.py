"""The article's words stand once in the repository."""

import re

import pytest

from gutskin.article import load_article
from gutskin.settings import ROOT

ARTICLE = ROOT / "data" / "article" / "gut-skin-axis.md"
TEXTS = {".py", ".yml", ".yaml", ".md", ".html", ".js", ".ts", ".css", ".json", ".toml", ".txt", ".sh", ""}
LABELS = ROOT / "evaluation"  # its question files name the words that a right answer shows, so only its code is read
LEFT_OUT = {"README.md", "tests", "models", "results", "node_modules", "requirements", "__pycache__"}
WORDS = 6


def flat(text):
    return re.sub(r"\W+", " ", text.lower()).strip()


def texts():
    for top in sorted(ROOT.iterdir()):
        if top.name.startswith(".") or top.name in LEFT_OUT:
            continue
        for file in [top] if top.is_file() else sorted(top.rglob("*")):
            hidden = LEFT_OUT & set(file.relative_to(ROOT).parts)
            label = LABELS in file.parents and file.suffix != ".py"
            if file.is_file() and file.suffix in TEXTS and file != ARTICLE and not hidden and not label:
                yield file


def sentences():
    for passage in load_article(ARTICLE).passages:
        for sentence in re.split(r"(?<=[.:])\s+(?=[A-Z])", passage.words):
            if len(flat(sentence).split()) > WORDS:
                yield sentence


FILES = [(file, flat(file.read_text(encoding="utf-8", errors="ignore"))) for file in texts()]


def test_the_repository_is_read():
    assert {"domain.yml", "messages.yml", "article.py"} <= {file.name for file, _ in FILES}


@pytest.mark.parametrize("sentence", list(sentences()))
def test_the_sentence_is_typed_nowhere_else(sentence):
    assert [str(file.relative_to(ROOT)) for file, text in FILES if flat(sentence) in text] == []
