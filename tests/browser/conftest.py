"""One browser and one stand-in for all browser tests; a real assistant where a test asks for it.

They end with this package: while Playwright runs, no other test can run an event loop of its own.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from gutskin.settings import ROOT
from tests.browser.browsers import NoBrowserError, chromium
from tests.browser.fake import fake_assistant
from tests.browser.visitor import Visitor
from tools.running import running_assistant

DESKTOP = {"width": 1280, "height": 800}
PATIENCE = 10_000
PHONE = {"width": 320, "height": 640}
AXE = ROOT / "widget" / "node_modules" / "axe-core" / "axe.min.js"


def missing(words):
    """Skips with a word where something cannot be had; in CI everything must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


@pytest.fixture(scope="package")
def browser():
    started = False
    expect.set_options(timeout=PATIENCE)
    try:
        with chromium() as browser:
            started = True
            yield browser
    except NoBrowserError as problem:
        if started:
            raise
        missing(f"no browser for these tests ({problem}). Mend: apt-get install chromium")


@pytest.fixture(scope="session")
def axe():
    if not AXE.is_file():
        missing("axe-core is not there. Mend: make widget")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="package")
def fake():
    with fake_assistant() as running:
        yield running


@pytest.fixture(scope="package")
def real(browser):
    with running_assistant() as running:
        yield running


@pytest.fixture
def complaints():
    """What a page under test complained of: script errors and refused content."""
    return []


@pytest.fixture
def context(browser, complaints):
    """Opens browser contexts whose pages are listened to, and ends them."""
    contexts = []

    def make(**options):
        context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on(
            "console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None
        )
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def visit(context, fake):
    """Brings a visitor to the page of the stand-in."""

    def arrive(path="", **options):
        return Visitor(context(**options).new_page(), fake.base).arrive(path)

    return arrive


@pytest.fixture
def visitor(visit, complaints):
    yield visit()
    assert complaints == []


@pytest.fixture(scope="session")
def goldens():
    return Path(__file__).parent / "aria"
