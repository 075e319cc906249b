"""The page of an institution, over every one: how fresh, what runs for whom, whom to ask, and each fact once."""

import dataclasses
import re
from collections.abc import Callable

import pytest

from kennisbank import model, render, views
from kennisbank.views import common, institution, meanings, menu, offered, standing, white_spots
from tests.helpers import tell_all, words


@pytest.fixture(scope="module")
def pages(kb: model.KnowledgeBase) -> dict[str, str]:
    """The source of every page of an institution."""
    shared = {"today": kb.today, "site_url": "", "part": kb.vocabularies["part"]}
    return {
        item: render.render("institution", views.PAGES["institution"](kb, item), "../", shared).text
        for item in kb.institutions
    }


def part(source: str, anchor: str) -> str:
    """What stands under a heading of the second level."""
    return source.partition(f"{{ #{anchor} }}")[2].partition("\n## ")[0]


def present(kb: model.KnowledgeBase, place: str) -> list[model.Offer]:
    """The offers that a reader may still find or ask for."""
    gone = {standing.ENDED, standing.ABSENT}
    return [offer for offer in kb.offers_at.get(place, ()) if standing.judge_offer(kb, offer) not in gone]


def test_the_first_line_says_how_fresh_how_many_and_whom_to_ask(kb: model.KnowledgeBase, pages: dict[str, str]) -> None:
    wrong = []
    for place, source in pages.items():
        first = words(source.partition("\n# ")[2].partition("\n")[2].split("</p>")[0])
        offers = present(kb, place)
        dates = sorted(offer.as_of for offer in kb.offers_at.get(place, ()) if offer.as_of != model.UNDATED)
        lately = sum(not common.is_stale(offer.as_of, kb.today) and meanings.is_running(kb, offer) for offer in offers)
        told = [f"{len({offer.intervention for offer in offers})} interventie"] if offers else ["Geen bron"]
        told += [render.write_date(date) for date in (dates[:1] + dates[-1:])]
        told += [f"gezien: {lately} van {len(offers)}"] if offers else []
        told += ["Vraag het aan: "]
        wrong += [f"{place}: {text!r} is not in {first!r}" for text in told if text not in first]
        wrong += [f"{place}: nobody to ask"] if not institution.first_asked(kb, kb.institutions[place]) else []
    tell_all(wrong)


@pytest.fixture(scope="module")
def changed(kb: model.KnowledgeBase) -> Callable[..., str]:
    """A function that gives the page of an institution with some of its offers told otherwise: `(place, {name: …})`."""

    def print_page(place: str, **changes: dict[str, object]) -> str:
        told = tuple(
            dataclasses.replace(offer, **changes.get(offer.intervention.replace("-", "_"), {}))
            if offer.institution == place
            else offer
            for offer in kb.offers
        )
        world = dataclasses.replace(kb, today="2026-11-30", offers=told)
        shared = {"today": world.today, "site_url": "", "part": world.vocabularies["part"]}
        return render.render("institution", views.PAGES["institution"](world, place), "../", shared).text

    return print_page


def first_line(page: str) -> str:
    """What the page says of the whole institution."""
    return words(page.partition('<p class="kb-fresh">')[2].partition("</p>")[0])


def test_a_stop_that_was_reported_is_among_the_dates_and_the_numbers(changed: Callable[..., str]) -> None:
    line = first_line(changed("zwolle", aan_de_bak={"status": "stopped", "as_of": "2026-11"}))
    assert "nieuwste van november 2026" in line and "Daarnaast, volgens een bron: 1 gestopt" in line
    assert "Alles van" not in line


