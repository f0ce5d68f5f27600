"""Every setting is documented, and nothing is documented that is none."""

import re

import pytest

from gutskin.settings import ROOT, Settings

EXAMPLE = ROOT / ".env.example"
VARIABLES = {field.field_info.extra["env"]: field.field_info.description for field in Settings.__fields__.values()}


def documented():
    return re.findall(r"^#?\s*([A-Z][A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("variable", VARIABLES)
def test_the_setting_is_documented(variable):
    assert variable in documented()


@pytest.mark.parametrize("variable", VARIABLES)
def test_the_setting_says_what_it_is(variable):
    assert VARIABLES[variable]


def test_each_setting_is_documented_once():
    assert len(set(documented())) == len(documented())
