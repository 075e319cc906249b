"""How a thing stands (views/standing.py): present only what was seen within 24 months, no year from a source without date."""

import dataclasses

import pytest

from kennisbank import model
from kennisbank.views import common, meanings, standing

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
        ({"status": "planned", "as_of": "2026"}, ("unknown", None)),
        ({"status": "paused", "as_of": "2026"}, ("unknown", None)),
        ({"status": "not_offered", "as_of": "2021-09"}, ("absent", "2021")),
    ],
)
def test_an_offer_stands_as_its_status_and_date_say(
    changes: dict, expected: tuple[str, str | None], world: model.KnowledgeBase
) -> None:
    found = put(world, **changes)
    assert (found["id"], found["year"]) == expected


def test_every_intervention_stands_as_its_best_offer(world: model.KnowledgeBase) -> None:
    wrong = []
    for item in world.interventions.values():
        offers = [standing.of_offer(world, offer)["id"] for offer in world.offers_of.get(item.id, ())]
        said = standing.of_intervention(world, item)["id"]
        if meanings.is_proposal(world, item):
            expected = {"idea"}
        elif meanings.is_abroad(world, item):
            expected = {"elsewhere"}
        elif set(offers) - {"absent"}:
            expected = {next(best for best in ("seen", "reported", "unknown", "ended") if best in offers)}
        else:
            expected = {"seen", "reported"}
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
        if found["year"] and not any(
            date.startswith(found["year"]) for date in dates + [o.until or "" for o in world.offers]
        ):
            wrong.append((item.id, found["year"]))
    assert not wrong
