"""The preview in a browser: the open page reloads itself, and tells what is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bench.edit_loop import change_tagline
from previews import Server, change, copy_project

WAIT = 30_000  # milliseconds; no time is judged


@pytest.mark.long
def test_a_saved_file_shows_and_a_mistake_is_told_on_the_page(
    browser: Browser, tmp_path: Path, project_root: Path, axe: Callable[..., None]
) -> None:
    root = copy_project(project_root, tmp_path / "project")
    server = Server(root)
    context = browser.new_context()
    try:
        page = context.new_page()
        asked, errors = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        url = f"http://127.0.0.1:{server.port}/"
        page.goto(url + "interventions/dapper.html")
        lead, alert = page.locator(".kb-lead").first, page.get_by_role("alert")
        expect(alert).to_have_count(0)

        data = root / "data/interventions.yaml"
        data.write_text(change_tagline(data.read_text(encoding="utf-8"), "proefzin"), encoding="utf-8")
        expect(lead).to_contain_text("proefzin", timeout=WAIT)

        good = change(data, "tagline: Een proefzin", "tagelin: Een proefzin")
        expect(alert).to_contain_text("data/interventions.yaml, regel", timeout=WAIT)
        expect(alert).to_contain_text("tagelin")
        expect(lead).to_contain_text("proefzin")
        axe(page, ".kb-serve")

        data.write_text(good, encoding="utf-8")
        expect(alert).to_have_count(0, timeout=WAIT)
        expect(lead).to_contain_text("proefzin")
        assert [address for address in asked if not address.startswith((url, "data:"))] == []
        assert errors == []
    finally:
        context.close()
        server.process.kill()
        server.process.wait()