def test_each_standing_has_its_own_number_and_none_is_told_as_unknown(changed: Callable[..., str]) -> None:
    page = changed("zwolle", aan_de_bak={"status": "paused"}, puinruimen={"status": "starting"})
    line = first_line(page)
    assert "1 lag stil, 1 in voorbereiding" in line and "niet bekend" not in line.partition("Vraag het aan")[0]
    runs = part(page, "aanbod").partition("</dl>")[0]
    assert {"resting", "coming"} <= set(re.findall(r'data-standing="([a-z]+)"', runs))
    two = first_line(changed("zwolle", aan_de_bak={"status": "paused"}, puinruimen={"status": "paused"}))
    assert "2 lagen stil" in two and "lag stil" not in two


def test_the_heading_is_in_the_tense_of_its_facts(kb: model.KnowledgeBase, changed: Callable[..., str]) -> None:
    every = {
        offer.intervention.replace("-", "_"): {"status": "runs", "as_of": "2026-11"} for offer in kb.offers_at["zwolle"]
    }
    told = {
        "Wat liep hier?": changed("zwolle"),
        "Wat loopt of liep hier?": changed("zwolle", aan_de_bak=every["aan_de_bak"]),
        "Wat loopt hier?": changed("zwolle", **every),
    }
    tell_all(f"{heading}" for heading, page in told.items() if f"\n## {heading} {{ #aanbod }}" not in page)


def test_a_name_of_this_place_stands_beside_the_name_that_everybody_knows(
    kb: model.KnowledgeBase, pages: dict[str, str]
) -> None:
    named = [offer for offer in kb.offers if offer.local_name]
    assert named
    wrong = []
    for offer in named:
        told = f"{kb.interventions[offer.intervention].name} (heet hier {offer.local_name})"
        wrong += [] if told in words(part(pages[offer.institution], "aanbod")) else [f"{offer.institution}: {told}"]
    tell_all(wrong)


def test_what_runs_stands_once_in_the_short_list_with_its_standing(
    kb: model.KnowledgeBase, pages: dict[str, str]
) -> None:
    wrong = []
    for place, source in pages.items():
        runs = part(source, "aanbod").partition('<dl class="kb-runs">')[2].partition("</dl>")[0]
        shown = []
        for group in runs.split("<dd>")[1:]:
            found = re.search(r'data-standing="([a-z]+)"', group)[1]
            shown += [(found, name) for name in re.findall(r'interventions/([a-z0-9-]+)\.html"', group)]
        known = [(standing.judge_offer(kb, offer), offer.intervention) for offer in present(kb, place)]
        wrong += [] if sorted(shown) == sorted(known) else [f"{place}: {set(shown) ^ set(known)}"]
        asked = runs.count("Vraag het aan: ")
        wrong += [] if asked == len(known) else [f"{place}: {asked} of {len(known)} say whom to ask"]
    tell_all(wrong)


def test_nobody_is_asked_in_a_place_for_what_is_not_there(kb: model.KnowledgeBase, pages: dict[str, str]) -> None:
    """Who leads it elsewhere is no function of this place."""
    looked, wrong = 0, []
    for place, source in pages.items():
        rows = re.findall(r"<tr [^>]*data-standing=\"(?:absent|ended)\".*?</tr>", source, re.DOTALL)
        asked = [words(re.search(r'data-label="Vraag het aan">(.*?)</td>', row)[1]) for row in rows]
        looked += len(asked)
        wrong += [f"{place}: {text}" for text in asked if text != "–"]
    assert looked
    tell_all(wrong)


def test_in_principle_everywhere_says_of_which_form_a_source_denies_it_here(
    kb: model.KnowledgeBase, pages: dict[str, str]
) -> None:
    """SOS Individueel is another form of the SOS-groepscursus, which was not in Grave."""
    looked, wrong = 0, []
    for place, source in pages.items():
        told = part(source, "overal")
        for offer in meanings.everywhere_at(kb, kb.institutions[place]):
            line = words(told.partition(f'<li data-intervention="{offer.intervention}"')[2].partition("</li>")[0])
            absent = [kb.interventions[one].name for one in meanings.kin_absent_at(kb, offer.intervention, place)]
            looked += len(absent)
            wrong += [f"{place}, {offer.intervention}: {name}" for name in absent if f"hier niet: {name}" not in line]
            wrong += [f"{place}, {offer.intervention}"] if not absent and "was hier niet" in line else []
    assert looked
    assert "sos-groepscursus" in meanings.kin_absent_at(kb, "sos-individueel", "grave")
    tell_all(wrong)


