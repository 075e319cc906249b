"""The preview in a browser: the open page reloads itself, and tells what is wrong."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect

from previews import Server, change, copy_project

WAIT = 30_000  # milliseconds; no time is judged


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

        page.locator(".kb-lead").first.wait_for()
        tagline = lead.inner_text()
        data = root / "data/interventions.yaml"
        start = tagline.split(" ")[0]
        change(data, f"tagline: {start}", "tagline: Proefzin")
        expect(lead).to_contain_text("Proefzin", timeout=WAIT)

        good = change(data, "tagline: Proefzin", "tagelin: Proefzin")
        expect(alert).to_contain_text("data/interventions.yaml, regel", timeout=WAIT)
        expect(alert).to_contain_text("tagelin")
        expect(lead).to_contain_text("Proefzin")
        axe(page, ".kb-serve")

        data.write_text(good, encoding="utf-8")
        expect(alert).to_have_count(0, timeout=WAIT)
        expect(lead).to_contain_text("Proefzin")
        assert [address for address in asked if not address.startswith((url, "data:"))] == []
        assert errors == []
    finally:
        context.close()
        server.process.kill()
        server.process.wait()
