"""One Chromium for all tests that look at pages, with no window.

Where there is none, or its driver lacks a library of the system, those tests are skipped, unless ``BONEBED_REQUIRE_BROWSER=1``
says that they must run.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Playwright, expect, sync_playwright

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is there is taken. Debian's headless shell is the same browser without its windows, menus and tabs, which cost more
of a processor than most of the pages."""
PATIENCE = 45_000.0
"""Milliseconds that a page may take on a busy machine."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium without a window."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        _do_without(
            "There is no Chromium. Install it (Debian: `apt-get install chromium-headless-shell`) to run the browser tests."
        )
    driver, playwright = sync_playwright(), None
    try:
        playwright = driver.start()
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    except (Error, OSError) as error:
        _stop(playwright)
        _do_without(f"Chromium does not start: {error}. On a bare Debian its driver needs libatomic1.")
    expect.set_options(timeout=PATIENCE)
    yield browser
    browser.close()
    _stop(playwright)


def _stop(playwright: Playwright | None) -> None:
    if playwright is not None:
        playwright.stop()


def _do_without(why: str) -> None:
    if os.environ.get("BONEBED_REQUIRE_BROWSER") == "1":
        pytest.fail(why)
    pytest.skip(why)