def test_what_has_ended_has_a_heading_of_its_own(kb: model.KnowledgeBase, pages: dict[str, str]) -> None:
    looked, wrong = 0, []
    for place, source in pages.items():
        gone = source.partition('<h3 id="niet-meer">')[2].partition("</ul>")[0]
        shown = sorted(re.findall(r'interventions/([a-z0-9-]+)\.html"', gone))
        offers = kb.offers_at.get(place, ())
        known = sorted(offer.intervention for offer in offers if standing.judge_offer(kb, offer) == standing.ENDED)
        looked += len(known)
        wrong += [] if shown == known else [f"{place}: {shown} {known}"]
    assert looked
    tell_all(wrong)


def test_the_audience_follows_the_place(kb: model.KnowledgeBase, pages: dict[str, str]) -> None:
    """No line for young people on a page for adults, and the other way round: U5 of the review."""
    wrong = []
    for place, source in pages.items():
        other = meanings.YOUTH if meanings.holds_adults(kb, kb.institutions[place]) else meanings.ADULTS
        foreign = [kb.term("target_group", group).label for group in kb.ids("target_group", found_in=other)]
        audiences = re.findall(r"<dt>([^<]+)</dt>", part(source, "aanbod"))
        audiences += re.findall(r'data-label="Voor wie">([^<]+)<', source)
        wrong += [f"{place}: {text}" for text in audiences if set(text.split(", ")) & set(foreign)]
    tell_all(wrong)


def test_what_no_source_says_has_one_word(pages: dict[str, str]) -> None:
    others = ("niet vermeld", "zeggen onze bronnen", "onbekend in")
    tell_all(
        f"{place}: {other}"
        for place, source in pages.items()
        for anchor in ("aanbod", "onbekend")
        for other in others
        if other in words(re.sub(r'<span class="kb-line">.*?</span>', "", part(source, anchor))).lower()
    )


def test_what_exists_in_one_place_only_is_unknown_nowhere(kb: model.KnowledgeBase) -> None:
    wrong = []
    for place in kb.institutions:
        for item in institution.show_institution(kb, place)["silent"]["items"]:
            name = item["url"].rpartition("/")[2].removesuffix(".html")
            offers = [offer for offer in kb.offers_of[name] if meanings.is_present(kb, offer)]
            wrong += [f"{place}: {name}"] if len({offer.institution for offer in offers}) < 2 else []
    tell_all(wrong)


def test_what_is_not_known_here_says_where_it_is_and_what_the_list_leaves_out(
    kb: model.KnowledgeBase, pages: dict[str, str]
) -> None:
    wrong = []
    for place, source in pages.items():
        view, text = institution.show_institution(kb, place)["silent"], part(source, "onbekend")
        wrong += [f"{place}: no way to {to}" for to in ("matrix.html", f"gaps.html#gemist-{place}") if to not in text]
        wrong += (
            [f"{place}: {view['once']} left out"] if f"{view['once']} interventie" not in text and view["once"] else []
        )
        for item in view["items"]:
            row = text.split(f'{item["url"]}">')[1].split("</li>")[0]
            name = item["url"].rpartition("/")[2].removesuffix(".html")
            places = {
                kb.institutions[offer.institution].name
                for offer in kb.offers_of[name]
                if offer.institution in kb.institutions
                and meanings.is_present(kb, offer)
                and meanings.same_population(kb, kb.institutions[offer.institution], kb.institutions[place])
            }
            told = all(one in row for one in places) or f">{len(places)} inrichtingen<" in row
            wrong += [] if told else [f"{place}: {name}"]
    tell_all(wrong)


