"""The cards to hang on a unit: over every institution and every audience, what may stand on a wall."""

import re

import pytest

from kennisbank import model, render, views
from kennisbank.views import fitting
from kennisbank.views.menu import audiences
from tests.helpers import tell_all, words

RUNS = {"runs", "incidental"}


def print_card(kb: model.KnowledgeBase, name: str, record: str) -> str:
    """The source of a card, as the page gets it."""
    return render.render(name, views.PAGES[name](kb, record), "../", {"today": kb.today, "site_url": ""}).text


def may_hang(kb: model.KnowledgeBase, offer: model.Offer) -> bool:
    """Whether a source says that it ran, and that no end of it is behind us; an idea nobody can join."""
    over = offer.until is not None and offer.until < kb.today[: len(offer.until)]
    return offer.status in RUNS and not over and kb.interventions[offer.intervention].kind != "peer-form"


def rows_of(source: str) -> dict[str, str]:
    """Per intervention the rows of a card."""
    rows: dict[str, str] = {}
    for _, name, row in re.findall(r'<(tr|li)[^>]*data-intervention="([^"]+)"[^>]*>(.*?)</\1>', source, re.DOTALL):
        rows[name] = rows.get(name, "") + row
    return rows


def reservations(kb: model.KnowledgeBase, offer: model.Offer) -> list[str]:
    """What a card may not drop of an offer."""
    institution = kb.institutions.get(offer.institution)
    told = [item.name for item in institution.locations if item.id == offer.location] if institution else []
    told += [text[1:] for text in (offer.card_text or offer.note, offer.since_text) if text]
    told += [kb.term("offer_status", offer.status).label] if offer.status != "runs" else []
    about = kb.term("conflict_about", offer.conflict.about).label if offer.conflict else None
    told += [f"Niet zeker {render.start_small(about)}: daarover staan twee dingen op papier."] if about else []
    told += ["niet zeker"] if offer.basis == "derived" else []
    return [" ".join(text.split()) for text in told]


def read_asked(kb: model.KnowledgeBase, institution: str) -> str:
    """The sentence on the card that says whom to ask, in small letters."""
    card = print_card(kb, "menu_card", institution)
    return card[card.index("Vraag het aan") :].split("</p>")[0].lower()


def test_a_card_asks_each_function_once_and_only_those_that_are_named(kb: model.KnowledgeBase) -> None:
    names = {"casemanager", *(role.label.lower() for role in kb.vocabularies["role"].values())}
    wrong = []
    for institution in kb.institutions:
        asked = read_asked(kb, institution)
        wrong += [f"{institution} asks {name} twice" for name in names if asked.count(name) > 1]
        wrong += [f"{institution} asks nobody"] if "niet vermeld" in asked else []
    tell_all(wrong)


def test_a_card_of_an_institution_holds_what_runs_there_and_no_more(kb: model.KnowledgeBase) -> None:
    wrong = []
    for institution in kb.institutions.values():
        own = kb.offers_at.get(institution.id, ())
        everywhere = kb.offers_at.get(model.EVERYWHERE, ()) if institution.kind in {"pi", "jc"} else ()
        expected = {offer.intervention for offer in own if may_hang(kb, offer)}
        named = {offer.intervention for offer in own}
        expected |= {offer.intervention for offer in everywhere if offer.intervention not in named}
        shown = set(rows_of(print_card(kb, "menu_card", institution.id)))
        wrong += [] if shown == expected else [f"{institution.id}: {shown ^ expected}"]
    tell_all(wrong)


