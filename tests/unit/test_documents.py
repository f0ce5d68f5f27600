"""Data files as YAML 1.2, quick to read, with the line of everything in them."""

import pytest

from gutskin.documents import line_of, read_yaml
from gutskin.errors import DataError


def read(folder, text):
    file = folder / "file.yml"
    file.write_text(text, encoding="utf-8")
    return read_yaml(file)


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("10:30", "10:30"), ("2026-01-02", "2026-01-02"), ("0x1F", "0x1F"),
        ("true", True), ("12", 12), ("-0.5", -0.5), ("~", None), ("1.2.3", "1.2.3"), ("+91 80", "+91 80"),
    ],
)  # fmt: skip
def test_a_word_without_quotes_is_what_it_looks_like(tmp_path, plain, value):
    assert read(tmp_path, f"key: {plain}\n")["key"] == value


def test_everything_knows_its_line(tmp_path):
    document = read(tmp_path, "# a remark\nfirst: 1\nlist:\n  - a\n\n  - {b: 2}\n")
    assert [line_of(document), line_of(document, "list"), line_of(document, "absent")] == [2, 3, 2]
    assert [line_of(document["list"]), line_of(document["list"], 1), line_of(document["list"][1], "b")] == [4, 6, 6]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a: 1\nb: [\n", 3, "not YAML"), ("a: 1\n\na: 2\n", 3, "`a` stands twice"), ("? [1]\n: 2\n", 1, "a list as a key"),
        ("a: \x00\n", 1, "not YAML"), ("# nothing\n", 1, "empty"), ("a: !!python/name:os.system\n", 1, "not YAML"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_line(tmp_path, text, line, problem):
    with pytest.raises(DataError) as refused:
        read(tmp_path, text)
    assert (refused.value.line, problem in refused.value.problem) == (line, True)