def test_the_white_spots_are_whole_and_count_as_the_page_of_an_institution_does(kb: model.KnowledgeBase) -> None:
    """What any comparable institution has is known to run here or stands in the list, once; nothing else does."""
    view, wrong = white_spots.show_gaps(kb), []
    source = render.render("gaps", view, "../", {"today": kb.today, "site_url": ""}).text
    for group in view["missing"]:
        place = kb.institutions[group["institution"]["id"]]
        told = source.split(f'id="gemist-{place.id}"')[1].split("</details>")[0]
        shown = re.findall(r'<li><a href="\.\./interventions/([a-z0-9-]+)\.html"', told)
        ran, named = meanings.told_at(kb, place.id)
        peers = [
            one.id for one in kb.institutions.values() if one != place and meanings.same_population(kb, one, place)
        ]
        elsewhere = {one for peer in peers for one in set().union(*meanings.told_at(kb, peer))}
        for_others = {one for one in elsewhere - named if meanings.is_for_others(kb, kb.interventions[one], place)}
        general = {offer.intervention for offer in meanings.everywhere_at(kb, place)}
        published = {one.id for one in kb.interventions.values() if one.status == "published"}
        due = ((elsewhere - ran - for_others) | named | general) & published
        wrong += [f"{place.id}: {one} twice" for one in {one for one in shown if shown.count(one) > 1}]
        wrong += [f"{place.id}: {one} not shown" for one in due - set(shown)]
        wrong += [f"{place.id}: {one} shown" for one in set(shown) - due - for_others]
        page = institution.show_institution(kb, place.id)
        counts = {part["lack"]: len(part["items"]) for part in group["groups"]}
        wrong += [f"{place.id}: total"] if group["total"] != len(shown) else []
        same = {
            white_spots.SILENT: len(page["silent"]["items"]),
            white_spots.NAMED: page["fresh"]["named"],
            white_spots.GENERAL: len(page["everywhere"]),
            white_spots.ONCE: page["silent"]["once"],
        }
        wrong += [f"{place.id}: {lack} {many}" for lack, many in same.items() if counts.get(lack, 0) != many]
        wrong += (
            [f"{place.id}: age"]
            if (group["seen"], group["rows"]) != (page["fresh"]["recent"], page["fresh"]["rows"])
            else []
        )
    tell_all(wrong)


def test_nobody_wonders_about_a_course_for_people_who_are_not_there(kb: model.KnowledgeBase) -> None:
    """By who lives there and what is there, as the sources say it; of a place with both sexes both stay."""
    wrong, left_out = [], 0
    for place in kb.institutions.values():
        view = institution.show_institution(kb, place.id)["silent"]
        left_out += view["others"]
        there = [
            kb.interventions[offer.intervention]
            for offer in kb.offers_at.get(place.id, ())
            if meanings.is_present(kb, offer)
        ]
        groups = {*place.populations, *(meanings.sex_of(kb, item) for item in there)} - {None}
        sexes = {kb.term("target_group", group).sex for group in groups} & set(meanings.SEXES)
        if len(sexes) != 1 or len(place.locations) > 1:
            wrong += [f"{place.id}: {view['others']} left out"] if view["others"] else []
            continue
        listed = [kb.interventions[item["url"].rpartition("/")[2].removesuffix(".html")] for item in view["items"]]
        named = {item.id: meanings.sex_of(kb, item) for item in listed if meanings.sex_of(kb, item)}
        wrong += [
            f"{place.id}: {name}" for name, group in named.items() if kb.term("target_group", group).sex not in sexes
        ]
    assert left_out
    tell_all(wrong)


def test_remarks_stand_under_the_sources(kb: model.KnowledgeBase, pages: dict[str, str]) -> None:
    looked, wrong = 0, []
    for place, source in pages.items():
        above, _, below = source.partition("{ #bronnen }")
        for note in kb.institutions[place].editor_notes:
            is_remark = kb.term("severity", note.severity).means == meanings.REMARK
            looked += is_remark
            right, other = (below, above) if is_remark else (above, below)
            text = " ".join(note.text.split())
            wrong += [] if text in words(right) and text not in words(other) else [f"{place}: {text[:60]}"]
    assert looked
    tell_all(wrong)


