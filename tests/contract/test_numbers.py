"""No number to call is written anywhere but in the clinic's file."""

import ast
import re

import pytest

from gutskin.knowledge import knowledge
from gutskin.settings import ROOT

LIKE_A_NUMBER = re.compile(r"(?<![\w.#-])\+?\d(?:[ -]?\d){6,14}(?![\w.])")
# In a page, a number is longer than the coordinates of a drawing.
IN_A_PAGE = re.compile(r"(?<![\w#])\+?\d{3,}(?:[ -]\d{3,})+|(?<![\w#])\+?\d{8,}(?!\w)")
DIGITS = re.compile(r"\d{3,}")
CODE = sorted(file for top in ("gutskin", "actions", "tools", "desk") for file in (ROOT / top).rglob("*.py"))
PAGES = sorted(
    file for top in ("gutskin", "widget", "desk") for file in (ROOT / top).rglob("*")
    if file.suffix in {".html", ".js", ".ts"} and "node_modules" not in file.parts
)  # fmt: skip


def strings(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def numbers():
    return {contact.number for group in knowledge().clinic.contacts.values() for contact in group}


def relative(files):
    return [pytest.param(file, id=str(file.relative_to(ROOT))) for file in files]


@pytest.mark.parametrize("name", knowledge().answers)
def test_a_response_has_no_digits_that_could_be_called(known, name):
    assert DIGITS.findall(known.answers[name].text + known.answers[name].title) == []


@pytest.mark.parametrize("name", knowledge().messages.texts)
def test_a_procedural_text_has_none(known, name):
    assert DIGITS.findall(known.messages.texts[name]) == []


@pytest.mark.parametrize("name", knowledge().composer.lead_ins)
def test_a_lead_in_has_none(known, name):
    assert DIGITS.findall(known.composer.lead_ins[name].text) == []


@pytest.mark.parametrize("file", relative(CODE))
def test_code_names_none(file):
    for string in strings(file):
        assert LIKE_A_NUMBER.findall(string) == []
        assert not numbers() & set(re.findall(r"\+?[\d][\d-]*", string))


@pytest.mark.parametrize("file", relative(PAGES))
def test_a_page_names_none(file):
    text = file.read_text(encoding="utf-8")
    assert IN_A_PAGE.findall(text) == []
    assert not [number for number in numbers() if re.search(rf"[\"'> ]{re.escape(number)}[\"'< ]", text)]
