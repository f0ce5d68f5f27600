"""Files that are damaged are found at start, with one line that says what and how to mend it."""

import shutil

import pytest

from gutskin.settings import ROOT
from tools.running import running_assistant


def test_a_damaged_article_is_refused_in_one_line(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data" / "article" / "gut-skin-axis.md").write_bytes(b"\x00\xff" * 100)
    with pytest.raises(RuntimeError) as refused, running_assistant(DATA_DIR=str(tmp_path / "data")):
        pass
    assert "Cannot start." in str(refused.value)
    assert "Traceback" not in str(refused.value)


def test_production_refuses_the_example_clinic():
    with (
        pytest.raises(RuntimeError) as refused,
        running_assistant(
            ENVIRONMENT="production", SESSION_KEY="0123456789abcdefghijklmnopqrstuvwxyzABCD", CHAT_RATE_LIMIT="on"
        ),
    ):
        pass
    assert "example clinic" in str(refused.value)
