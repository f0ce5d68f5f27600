"""The report of a measurement, from a few made-up verdicts."""

import re
from xml.etree import ElementTree

import pytest

from evaluation.questions import Question, Verdict
from evaluation.report import NO_ANSWER, Measurement, confusion, markdown, page

ANSWERED = Question("q-1", ("what of <b>sugar?",), "answer", (), ("Food",), ("sugar",), (), 0, "real")
SILENT = Question("q-2", ("what of zinc?",), "out_of_scope", (), (), (), (), 0, "real")
RIGHT = Verdict(True, True, ("answer",), ("Food",))
WRONG = Verdict(False, False, ("answer",), ("Habits",))
REFUSED = Verdict(True, True, ("not_covered",), ())


@pytest.fixture
def measurement():
    return Measurement(
        "tiny.jsonl", [ANSWERED, SILENT], [RIGHT, WRONG], [10.0, 20.0], [], alone=[RIGHT, REFUSED],
        mistyped=[WRONG, REFUSED], confidences=[0.9, 0.2], answerable=[0.9, 0.1], alone_milliseconds=[1.0, 3.0],
    )  # fmt: skip


def test_sections_wanted_stand_against_those_given():
    names, counts = confusion([ANSWERED, SILENT, SILENT], [RIGHT, WRONG, REFUSED])
    at = {(names[r], names[c]): n for r, line in enumerate(counts) for c, n in enumerate(line) if n}
    assert at == {("Food", "Food"): 1, (NO_ANSWER, "Habits"): 1, (NO_ANSWER, NO_ANSWER): 1}


def test_the_report_has_its_figures_and_its_misses(measurement):
    text = markdown(measurement)
    assert "| answer | 1 | 100.0% ± 0.0% | 100.0% |" in text
    assert "| answer | 1 | 100.0% ± 0.0% | 0.0% ± 0.0% |" in text
    assert "median 15.0" in text
    assert re.findall(r"^- (q-\d)", text, re.MULTILINE) == ["q-2"]


def test_the_page_needs_no_other_file_and_holds_every_picture(measurement):
    text = page(measurement)
    assert not re.search(r"<(script|link|img)\b|\bsrc=", text)
    assert "<b>" not in text
    pictures = re.findall(r"<figure>(.*?)</figure>", text, re.DOTALL)
    assert len(pictures) == 7
    for picture in pictures:
        ElementTree.fromstring(picture)