def test_a_card_of_an_audience_holds_what_runs_somewhere_and_only_those_places(kb: model.KnowledgeBase) -> None:
    wrong = []
    for group in audiences(kb):
        card = print_card(kb, "audience_card", group)
        for name, row in rows_of(card).items():
            offers = [offer for offer in kb.offers_of[name] if may_hang(kb, offer)]
            shown = set(re.findall(r'data-institution="([^"]+)"', row))
            wrong += [] if offers else [f"{group}: {name} runs nowhere"]
            wrong += [f"{group}: {name} at {place}" for place in shown - {offer.institution for offer in offers}]
            wrong += [] if shown or "In principe in elke PI" in row else [f"{group}: {name} names no place"]
        expected = {
            item.id
            for item in kb.interventions.values()
            if group in item.target_groups
            and any(
                may_hang(kb, offer) and not (len(item.target_groups) > 1 and kb.term("basis", offer.basis).inferred)
                for offer in kb.offers_of.get(item.id, ())
            )
        }
        shown = set(rows_of(card))
        wrong += [f"{group}: {name} may not hang" for name in shown - expected]
        if group not in {"adults", "youth"}:  # these two also go by the place
            wrong += [f"{group}: {name} lacks" for name in expected - shown]
    tell_all(wrong)


def test_a_date_that_several_places_share_stands_once(kb: model.KnowledgeBase) -> None:
    wrong = []
    for group in audiences(kb):
        for name, row in rows_of(print_card(kb, "audience_card", group)).items():
            dates = re.findall(r'<div><time datetime="([^"]+)"', row)
            wrong += [] if len(dates) == len(set(dates)) else [f"{group}, {name}: {dates}"]
    tell_all(wrong)


def test_a_poster_prints_what_fits_and_counts_the_rest(kb: model.KnowledgeBase) -> None:
    """First what is in principle everywhere, then what ran in most institutions; all of it stands on the screen."""
    wrong, cut = [], 0
    for group in audiences(kb):
        view = views.PAGES["audience_card"](kb, group)
        rows, card = [*view["rows"], *view["opened"], *view["also"]], print_card(kb, "audience_card", group)
        printed = [row for row in rows if row["printed"]]
        cut += len(rows) > len(printed)
        fits = printed == rows[: len(printed)] and min(3, len(rows)) <= len(printed) <= 5
        wrong += [] if fits else [f"{group}: {len(printed)} of {len(rows)}"]
        more = f"En nog {len(rows) - len(printed)}."
        wrong += [f"{group}: {more}"] if (more in words(card)) != (len(rows) > len(printed)) else []
        for row in rows:
            places = [place for date in row["dates"] for place in date["places"]]
            shown = [place for place in places if place["printed"]]
            names = {place["institution"]["name"] for place in shown}
            noted = {note["text"] for note in row["notes"] if note["printed"]}
            wrong += [f"{group}, {row['id']}: {len(shown)} places"] if len(shown) != min(4, len(places)) else []
            wrong += [f"{group}, {row['id']}: counts {row['unprinted']}"] * (
                len(places) - len(shown) != row["unprinted"]
            )
            # What limits a place that is printed, is printed too.
            kept = {place["on_card"] for place in shown if place["on_card"]}
            wrong += [f"{group}, {row['id']}: {kept - noted}"] if not kept <= noted else []
            assert names or not places
    assert cut
    tell_all(wrong)


def test_what_we_concluded_of_a_part_hangs_for_no_audience_of_the_whole(kb: model.KnowledgeBase) -> None:
    """Gezin in Balans, of which the mothers' parts run, on a poster for fathers."""
    concluded = {
        (offer.intervention, offer.institution)
        for offer in kb.offers
        if kb.term("basis", offer.basis).inferred and len(kb.interventions[offer.intervention].target_groups) > 1
    }
    assert concluded
    wrong = []
    for group in audiences(kb):
        for name, row in rows_of(print_card(kb, "audience_card", group)).items():
            shown = set(re.findall(r'data-institution="([^"]+)"', row))
            wrong += [f"{group}: {name} at {place}" for place in shown if (name, place) in concluded]
    tell_all(wrong)