def test_whom_to_ask_is_a_function_or_who_gives_it_never_only_the_maker(kb: model.KnowledgeBase) -> None:
    wrong = []
    for place in kb.institutions:
        view = institution.show_institution(kb, place)
        asked = {organisation["name"]: set(organisation["interventions"]) for organisation in view["contacts"]}
        for offer in present(kb, place):
            item = kb.interventions[offer.intervention]
            givers = {giver.organisation for giver in offer.given_by} | {offer.provider, *item.providers}
            for maker in set(item.developed_by) - givers:
                named = asked.get(kb.organisations[maker].name, set())
                wrong += [f"{place}: {maker} for {item.name}"] if item.name in named else []
    tell_all(wrong)


def test_an_organisation_stands_with_its_website_and_the_day_of_looking(
    kb: model.KnowledgeBase, pages: dict[str, str]
) -> None:
    looked, missing = 0, []
    for place, source in pages.items():
        asked = part(source, "wie")
        for offer in present(kb, place):
            for link in offered.ask_at(kb, offer)["organisations"]:
                giver = kb.organisations[link["id"]]
                told = [giver.website] if giver.website else []
                told += [f"nagekeken op {render.write_date(giver.looked_up_on)}"] if told and giver.looked_up_on else []
                looked += len(told)
                missing += [f"{place}: {text}" for text in told if text not in words(asked)]
    assert looked
    tell_all(missing)


def test_the_present_tense_is_for_what_was_seen_lately(kb: model.KnowledgeBase, pages: dict[str, str]) -> None:
    label = kb.term("offer_status", kb.ids("offer_status", means=meanings.RUNNING)[0]).label
    wrong = []
    for place, source in pages.items():
        for row in re.findall(r"<tr [^>]*data-standing=\"reported\".*?</tr>", source, re.DOTALL):
            wrong += [f"{place}: {words(row)[:60]}"] if label in words(row) else []
    tell_all(wrong)


def test_what_is_told_of_a_place_says_of_when(kb: model.KnowledgeBase, pages: dict[str, str]) -> None:
    tell_all(
        f"{place.id}: {told.text}"
        for place in kb.institutions.values()
        for told in (*place.special, *place.partnerships)
        for day in common.dated(common.source_dates(kb, [told.source]))
        if day.split("-")[0] not in told.text and f'{told.text} <span class="kb-small">(stand' not in pages[place.id]
    )


def test_nobody_is_sent_to_a_function_that_the_newest_source_calls_empty(kb: model.KnowledgeBase) -> None:
    """Not by the page, its card, or what is given there; a newer source that names somebody in it sends there again."""
    place = next(item for item in kb.institutions.values() if any(staff.vacant for staff in item.restorative_staff))
    empty = [staff for staff in place.restorative_staff if staff.vacant]
    roles = {staff.role for staff in empty}
    labels = {kb.term("role", role).label for role in roles}
    assert not roles & meanings.vacant_at(kb, place) and labels & set(institution.first_asked(kb, place))
    still = dataclasses.replace(place, restorative_staff=tuple(empty))
    then = dataclasses.replace(kb, institutions={**kb.institutions, place.id: still})
    assert meanings.vacant_at(then, still) == roles
    asked = [*institution.first_asked(then, still)]
    asked += [label for offer in then.offers_at[place.id] for label in offered.ask_at(then, offer)["roles"]]
    asked += [view["label"] for view in menu.show_menu_card(then, place.id)["staff"]]
    assert asked and not labels & set(asked)
    told = part(
        render.render(
            "institution",
            views.PAGES["institution"](kb, place.id),
            "../",
            {"today": kb.today, "site_url": "", "part": kb.vocabularies["part"]},
        ).text,
        "wie",
    )
    assert "toen leeg" in told
