"""Each hazard of docs/hazards.md names tests that are there."""

import ast
import re

import pytest

from gutskin.settings import ROOT

FILE = ROOT / "docs" / "hazards.md"
ROWS = [
    line.strip("|").split(" | ") for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")
][2:]
NAMED = sorted({name for row in ROWS for name in re.findall(r"`(tests/[\w/]+\.py::\w+)`", row[-1])})


def test_every_hazard_has_a_control_and_a_test():
    assert len(ROWS) >= 20
    assert all(len(row) == 3 and all(cell.strip() for cell in row) for row in ROWS)
    assert [row[0] for row in ROWS if not re.search(r"`tests/[\w/]+\.py::\w+`", row[-1])] == []


@pytest.mark.parametrize("name", NAMED)
def test_the_named_test_exists(name):
    path, _, function = name.partition("::")
    file = ROOT / path
    assert file.exists()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
