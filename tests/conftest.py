"""What every test may ask for."""

from pathlib import Path

import pytest

from gutskin.article import Article
from gutskin.knowledge import Knowledge, knowledge
from gutskin.settings import ROOT

pytest.register_assert_rewrite("tests.server.checks")


@pytest.fixture(scope="session")
def known() -> Knowledge:
    return knowledge()


@pytest.fixture(scope="session")
def article(known) -> Article:
    return known.article


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    return folder


@pytest.fixture
def client(assistant):
    """A conversation that has just been opened with the assistant of the folder's own tests."""
    client = assistant.client()
    client.open()
    return client
