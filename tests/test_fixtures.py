"""The fixtures themselves: a foreign request, a broken script, a cookie and a mistake do not pass unseen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import find_faults, find_violations
from tests.browser.chromium import watch_pages
from tests.helpers import tell_all

# A name, an address and another port of this machine.
FOREIGN = ["https://example.org/spy", "http://192.0.2.1/spy", "http://localhost/spy"]


def open_made_up(page: Page, base_url: str, body: str) -> None:
    """Opens a page of the site that is not there, with this body."""
    page.route(base_url + "proef.html", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(base_url + "proef.html")


@pytest.mark.parametrize(
    "address", [FOREIGN[0], *(pytest.param(address, marks=pytest.mark.long) for address in FOREIGN[1:])]
)
def test_a_request_to_another_host_fails_the_test_and_reaches_nobody(
    address: str, browser: Browser, base_url: str
) -> None:
    failed = {}
    with (
        pytest.raises(AssertionError, match=f"another host: {address}$"),
        watch_pages(browser, base_url) as open_page,
    ):
        page = open_page()
        page.on("requestfailed", lambda request: failed.update({request.url: request.failure}))
        open_made_up(page, base_url, "")
        assert page.evaluate(f"fetch({address!r}).catch(() => 'stopped')") == "stopped"
    assert base_url + "proef.html" in open_page.recorder.all
    assert failed == {address: "net::ERR_NAME_NOT_RESOLVED"}


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<script>throw new Error('stuk')</script>", "error in a script: stuk"),
        ("<script>document.cookie = 'volg=mij'</script>", "cookie: volg"),
        ("<script>open('ander.html').eval(\"throw new Error('tab')\")</script>", "error in a script: tab"),
    ],
)
def test_what_no_page_may_do_fails_the_test(body: str, fault: str, browser: Browser, base_url: str) -> None:
    with pytest.raises(AssertionError, match=fault), watch_pages(browser, base_url) as open_page:
        page = open_page()
        open_made_up(page, base_url, body)
        page.wait_for_timeout(100)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(AssertionError, match=r"2 found\neen\ntwee"):
        tell_all(["een", "twee"])
    tell_all([])


def test_axe_finds_a_mistake(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<html lang="nl"><title>x</title><main><h1>x</h1><img src="data:,"></main></html>')
    assert [line.partition(" ")[0] for line in find_violations(page)] == ["image-alt"]
    page.close()


def test_a_mistake_of_the_dark_narrow_page_is_found(visit: Callable[..., Page]) -> None:
    page = visit("about/privacy.html")
    page.add_style_tag(
        content="@media (max-width: 400px) { [data-md-color-scheme=slate] h1 { color: #222 !important; width: 400px } }"
    )
    found = find_faults(page, "main")
    assert {line.partition(": ")[0] for line in found} == {"320 dark"}
    assert any("color-contrast" in line for line in found)
    assert any("pixels wide" in line for line in found)


@pytest.mark.long
def test_a_page_can_be_opened_without_javascript(visit: Callable[..., Page]) -> None:
    mark = "html.kb-js"
    expect(visit("index.html").locator(mark)).to_have_count(1)
    page = visit("index.html", javascript=False)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator(mark)).to_have_count(0)


def test_a_page_has_the_width_and_scheme_that_were_asked_for(visit: Callable[..., Page]) -> None:
    page = visit("index.html", width=320, scheme="dark")
    assert page.evaluate("innerWidth") == 320
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")


def test_a_build_that_warns_fails(build_site: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: proef\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("[weg](weg.md)", encoding="utf-8")
    with pytest.raises(AssertionError, match="weg.md"):
        build_site(root=tmp_path)
