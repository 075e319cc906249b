"""What changed: the page of news, feeds, marks, the history that they are made from, and what was left out."""

import dataclasses
import datetime
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from kennisbank import cli, load, model, views
from kennisbank.render import print_feed, render
from kennisbank.views import common, news
from shelf import lay_out
from tests.helpers import git_begin

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def with_change(kb: model.KnowledgeBase) -> Callable[..., model.KnowledgeBase]:
    """A function that gives the records with these changes as their history: `with_change(kind=…, record=…)`."""

    def make(**values: str) -> model.KnowledgeBase:
        change = {"on": kb.today, "kind": "interventions", "record": next(iter(kb.interventions)), "how": "changed"}
        return dataclasses.replace(kb, changes=(model.Change(**{**change, **values}),))  # type: ignore[arg-type]

    return make


def test_what_changed_is_marked_for_sixty_days(kb: model.KnowledgeBase, with_change) -> None:
    name = next(iter(kb.interventions))
    for age, marked in ((0, True), (60, True), (61, False)):
        day = datetime.date.fromisoformat(kb.today) - datetime.timedelta(days=age)
        changed = with_change(on=day.isoformat(), how="new")
        assert bool(common.mark_of(changed, "interventions", name)) == marked
        page = render("intervention", views.PAGES["intervention"](changed, name), "../", shared(changed)).text
        assert ("nieuw</span>" in page) == marked
    assert common.mark_of(with_change(), "institutions", name) is None


def shared(kb: model.KnowledgeBase) -> dict:
    labels = {kind: {field.name: field.label for field in known.all} for kind, known in kb.fields.items()}
    return {"label": labels, "part": kb.vocabularies["part"], "list": {}, "today": kb.today, "site_url": ""}


def test_every_feed_is_atom_with_ids_of_its_own(kb: model.KnowledgeBase) -> None:
    feeds = views.show_feeds(kb)
    assert {feed["url"] for feed in feeds} == {"news.xml", *(f"institutions/{name}.xml" for name in kb.institutions)}
    for feed in feeds:
        root = ElementTree.fromstring(print_feed(feed, "https://example.org/"))
        entries = root.findall(f"{ATOM}entry")
        ids = [entry.find(f"{ATOM}id").text for entry in entries]
        assert len(entries) == len(feed["changes"]) and len(ids) == len(set(ids))
        for part in ("id", "title", "updated"):
            assert all(item.find(f"{ATOM}{part}").text for item in (root, *entries))


def test_a_feed_escapes_what_the_data_says(with_change) -> None:
    changed = with_change(kind="glossary", record="<x>&", told=("A & <b> ]]>",))
    root = ElementTree.fromstring(print_feed(views.show_feeds(changed)[0], ""))
    assert root.find(f"{ATOM}entry/{ATOM}summary").text == "A & <b> ]]>"


def test_an_institution_has_what_changed_there_and_everywhere(kb: model.KnowledgeBase) -> None:
    place, other = list(kb.institutions)[:2]
    what = next(iter(kb.interventions))
    changes = tuple(model.Change(kb.today, "offers", f"{what}/{where}", "changed") for where in (place, other, "all"))
    changed = dataclasses.replace(kb, changes=changes)
    assert [view["record"] for view in news.changes_at(changed, place)] == [f"{what}/{place}", f"{what}/all"]


# --- the history


def test_the_history_has_what_is_news_and_no_wording(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    root = lay_out(tmp_path / "root")
    git_begin(root)
    lay_out(
        root,
        (
            {"file": "data/offers.yaml", "find": "  status: planned\n", "put": "  status: starting\n"},
            {"file": "data/institutions.yaml", "find": "place: Middelburg", "put": "place: Goes"},
        ),
    )
    for options in ([], [], ["--edition", "1.0"]):
        assert cli.main(["history", "--on", "2026-11-20", "--root", str(root), *options]) == 0
    records = load.load(root).records["changes"]
    assert records == [
        {
            "on": "2026-11-20",
            "kind": "offers",
            "record": "puinruimen/zuid",
            "how": "changed",
            "told": ["Status: Gepland → Wordt opgestart"],
            "edition": "1.0",
        }
    ]
    capsys.readouterr()
    cli.main(["format", "--check", "--root", str(root)])
    assert "changes.yaml" not in capsys.readouterr().out


# --- the pages


def test_what_was_left_out_has_a_reason_and_a_source(kb: model.KnowledgeBase, read_page) -> None:
    page = read_page("about/left-out.html")
    assert kb.left_out
    for item in kb.left_out.values():
        assert f'id="{item.id}"' in page and item.why.split(".")[0] in page
        assert item.sources


def test_the_page_of_news_filters_and_tells_what_is_new_in_my_pi(visit, kb: model.KnowledgeBase) -> None:
    place = next(
        view["institution"]
        for view in news.show_news(kb)["editions"][0]["changes"]
        if view["institution"] in kb.institutions
    )
    page: Page = visit(f"news.html#institution={place}")
    shown = page.locator("li[data-on]:visible")
    assert {item.get_attribute("data-institution") for item in shown.all()} == {place}
    count = page.locator("[data-kb='news-count']")
    assert count.inner_text().startswith(f"{shown.count()} van de ")
    page.get_by_role("button", name="Wis").click()
    expect(shown).to_have_count(page.locator("li[data-on]").count())
    # A visit long ago, and the page of my own PI.
    page.evaluate(
        "place => { localStorage['kennisbank.my-pi'] = place; localStorage['kennisbank.seen.' + place] = '2020-01-01'; }",
        place,
    )
    page.goto(page.url.split("/news.html")[0] + f"/institutions/{place}.html")
    line = page.locator("[data-since]")
    line.wait_for(state="visible")
    assert "Sinds je laatste bezoek" in line.inner_text() and kb.institutions[place].name in line.inner_text()
    page.reload()
    page.wait_for_function(
        "Kennisbank.modules.has('pages/institution') && Kennisbank.modules.get('mine/pi').institution()"
    )
    assert not line.is_visible()
