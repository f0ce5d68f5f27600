"""Debian's Chromium, or the one that Playwright has, started so that it speaks to nothing but the server under test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, sync_playwright

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip


class NoBrowserError(Exception):
    """No Chromium can be had here."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium.

    Raises:
        NoBrowserError: none is installed, or it does not start.
    """
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=QUIET
            )
        except Error as problem:
            raise NoBrowserError(str(problem).splitlines()[0]) from problem
        try:
            yield browser
        finally:
            browser.close()
