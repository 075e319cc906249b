"""The leaflet for the person, over every intervention: for what can be asked here, and nothing that harms in a cell."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kennisbank import kinds, model, render, views
from kennisbank.views import leaflet, meanings, standing
from tests.helpers import tell_all, words

Read = Callable[[str], str]


def asked_here(kb: model.KnowledgeBase, item: model.Intervention) -> bool:
    """Whether somebody in a Dutch institution can join it or ask for it."""
    return (
        bool(item.participant_text)
        and kb.term("kind", item.kind).stands == "offer"
        and "NL" in item.countries
        and not meanings.is_for_helpers(kb, item)
    )


@pytest.fixture(scope="module")
def leaflets(kb: model.KnowledgeBase) -> dict[str, str]:
    """The source of every leaflet."""
    shared = {"today": kb.today, "site_url": ""}
    return {
        item.id: render.render("leaflet", views.PAGES["leaflet"](kb, item.id), "../", shared).text
        for item in kb.interventions.values()
        if leaflet.has_leaflet(kb, item)
    }


def test_everything_to_ask_for_has_its_leaflet_and_nothing_else(
    kb: model.KnowledgeBase, leaflets: dict[str, str], project_root: Path
) -> None:
    """Missing one? ``kennisbank new intervention <id>`` makes it."""
    known = {item.id for item in kb.interventions.values() if asked_here(kb, item)}
    assert set(leaflets) == known
    page = kinds.BY_NAME["interventions"].pages[1]
    files = {path.relative_to(project_root).as_posix() for path in (project_root / "content/cards").glob("uitleg-*.md")}
    tell_all(sorted({page.name(name) for name in known} ^ files))


def given_indoors(kb: model.KnowledgeBase, item: model.Intervention) -> list[str]:
    """The functions in the building that give it in one of the places, but for the mentor."""
    given = [giver.role for offer in kb.offers_of.get(item.id, ()) for giver in offer.given_by if giver.role]
    terms = [kb.term("role", role) for role in dict.fromkeys(given)]
    return [term.label for term in terms if term.indoors and term.asked_by == "nobody"]


def asked(kb: model.KnowledgeBase, item: model.Intervention) -> str:
    """What is asked on the leaflet: nobody inside can join what is only for those who stay behind."""
    outside = {term.id for term in kb.vocabularies["target_group"].values() if term.outside} - {"after-release"}
    return "Kunnen mijn naasten meedoen?" if set(item.target_groups) <= outside else "Mag ik meedoen?"


def test_a_leaflet_tells_what_it_is_how_and_whom_to_ask(kb: model.KnowledgeBase, leaflets: dict[str, str]) -> None:
    lacking = []
    for name, source in leaflets.items():
        item, shown = kb.interventions[name], words(source)
        told = [item.name, " ".join(item.participant_text.split()), "113"]
        told += ["Vraag je advocaat"] if item.id == "mediation-in-strafzaken" else ["Vraag je mentor", "(functie):"]
        told += [f"{item.dosage.sessions} keer"] if item.dosage and item.dosage.sessions else []
        told += [render.start_small(label) for label in given_indoors(kb, item)]
        ended = standing.of_intervention(kb, item)["id"] == standing.ENDED
        told += ["Dit is gestopt"] if ended else ["Dit kun je zeggen tegen", asked(kb, item)]
        lacking += [f"{name}: {text}" for text in told if text not in shown]
        drawn = re.findall(r'<svg[^>]*role="img"[^>]*aria-label="([^"]+)"', source)
        lacking += [] if len(set(drawn)) == 3 else [f"{name}: pictograms {drawn}"]
        lacking += [f"{name}: date"] if "kb-card-date" not in source else []
    tell_all(lacking)


def test_a_leaflet_is_read_in_short_paragraphs_that_do_not_contradict_each_other(
    kb: model.KnowledgeBase, leaflets: dict[str, str]
) -> None:
    """Two or three sentences each, one end mark, and no "we do not know when" above a text that names a year."""
    wrong = []
    for name, source in leaflets.items():
        text = " ".join(kb.interventions[name].participant_text.split())
        own = [words(one) for one in re.findall(r"<p>(.*?)</p>", source) if words(one) in text]
        if " ".join(own) != text:
            wrong.append(f"{name}: its text is not whole")
        wrong += [f"{name}: long: {one}" for one in own if len(re.findall(r"[.?!] [A-Z]", one)) > 2]
        wrong += [f"{name}: ends twice: {mark}" for mark in re.findall(r"\w+[.?!]{2,}", words(source))]
        undated = "Van wanneer dit is, weten we niet" in words(source)
        wrong += [f"{name}: no date, but its text has a year"] if undated and re.search(r"\b20\d\d\b", text) else []
    tell_all(wrong)


def test_a_leaflet_names_no_evidence_no_offence_and_no_staff_matters(
    kb: model.KnowledgeBase, leaflets: dict[str, str]
) -> None:
    """Beside its own text, which has its own rules, no word of a list that weighs a person or a study."""
    lists = ("exclusion", "evidence", "verdict", "severity", "evidence_context")
    labels = {kb.term(name, term).label for name in lists for term in kb.vocabularies[name]}
    wrong = []
    for name, source in leaflets.items():
        rest = words(source).replace(" ".join(kb.interventions[name].participant_text.split()), "")
        wrong += [f"{name}: {label}" for label in labels if re.search(rf"\b{re.escape(label)}\b", rest)]
        wrong += [f"{name}: a source"] if "kb-source" in source or "interventions/" in source else []
    tell_all(wrong)


def test_a_leaflet_that_young_people_get_sends_nobody_to_a_function_they_lack(
    kb: model.KnowledgeBase, leaflets: dict[str, str]
) -> None:
    """In no sentence, but one that says that it is of a PI or of a case manager in general."""
    lacking = [kb.term("role", role).label.lower() for role in kb.ids("role", with_youth=False)]
    wrong, looked = [], 0
    for name, source in leaflets.items():
        if meanings.YOUTH not in meanings.populations_of(kb, kb.interventions[name]):
            continue
        looked += 1
        for sentence in re.split(r"(?<=[.?!:])\s", words(source)):
            told = any(role in sentence.lower() for role in lacking)
            wrong += [f"{name}: {sentence}"] if told and not re.search(r"\bPI\b|^Een casemanager", sentence) else []
    assert looked > 5
    tell_all(wrong)


def test_what_can_be_asked_for_leads_to_its_leaflet(kb: model.KnowledgeBase, read_page: Read, site_dir: Path) -> None:
    listed, wrong = read_page("cards/index.html"), []
    for item in kb.interventions.values():
        url, page = leaflet.leaflet_url(kb, item), f"cards/uitleg-{item.id}.html"
        linked = f'href="../{page}"' in read_page(f"interventions/{item.id}.html")
        wrong += [] if linked == bool(url) else [f"{item.id}: link on its page is {linked}"]
        wrong += (
            []
            if (f'href="../{page}"' in listed or f'href="uitleg-{item.id}.html"' in listed) == bool(url)
            else [f"{item.id}: list"]
        )
        there = (site_dir / page).exists()
        wrong += [] if there == leaflet.has_leaflet(kb, item) else [f"{item.id}: on the site is {there}"]
    tell_all(wrong)


def test_what_leads_to_a_victim_says_first_to_ask_whether_contact_is_allowed(
    kb: model.KnowledgeBase, leaflets: dict[str, str], read_page: Read
) -> None:
    """Our advice stands with the goal, so on every paper and first screen of what has it, and nowhere else."""
    advised = {goal.id: goal.care for goal in kb.vocabularies["goal"].values() if goal.care}
    assert "repair-victim" in advised
    wrong = []
    for name, source in leaflets.items():
        cares = [advised[goal] for goal in kb.interventions[name].goals if goal in advised]
        for told, place in ((words(source), "leaflet"), (words(read_page(f"interventions/{name}.html")), "page")):
            wrong += [f"{name}: {place}" for care in advised.values() if (care in told) != (care in cares)]
    tell_all(wrong)


def test_what_comes_by_a_referral_gives_one_advice_and_it_is_the_lawyer(leaflets: dict[str, str]) -> None:
    told = words(leaflets["mediation-in-strafzaken"])
    assert "Dit kun je zeggen tegen je advocaat" in told
    assert "Vraag je mentor" not in told and "tegen je mentor" not in told


def test_a_leaflet_bears_the_day_of_the_whole_and_never_that_of_one_place_for_all(
    kb: model.KnowledgeBase, leaflets: dict[str, str]
) -> None:
    """What is said of everywhere, else what more than half of the places have; a day of few places names them."""
    wrong, kinds_of = [], set()
    for name, source in leaflets.items():
        offers = [offer for offer in kb.offers_of.get(name, ()) if meanings.is_present(kb, offer)]
        general = {offer.as_of for offer in offers if offer.institution == model.EVERYWHERE}
        told = words(source.split("kb-card-date")[1].split("</p>")[0])
        days = re.findall(r'<time datetime="([^"]+)"', source.split("kb-card-date")[1].split("</p>")[0])
        same = [offer for offer in offers if days == [offer.as_of]]
        places = {offer.institution for offer in offers} - {model.EVERYWHERE}
        if general:
            kinds_of.add("everywhere")
            wrong += [] if set(days) == general - {model.UNDATED} else [f"{name}: {told}, not {general}"]
        elif days and offers:
            kinds_of.add("most" if len(same) < len(offers) else "all")
            wrong += [] if len(same) * 2 > len(offers) else [f"{name}: {told} is of {len(same)} of {len(offers)}"]
            wrong += [f"{name}: {told}"] if len(same) < len(offers) and "sommige plekken" not in told else []
            few = [kb.institutions[place].name for place in places] if len(places) <= 2 else []
            wrong += [f"{name}: {told} names no {one}" for one in few if one not in told]
    assert kinds_of == {"everywhere", "most", "all"}
    tell_all(wrong)
