"""CSV files of sentences and labels, as they come."""

import pytest

from evaluation.labelled_csv import load_labelled
from gutskin.errors import DataError


@pytest.fixture
def file(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "set.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_columns_come_in_any_order_among_others(file):
    found = load_labelled(file('Label,id,Sentence\nhours,1,"open, on ""Sundays""?"\nprice,2,how much\n'))
    assert found.sentences == ('open, on "Sundays"?', "how much")
    assert found.labels == ("hours", "price")


def test_blank_lines_a_byte_order_mark_and_line_ends_of_windows_are_read(file):
    assert len(load_labelled(file("\ufeffsentence,label\r\na b,x\r\n\r\nc d,y\r\n"))) == 2


def test_a_sentence_may_go_over_lines(file):
    assert load_labelled(file('sentence,label\n"a\nb",x\n')).sentences == ("a\nb",)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("text,label\na,b\n", 1, "no column `sentence`"),
        ("", 1, "no column `sentence` or `label`"),
        ("sentence,label\na,b\nc\n", 3, "without sentence or label"),
        ("sentence,label\na,\n", 2, "without sentence or label"),
        ("sentence,label\n", 1, "no rows"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(file, text, line, problem):
    with pytest.raises(DataError, match=problem) as caught:
        load_labelled(file(text))
    assert caught.value.line == line


def test_other_encodings_and_missing_files_are_told(file, tmp_path):
    with pytest.raises(DataError, match="not UTF-8"):
        load_labelled(file("sentence,label\ncafé,x\n", encoding="latin-1"))
    with pytest.raises(DataError, match="no such file"):
        load_labelled(tmp_path / "none.csv")
