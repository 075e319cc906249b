"""Offers as they stand today: what was to end before today has ended, wherever it is told."""

import dataclasses

import pytest

from kennisbank import model, render, views
from kennisbank.views import (
    catalogue,
    choosing,
    institution,
    matrix,
    meanings,
    menu,
    offered,
    organisation,
    standing,
    white_spots,
)
from tests.helpers import tell_all


@pytest.fixture(scope="module")
def ended(kb: model.KnowledgeBase) -> model.KnowledgeBase:
    """The knowledge base in which every offer had a last day."""
    offers = tuple(dataclasses.replace(offer, until="2022-01") for offer in kb.offers)
    return dataclasses.replace(kb, offers=offers)


@pytest.mark.parametrize(
    ("until", "today", "over"),
    [
        (None, "2026-11-30", False),
        ("2021", "2021-12-31", False),
        ("2021", "2022-01-01", True),
        ("2021-12", "2021-12-31", False),
        ("2021-12", "2022-01-01", True),
        ("2026-11-29", "2026-11-30", True),
        ("2026-11-30", "2026-11-30", False),
    ],
)
def test_a_last_day_is_over_when_all_of_it_is(
    kb: model.KnowledgeBase, until: str | None, today: str, over: bool
) -> None:
    offer = dataclasses.replace(kb.offers[0], until=until)
    assert meanings.has_ended(offer, today) is over


def test_every_status_has_a_meaning(kb: model.KnowledgeBase) -> None:
    assert {term.means for term in kb.vocabularies["offer_status"].values()} <= meanings.SAID.keys()


def test_what_has_ended_runs_nowhere(ended: model.KnowledgeBase) -> None:
    assert not any(meanings.is_running(ended, offer) or meanings.is_present(ended, offer) for offer in ended.offers)
    assert not any(catalogue.places_of(ended).values())
    for item in ended.interventions.values():
        assert not meanings.count_places(ended, item.id) and not meanings.is_everywhere(ended, item.id), item.id
        shown = views.PAGES["intervention"](ended, item.id)["offers"]
        assert all(offer["ended"] for offer in (*shown["places"], *shown["everywhere"])), item.id
    for item in ended.institutions.values():
        shown = institution.show_institution(ended, item.id)
        assert all(
            offer["ended"] and offer["status"]["id"] == ended.ids("offer_status", means=meanings.OVER)[0]
            for offer in shown["offers"]
        ), item.id
        assert not shown["everywhere"] and not shown["contacts"], item.id
        assert not institution.summary(ended, item)["running"], item.id
        assert not any(white_spots.missing_views(ended, item).values()), item.id
        assert not menu.show_menu_card(ended, item.id)["offers"], item.id
    for group in menu.audiences(ended):
        assert not menu.show_audience_card(ended, group)["rows"], group
    assert not any(dot["count"] for dot in views.PAGES["institutions"](ended)["map"]["dots"])
    assert not choosing.show_transfer(ended)["everywhere"]


def test_the_table_and_the_scripts_know_what_has_ended(ended: model.KnowledgeBase) -> None:
    cells = [cell for row in matrix.show_matrix(ended)["rows"] for cell in row["cells"] if cell["status"]]
    assert cells and all(
        cell["ended"] and cell["id"] == ended.ids("offer_status", means=meanings.OVER)[0] for cell in cells
    )
    data = views.show_choice(ended)
    offers = [offer for item in data["interventions"] for offer in item.get("offers", ())]
    assert offers
    for offer in offers:
        assert data["statuses"][offer["status"]]["means"] == "absent"
        assert offer["until"] == "2022-01"
    assert not any("everywhere" in item for item in data["interventions"])


def test_the_sign_of_what_was_given_long_ago_is_not_that_of_what_was_seen(kb: model.KnowledgeBase) -> None:
    seen = kb.term("standing", standing.SEEN).symbol
    tell_all(term.id for term in kb.vocabularies["offer_status"].values() if term.symbol == seen)


def test_what_the_staff_of_a_building_gives_is_not_said_to_be_given_by_nobody_that_a_source_names(
    kb: model.KnowledgeBase,
) -> None:
    indoors = set(kb.ids("role", indoors=True))
    given = {
        item.id: [giver.role for offer in kb.offers_of.get(item.id, ()) for giver in offer.given_by]
        for item in catalogue.listed(kb)
        if not item.providers
    }
    tell_all(item for item, roles in given.items() if roles and indoors.issuperset(roles))


def test_what_own_staff_gives_has_its_places_on_the_page_of_who_runs_the_building(kb: model.KnowledgeBase) -> None:
    running = [item.id for item in kb.organisations.values() if item.runs_institutions]
    own = {
        (name, item.name): {giver.role for offer in kb.offers_of.get(item.id, ()) for giver in offer.given_by} - {None}
        for name in running
        for item in catalogue.listed(kb)
        if name in item.providers
    }
    assert any(own.values())
    tell_all(
        f"{name}: {programme['name']}"
        for name in running
        for programme in organisation.show_organisation(kb, name)["programmes"]
        if own.get((name, programme["name"])) and not programme["places"]
    )


def test_nobody_in_a_building_is_sent_to_the_organisation_that_runs_it(kb: model.KnowledgeBase) -> None:
    running = {item.id for item in kb.organisations.values() if item.runs_institutions}
    assert running
    tell_all(
        f"{offer.intervention} in {offer.institution}"
        for offer in kb.offers
        for link in offered.offer_view(kb, offer)["ask"]["organisations"]
        if link["id"] in running
    )


def test_a_report_that_nobody_else_looked_at_says_so(kb: model.KnowledgeBase) -> None:
    offer = next(offer for offer in kb.offers if offer.institution in kb.institutions)
    name = kb.ids("second_reader", pending=True)[0]
    source = dataclasses.replace(kb.sources[offer.sources[0].id], second_reader=name)
    over = dataclasses.replace(offer, status=kb.ids("offer_status", means=meanings.OVER)[0])
    changed = dataclasses.replace(kb, offers=(over,), sources={**kb.sources, source.id: source})
    shared = {"today": kb.today, "site_url": "", "part": kb.vocabularies["part"]}
    word = kb.term("second_reader", name).label.lower()
    pages = {"institution": offer.institution, "intervention": offer.intervention}
    printed = {kind: render.render(kind, views.PAGES[kind](changed, one), "../", shared) for kind, one in pages.items()}
    tell_all(kind for kind, page in printed.items() if f'<span class="kb-check">{word}</span>' not in page.text)
