"""How a thing stands (views/standing.py): present only what was seen within 24 months, no year from a source without date."""

import csv
import dataclasses
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kennisbank import model
from kennisbank.views import common, matrix, meanings, standing
from tests.helpers import read_script, tell_all

TODAY = "2026-11-30"


@pytest.fixture(scope="module")
def world(kb: model.KnowledgeBase) -> model.KnowledgeBase:
    return dataclasses.replace(kb, today=TODAY)


def put(kb: model.KnowledgeBase, **changes: object) -> standing.StandingView:
    """The standing of an offer that runs in Zwolle, with these changes."""
    offer = next(offer for offer in kb.offers if offer.intervention == "aan-de-bak" and offer.institution == "zwolle")
    return standing.of_offer(kb, dataclasses.replace(offer, **changes))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": "runs", "as_of": "2024-12"}, ("seen", "2024")),
        ({"status": "runs", "as_of": "2024-10"}, ("reported", "2024")),
        ({"status": "incidental", "as_of": "2026"}, ("seen", "2026")),
        ({"status": "runs", "as_of": "unknown"}, ("reported", None)),
        ({"status": "runs", "as_of": "2026", "until": "2026-10"}, ("ended", "2026")),
        ({"status": "runs", "as_of": "2021-09", "until": "2026-11"}, ("reported", "2021")),
        ({"status": "stopped", "as_of": "2023-02"}, ("ended", "2023")),
        ({"status": "planned", "as_of": "2026"}, ("coming", "2026")),
        ({"status": "starting", "as_of": "2021-09"}, ("coming", "2021")),
        ({"status": "paused", "as_of": "2026"}, ("resting", "2026")),
        ({"status": "unknown", "as_of": "2026"}, ("unknown", None)),
        ({"status": "not_offered", "as_of": "2021-09"}, ("absent", "2021")),
    ],
)
def test_an_offer_stands_as_its_status_and_date_say(
    changes: dict, expected: tuple[str, str | None], world: model.KnowledgeBase
) -> None:
    found = put(world, **changes)
    assert (found["id"], found["year"]) == expected


def test_the_year_of_who_saw_that_it_was_over_is_not_called_the_year_in_which_it_ended(
    world: model.KnowledgeBase,
) -> None:
    term = world.term("standing", standing.ENDED)
    assert term.in_year and term.dated and term.in_year != term.dated
    assert put(world, status="stopped", as_of="2026-11")["words"] == term.dated
    told = put(world, status="stopped", as_of="2026-11", until="2022-03")
    assert (told["words"], told["year"]) == (term.in_year, "2022")


def test_every_intervention_stands_as_its_best_offer(world: model.KnowledgeBase) -> None:
    wrong = []
    for item in world.interventions.values():
        offers = [standing.of_offer(world, offer)["id"] for offer in world.offers_of.get(item.id, ())]
        said = standing.of_intervention(world, item)["id"]
        if meanings.is_proposal(world, item):
            expected = {"idea"}
        elif meanings.is_abroad(world, item):
            expected = {"elsewhere"}
        elif item.ended:
            expected = {"ended"}
        elif set(offers) - {"absent"}:
            expected = {next(best for best in standing.BEST_FIRST if best in offers)}
        else:
            # Without a place nothing is said to have run; what people do for each other can be seen all the same.
            expected = {"described"} if meanings.is_offered(world, item) else {"described", "seen"}
        if said not in expected:
            wrong.append((item.id, said, sorted(expected)))
    assert not wrong


def test_nothing_is_called_seen_that_no_dated_source_of_the_last_two_years_tells(world: model.KnowledgeBase) -> None:
    wrong = []
    for item in world.interventions.values():
        found = standing.of_intervention(world, item)
        dates = [offer.as_of for offer in world.offers_of.get(item.id, ())]
        dates += [world.sources[ref.id].as_of for ref in item.sources]
        if found["id"] == "seen" and all(common.is_stale(date, TODAY) for date in dates):
            wrong.append(item.id)
        told = {date[:4] for date in dates + [o.until or "" for o in world.offers]}
        if found["year"] and not set(found["year"].split("–")) <= told:
            wrong.append((item.id, found["year"]))
    assert not wrong


# Where a reader meets an entry beside others; each is an item of a list or the heading of a row.
LISTS = ("choose/table.html", "choose/roles.html", "institutions/matrix.html", "institutions/transfer.html")
FOLDERS = ("categories", "organisations", "trainings", "interventions")
ITEM = re.compile(
    r'<(li|th)\b(?:(?!<(?:li|th)\b|</\1>).)*?href="[^"]*interventions/([\w-]+)\.html"(.*?)</\1>', re.DOTALL
)
RELATED = re.compile(r'<ul class="kb-related">.*?</ul>', re.DOTALL)


