"""
Tests marked `browser` drive an installed Chromium; playwright's own download is not needed.

Without one they are left out, and the run says so at its end; with CI=true or REQUIRE_BROWSER=1
it fails.
"""

import os
import shutil

import pytest

from tests.plugins.engines import say_at_the_end

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
MISSING = (
    "NOT RUN: the tests marked `browser`, because no Chromium was found. "
    "`apt install chromium` brings one; CHROMIUM=/path/to/it names another."
)


def chromium():
    """The path of a browser to drive, or None."""
    names = [os.environ["CHROMIUM"]] if "CHROMIUM" in os.environ else NAMES
    return next(filter(None, map(shutil.which, names)), None)


def required():
    """Whether tests that were left out must not pass for tests that were run."""
    said = (os.environ.get(name, "").lower() for name in ("CI", "REQUIRE_BROWSER"))
    return any(word not in ("", "0", "false", "no", "off") for word in said)


def pytest_configure(config):
    if required() and not chromium():
        raise pytest.UsageError(MISSING)


def pytest_collection_modifyitems(config, items):
    if chromium():
        return
    without = [item for item in items if not item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=[item for item in items if item not in without])
    items[:] = without


def pytest_terminal_summary(terminalreporter):
    if not chromium():
        say_at_the_end(terminalreporter, MISSING)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all the tests of a process."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, in which Django refuses to touch the database
    # unless told that nothing here runs asynchronously.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        # Chromium's sandbox does not work for root.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def page(browser, live_server):
    """An empty page of a new visitor; addresses begin at the root of the registry."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    yield context.new_page()
    context.close()
