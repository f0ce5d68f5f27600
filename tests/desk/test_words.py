"""The desk's own sentences: all there, all shown, each with what fills it, and none that a clinic must not say."""

import re

import pytest

from desk.words import NAMES, load_desk_words
from gutskin.documents import read_yaml
from gutskin.errors import DataError
from gutskin.settings import ROOT

FILE = ROOT / "data" / "desk.yml"
SOURCES = [*(ROOT / "desk").glob("*.py"), *(ROOT / "desk" / "templates").glob("*.html")]
NEVER = [
    str(p) for patterns in read_yaml(ROOT / "evaluation" / "never_said.yml").values() for p in patterns if p[0] != "^"
]


@pytest.fixture(scope="module")
def words():
    return load_desk_words(FILE)


def changed(folder, old, new):
    file = folder / "desk.yml"
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


@pytest.mark.parametrize("name", NAMES)
def test_each_sentence_is_filled_and_shown_somewhere(words, name):
    assert "{" not in words.say(name, **dict.fromkeys(NAMES[name].split(), "x"))
    shown = "".join(source.read_text(encoding="utf-8") for source in SOURCES if source.name != "words.py")
    assert re.search(rf"""["']{name}["']""", shown)


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_says_what_a_clinic_must_not(words, name):
    assert [pattern for pattern in NEVER if re.search(pattern, words.sentences[name].lower())] == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  nobody_waits: Nobody is waiting.\n", "", "`nobody_waits` is missing"),
        ("  nobody_waits:", "  nobody_weights: x\n  nobody_waits:", "`nobody_weights` is shown nowhere"),
        ("Nobody is waiting.", "Nobody is waiting, {count}.", "a placeholder that nothing fills"),
        ("Nobody is waiting.", '"Nobody {"', "a placeholder that nothing fills"),
        ("  spoke: Spoke with the person\n", "", "`spoke` is missing"),
        ("roles:", "rolls:", "`roles` is missing"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path, old, new, problem):
    with pytest.raises(DataError) as refused:
        load_desk_words(changed(tmp_path, old, new))
    assert problem in refused.value.problem


@pytest.mark.parametrize("template", (ROOT / "desk" / "templates").glob("*.html"), ids=lambda file: file.name)
def test_no_template_types_a_sentence(template):
    """Labels are short and have no full stop; what has one belongs into the file."""
    text = re.sub(r"\{[{%#].*?[}%#]\}|<[^>]*>", "\n", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [line.strip() for line in text.splitlines() if line.strip().endswith(".") and " " in line.strip()] == []