def test_an_audience_with_few_lines_gets_what_is_for_all_and_only_what_a_source_opens_is_called_theirs(
    kb: model.KnowledgeBase,
) -> None:
    cards = views.PAGES["cards"](kb)
    listed, apart = ({item["id"] for item in cards[name]} for name in ("audiences", "others"))
    assert listed | apart == set(audiences(kb)) and not listed & apart
    general = views.PAGES["audience_card"](kb, "adults")["rows"]
    closed = {
        (row["id"], group)
        for row in general
        for mention in kb.interventions[row["id"]].not_suitable
        for group in getattr(kb.term("exclusion", mention.group).meant_for, "target_groups", ())
    }
    assert ("puinruimen", "short-sentence") in closed
    outside, wrong = {"victims", "children-and-family", "after-release", "staff", "volunteers"}, []
    few = theirs = 0
    for group in audiences(kb):
        view = views.PAGES["audience_card"](kb, group)
        card, own = print_card(kb, "audience_card", group), {row["id"] for row in view["rows"]}
        opened, also = (set(re.findall(rf'data-{name}="([^"]+)"', card)) for name in ("opened", "also"))
        for name in opened | also:
            told = {
                one
                for mention in kb.interventions[name].open_to
                for one in getattr(kb.term("exclusion", mention.group).meant_for, "target_groups", ())
            }
            wrong += [] if (name in opened) == (group in told) else [f"{group}: {name} is opened to {told}"]
        # What a source closes to them is not for them either.
        others = {row["id"] for row in general if (row["id"], group) not in closed} - own
        meant = others if len(own) < 3 and group not in outside else set()
        few += bool(meant)
        wrong += [] if (group in listed) == (len(own) >= 3) else [f"{group}: listed with {len(own)}"]
        wrong += [] if also | opened == meant else [f"{group}: {(also | opened) ^ meant}"]
        wrong += [] if ("Ook voor jou" in card) == bool(opened) else [f"{group}: heading"]
        wrong += [] if ("noemen jouw groep hier niet apart" in card) == bool(also) else [f"{group}: asks first"]
        theirs += len(opened)
    assert few and theirs
    tell_all(wrong)


def test_a_sheet_bears_the_address_of_the_site_where_there_is_one_and_else_none(kb: model.KnowledgeBase) -> None:
    """A path alone leads nowhere from paper."""
    sheets = {"menu_card": "zwolle", "audience_card": "fathers", "leaflet": "puinruimen", "control_sheet": "zwolle"}
    sheets |= {"institution": "zwolle"}
    wrong = []
    for name, record in sheets.items():
        view = views.PAGES[name](kb, record)
        at, bare = (
            words(render.render(name, view, "../", render.share(kb, url)).text) for url in ("https://x.nl/", None)
        )
        wrong += [f"{name}: no address"] if "https://x.nl/" not in at else []
        wrong += [f"{name}: {hit}" for hit in re.findall(r"(?<![/\w])\w[\w/-]+/[\w-]+\.html", bare)]
    tell_all(wrong)


def test_every_card_ends_with_who_helps_when_it_goes_badly(kb: model.KnowledgeBase) -> None:
    cards = {f"card of {item}": print_card(kb, "menu_card", item) for item in kb.institutions}
    cards |= {f"card for {group}": print_card(kb, "audience_card", group) for group in audiences(kb)}
    told = ("medische dienst", "psycholoog", "113", "je mentor")
    # Who works there has no mentor.
    helpers = {f"card for {group}": ("bedrijfsarts", "leidinggevende") for group in kb.ids("target_group", helps=True)}
    outside = {f"card for {group}": ("huisarts", "113") for group in kb.ids("target_group", outside=True)}
    assert outside.keys() & cards.keys()
    tell_all(f"{name}: je mentor" for name in outside.keys() & cards.keys() if "je mentor" in words(cards[name]))
    helpers |= outside
    assert helpers.keys() & cards.keys()
    lacking = [
        f"{name}: {word}" for name, card in cards.items() for word in helpers.get(name, told) if word not in words(card)
    ]
    tell_all(lacking)


def test_a_card_names_young_people_no_place_of_adults_and_the_other_way_round(kb: model.KnowledgeBase) -> None:
    for group, adult in (("adults", True), ("youth", False)):
        places = set(re.findall(r'data-institution="([^"]+)"', print_card(kb, "audience_card", group)))
        assert places
        assert {kb.institutions[place].kind in {"pi", "jc"} for place in places} == {adult}


