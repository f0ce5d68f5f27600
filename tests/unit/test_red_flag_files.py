"""Mistakes in the files of signs are pointed at."""

import pytest

from gutskin.errors import DataError
from gutskin.red_flags import load_red_flags

PIECES = "rash:\n  - rash\nfever:\n  - fever\n"
SIGN = """\
group: RF02
signs:
  - id: RF02-a
    level: emergency
    lay: words
    source: somewhere
    confidence: high
    when: [[rash, fever]]
    fires: [a rash and a fever]
    silent: [no rash]
"""


def written(folder, signs=SIGN, pieces=PIECES):
    (folder / "pieces.yml").write_text(pieces)
    (folder / "context.yml").write_text('- category: NEGATED\n  direction: FORWARD\n  cues: ["no"]\n')
    if signs:
        (folder / "RF02.yml").write_text(signs)
    return folder


def test_sound_files_are_read(tmp_path):
    assert load_red_flags(written(tmp_path)).screen("a rash and a fever").red_flags == ("RF02",)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "problem"),
    [
        ("group: RF02\n", "", 1, "`group` is missing"),
        ("level: emergency", "level: panic", 4, "unknown level 'panic'"),
        ("when: [[rash, fever]]", "when: [[rash, cough]]", 8, "unknown piece `cough`"),
        ("    when: [[rash, fever]]\n", "", 3, "`when` is missing"),
        ("    source: somewhere\n", "", 3, "`source` is missing"),
        ("    lay: words\n", "", 3, "`lay` is missing"),
        ("    level: emergency\n", "", 3, "`level` is missing"),
    ],
)
def test_a_sign_that_is_incomplete_is_refused_with_its_line(tmp_path, right, wrong, line, problem):
    with pytest.raises(DataError) as refused:
        load_red_flags(written(tmp_path, SIGN.replace(right, wrong, 1)))
    assert (refused.value.file.name, refused.value.line) == ("RF02.yml", line)
    assert problem in refused.value.problem


def test_an_id_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(DataError, match="the id `RF02-a` stands twice"):
        load_red_flags(written(tmp_path, SIGN + SIGN[SIGN.index("  - id") :]))


@pytest.mark.parametrize("phrase", ["... rash", "rash ...", "*", "..."])
def test_a_phrase_that_cannot_be_sought_is_refused_with_its_line(tmp_path, phrase):
    with pytest.raises(DataError, match="must begin and end with a word") as refused:
        load_red_flags(written(tmp_path, pieces=f'rash:\n  - rash\n  - "{phrase}"\nfever:\n  - fever\n'))
    assert (refused.value.file.name, refused.value.line) == ("pieces.yml", 3)


@pytest.mark.parametrize("pieces", ["rash: []\nfever: [fever]\n", "rash:\nfever: [fever]\n"])
def test_a_piece_without_phrases_is_refused(tmp_path, pieces):
    with pytest.raises(DataError, match="the piece `rash` has no phrases"):
        load_red_flags(written(tmp_path, pieces=pieces))


def test_a_folder_without_signs_is_refused(tmp_path):
    with pytest.raises(DataError, match="no signs"):
        load_red_flags(written(tmp_path, signs=""))