def test_an_entry_in_a_list_says_how_it_stands(kb: model.KnowledgeBase, site_dir: Path) -> None:
    told = {item.id: standing.of_intervention(kb, item)["id"] for item in kb.interventions.values()}
    parts = [(page, (site_dir / page).read_text(encoding="utf-8").split("<article")[1]) for page in LISTS]
    for folder in FOLDERS:
        for path in sorted((site_dir / folder).glob("*.html")):
            found = RELATED.findall(path.read_text(encoding="utf-8"))
            parts += [(f"{folder}/{path.name}", part) for part in found]
    seen = [(page, entry, rest) for page, part in parts for _, entry, rest in ITEM.findall(part)]
    assert len({page for page, _, _ in seen}) > 50
    tell_all(
        f"{page}: {entry} is {told[entry]}"
        for page, entry, rest in seen
        if entry in told and f'data-standing="{told[entry]}"' not in rest
    )


def test_cells_and_dots_say_how_the_best_stands(kb: model.KnowledgeBase, read_page: Callable[[str], str]) -> None:
    cells = re.findall(r"<td [^>]*data-as-of.*?</td>", read_page("institutions/matrix.html"))
    faults = []
    for cell in cells:
        entry, place = (re.search(rf'data-{name}="([^"]+)"', cell)[1] for name in ("intervention", "institution"))
        expected = standing.at_place(kb, [entry], place)
        if f'data-standing="{expected["id"]}"' not in cell:
            faults.append(f"matrix: {entry} in {place} is {expected['id']}")
        offer = matrix.offers_between(kb, entry, place)[0]
        past = kb.term("offer_status", offer.status).past
        if (
            past
            and common.is_stale(offer.as_of, kb.today)
            and not offer.until
            and past.casefold() not in cell.casefold()
        ):
            faults.append(f"matrix: {entry} in {place} is told in the present tense")
    tell_all(faults)
    dots = re.findall(
        r'class="kb-dot" data-institution="([^"]+)"[^>]*data-standing="(\w+)"', read_page("institutions/index.html")
    )
    assert len(dots) > 20
    tell_all(
        f"map: {place} is {found}"
        for place, found in dots
        if found
        != standing.at_place(kb, {o.intervention for o in kb.offers_at[place] if meanings.is_present(kb, o)}, place)[
            "id"
        ]
    )


def test_words_for_a_year_never_stand_without_one(kb: model.KnowledgeBase, site_dir: Path) -> None:
    """What only a screen reader tells and what stands under a sign too; "…" is for the standing as such, in a legend."""
    dated = {words for term in kb.vocabularies["standing"].values() for words in (term.dated, term.in_year) if words}
    bare = re.compile(rf"({'|'.join(map(re.escape, sorted(dated)))})(?! (?:\d{{4}}|…|de ))", re.IGNORECASE)
    pages = sorted(site_dir.rglob("*.html"))
    assert len(pages) > 100
    tell_all(
        f"{path.relative_to(site_dir)}: {hit[0]}"
        for path in pages
        for hit in bare.finditer(re.sub(r"<(?!svg)[^>]*>", "", path.read_text(encoding="utf-8")))
    )


def test_the_exported_data_say_how_each_stands(kb: model.KnowledgeBase, site_dir: Path) -> None:
    told = {item.id: standing.of_intervention(kb, item) for item in kb.interventions.values()}
    data = {
        name: json.loads((site_dir / f"data/{name}.json").read_text(encoding="utf-8"))[name]
        for name in ("interventions", "offers")
    }
    assert len(data["offers"]) == len(kb.offers)
    faults = [item["id"] for item in data["interventions"] if item["standing"] != told[item["id"]]["id"]]
    # A page tells the first and the last year; a program gets one year, of the newest date.
    newest = {name: view["year"] and view["year"][-4:] for name, view in told.items()}
    faults += [item["id"] for item in data["interventions"] if item.get("standing_year") != newest[item["id"]]]
    assert any("–" in (view["year"] or "") for view in told.values())
    for row, offer in zip(data["offers"], kb.offers, strict=True):
        faults += (
            []
            if row["standing"] == standing.of_offer(kb, offer)["id"]
            else [f"{offer.intervention} {offer.institution}"]
        )
    tell_all(faults)
    for name, records in data.items():
        with (site_dir / f"data/{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert [row["standing"] for row in csv.DictReader(file)] == [record["standing"] for record in records]
    choice = read_script((site_dir / "assets/choice-data.js").read_text(encoding="utf-8"))
    tell_all(one["id"] for one in choice["interventions"] if one["standing"]["id"] != told[one["id"]]["id"])