def test_every_line_of_a_card_keeps_what_the_source_keeps_back(kb: model.KnowledgeBase) -> None:
    missing = []
    for institution in kb.institutions:
        rows = rows_of(print_card(kb, "menu_card", institution))
        for offer in (*kb.offers_at.get(institution, ()), *kb.offers_at.get(model.EVERYWHERE, ())):
            if may_hang(kb, offer) and offer.intervention in rows:
                if offer.institution == model.EVERYWHERE and any(
                    own.intervention == offer.intervention for own in kb.offers_at.get(institution, ())
                ):
                    continue  # the row of the place itself speaks
                shown = words(rows[offer.intervention])
                missing += [(institution, text) for text in reservations(kb, offer) if text not in shown]
    for group in audiences(kb):
        rows = rows_of(print_card(kb, "audience_card", group))
        for name, row in rows.items():
            for offer in kb.offers_of[name]:
                if f'data-institution="{offer.institution}"' in row:
                    missing += [(group, text) for text in reservations(kb, offer) if text not in words(row)]
    tell_all(missing)


@pytest.mark.parametrize("name", ["menu_card", "audience_card"])
def test_the_heading_of_a_card_is_in_the_tense_of_its_date(kb: model.KnowledgeBase, name: str) -> None:
    wrong = []
    for record in kb.institutions if name == "menu_card" else audiences(kb):
        view = views.PAGES[name](kb, record)
        heading, _, below = print_card(kb, name, record).partition("\n# ")[2].partition("\n")
        if not view["as_of"]:
            continue
        old = any(views.common.is_stale(date, kb.today) for date in view["as_of"])
        wrong += [] if heading.startswith("Wat was er" if old else "Wat is er") else [f"{record}: {heading}"]
        beside = words(below.strip().split("</p>")[0])
        # More than two dates are no heading: each place says its own.
        told = beside if len(view["as_of"]) <= 2 else words(below).lower()
        wrong += [f"{record}: {date} lacks" for date in view["as_of"] if render.write_date(date) not in told]
    tell_all(wrong)


def test_a_card_for_young_people_names_no_function_that_is_not_there(kb: model.KnowledgeBase) -> None:
    """A youth institution has no case manager and no restorative counsellor: nobody may be told to ask them."""
    young = [item.id for item in kb.institutions.values() if item.kind in {"jji", "rjji"}]
    cards = {f"card of {item}": print_card(kb, "menu_card", item) for item in young}
    cards["card of youth"] = print_card(kb, "audience_card", "youth")
    roles = ("casemanager", "herstelconsulent")
    tell_all(f"{name}: {role}" for name, card in cards.items() for role in roles if role in words(card).lower())


# What staff and researchers say, and nobody in a cell.
STAFF_WORDS = re.compile(r"\b(?:[Tt]abel|rapport|respondent|bron(?:nen)?|afgeleid|voetnoot|§|WODC|doorlooptijd)\b")


def test_the_words_of_a_card_are_those_of_who_reads_it(kb: model.KnowledgeBase) -> None:
    hung = [offer for offer in kb.offers if may_hang(kb, offer) and (offer.card_text or offer.note)]
    assert len(hung) > 50
    tell_all(
        f"{offer.intervention} in {offer.institution}: {text}"
        for offer in hung
        if (text := offer.card_text or offer.note or "") and (STAFF_WORDS.search(text) or len(text) > 160)
    )


def test_a_card_says_what_has_to_be_done_first(kb: model.KnowledgeBase) -> None:
    """For every card of an institution and of an audience."""
    firsts = {item.id: fitting.find_first(kb, item) for item in kb.interventions.values()}
    cards = {place: print_card(kb, "menu_card", place) for place in kb.institutions}
    cards |= {group: print_card(kb, "audience_card", group) for group in audiences(kb)}
    asking = [
        (place, name, row) for place, card in cards.items() for name, row in rows_of(card).items() if firsts[name]
    ]
    assert asking
    tell_all(
        f"{place}: {name} without {first}"
        for place, name, row in asking
        for first in firsts[name]
        if "Alleen na" not in row or first not in row
    )
