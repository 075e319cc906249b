"""The fixtures themselves: a foreign request, a broken script and an accessibility mistake do not pass unseen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from conftest import RequestRecorder


def test_the_recorder_stops_a_request_to_another_host(browser: Browser, base_url: str) -> None:
    page = browser.new_page()
    recorder = RequestRecorder()
    recorder.watch(page, (base_url,))
    page.route(base_url + "proef.html", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto(base_url + "proef.html")
    page.evaluate("fetch('https://example.org/spy').catch(() => 'stopped')")
    page.close()
    assert recorder.foreign == ["https://example.org/spy"]
    assert base_url + "proef.html" in recorder.all


def test_axe_fails_on_a_mistake(browser: Browser, axe: Callable[..., None]) -> None:
    page = browser.new_page()
    page.set_content('<html lang="nl"><title>x</title><main><h1>x</h1><img src="data:,"></main></html>')
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)
    page.close()


def test_a_page_can_be_opened_without_javascript(browser_page: Callable[..., Page], base_url: str) -> None:
    page = browser_page(javascript=False)
    page.goto(base_url + "index.html")
    assert page.locator("h1").count() == 1
    assert page.locator("html.js").count() == 0


def test_a_page_has_the_width_and_scheme_that_were_asked_for(browser_page: Callable[..., Page], file_url: str) -> None:
    page = browser_page(width=320, scheme="dark")
    page.goto(file_url + "index.html")
    assert page.evaluate("innerWidth") == 320
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
