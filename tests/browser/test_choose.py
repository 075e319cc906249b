"""Choosing in a real browser: my PI, the guide, comparing, my list, the table, the transfer."""

import json
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import WAYS, open_all_details
from tests.helpers import on_both, tell_all

# The browser refuses storage, as it does in some private modes and under some policies.
NO_STORAGE = """
Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } });
Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError') } });
"""
GUIDE, COMPARE, LIST = "choose/index.html", "choose/compare.html", "choose/list.html"
TABLE, TRANSFER, CATALOGUE = "choose/table.html", "institutions/transfer.html", "interventions/index.html"
KINDS = {"guide": GUIDE, "compare": COMPARE, "list": LIST, "table": TABLE, "transfer": TRANSFER}
# A state of each page in which everything is shown.
FULL = {
    "guide": f"{GUIDE}#place=rotterdam&weeks=6&form=group&issues=language,sexual-offence",
    "compare": f"{COMPARE}#ids=puinruimen,sos-groepscursus,mijn-kind-en-ik",
    "list": f"{LIST}#list=puinruimen,sos-groepscursus",
    "table": f"{TABLE}#target_group=fathers&sort=-evidence",
    "transfer": f"{TRANSFER}#from=zwolle&to=rotterdam",
    "entry": "interventions/puinruimen.html#pi=zwolle",
    "catalogue": f"{CATALOGUE}#pi=zwolle",
    "institution": "institutions/zwolle.html#pi=rotterdam",
}


@pytest.fixture
def go(site_url: str) -> Callable[[Page, str], Page]:
    """A function that takes an open page elsewhere, as a new load: `go(page, "choose/list.html")`."""

    def load(page: Page, path: str) -> Page:
        page.goto("about:blank")
        page.goto(site_url + path)
        return page

    return load


def status_of(page: Page):
    """The first line of the page that is read out."""
    return (
        page.locator("[data-kb='guide'], [data-kb='compare'], [data-kb='list'], [data-kb='transfer']")
        .locator("[role='status']")
        .first
    )


def evaluate(page: Page, script: str, argument=None):
    """Run a function `data => …` on the data of the page, once that is there."""
    page.evaluate("() => new Promise(done => Kennisbank.ask(['choice-data'], () => done()))")
    return page.evaluate(f"argument => ({script})(KENNISBANK_CHOICE, argument)", argument)


def kept(page: Page) -> list[str]:
    """What this browser keeps for us; the theme has a key of its own for light and dark."""
    return page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('kennisbank.'))")


def hash_of(page: Page) -> str:
    """The part of the address behind the #."""
    return page.evaluate("location.hash.slice(1)")


def choose_pi(page: Page, name: str = "PI Zwolle") -> None:
    """Choose my PI the way a reader does."""
    pick = page.locator("[data-kb='pi-pick']")
    pick.locator("summary").click()
    expect(pick.locator("option", has_text=name)).to_have_count(1)
    pick.locator("select").select_option(label=name)
    expect(page.locator("[data-kb='mine-pi'] a")).to_have_text(name)


def answers(page: Page) -> dict[str, int]:
    """How many entries fit, might fit and do not fit, once that is known."""
    expect(status_of(page)).not_to_be_empty()
    line = page.locator("[data-kb='guide'] [role='status']")
    return {verdict: int(line.get_attribute(f"data-{verdict}")) for verdict in ("fits", "maybe", "not")}


# --- my PI -----------------------------------------------------------------------------------------------


@on_both
def test_my_pi_is_chosen_once_and_told_on_every_page(visit, go) -> None:
    page = visit(CATALOGUE)
    expect(page.locator("[data-kb='mine']")).to_be_hidden()
    assert page.locator("script[src$='choice-data.js']").count() == 0
    choose_pi(page)
    cards = page.locator("article[data-id]").count()
    expect(page.locator("article[data-id] [data-kb='here']")).to_have_count(cards)
    assert page.evaluate("localStorage.getItem('kennisbank.my-pi')") == "zwolle"
    go(page, "interventions/puinruimen.html")
    expect(page.locator("[data-kb='choice'] [data-here='here']")).to_contain_text("PI Zwolle")


def test_what_is_told_is_what_the_sources_say(visit) -> None:
    page = visit(f"{CATALOGUE}#pi=zwolle")
    expect(page.locator("article[data-id] [data-kb='here']").first).to_be_visible()
    told = page.locator("article[data-id]").evaluate_all(
        "cards => Object.fromEntries(cards.map(card => [card.dataset.id, card.querySelector(\"[data-kb='here']\").dataset.here]))"
    )
    data = evaluate(page, "data => data")
    wrong = []
    for entry in data["interventions"]:
        offers = [offer for offer in entry.get("offers", []) if offer["institution"] == "zwolle"]
        others = [
            offer
            for offer in entry.get("offers", [])
            # Where it is not known to run is no place to go to.
            if offer["institution"] != "zwolle"
            and data["statuses"][offer["status"]]["means"] == "running"
            and not offer.get("inferred")
        ]
        if offers:
            expected = "absent" if data["statuses"][offers[0]["status"]]["means"] == "absent" else "here"
        else:
            far = "referred" if entry.get("referred") else "elsewhere" if others else "unknown"
            expected = "everywhere" if entry.get("everywhere") else far
        if told[entry["id"]] != expected:
            wrong.append(f"{entry['id']} is told as {told[entry['id']]}, it is {expected}")
    tell_all(wrong)
    assert set(told.values()) >= {"here", "elsewhere", "everywhere", "unknown"}


@pytest.mark.long
def test_the_address_sets_my_pi_and_an_unknown_one_does_nothing(visit, go) -> None:
    page = visit("interventions/puinruimen.html#pi=zwolle")
    expect(page.locator("[data-kb='mine-pi'] a")).to_have_text("PI Zwolle")
    go(page, "interventions/puinruimen.html#pi=bestaat-niet")
    expect(page.locator("[data-kb='mine-pi'] a")).to_have_text("PI Zwolle")
    go(page, "interventions/puinruimen.html#pi=vught")
    expect(page.locator("[data-kb='mine-pi'] a")).to_have_text("PI Vught")
    page.locator("[data-action='undo-pi']").click()
    expect(page.locator("[data-kb='mine-pi'] a")).to_have_text("PI Zwolle")


@pytest.mark.long
def test_my_pi_leaves_the_filters_in_the_address_alone(visit) -> None:
    page = visit(f"{CATALOGUE}#target_group=fathers&pi=zwolle")
    expect(page.locator("[data-kb='mine-pi'] a")).to_have_text("PI Zwolle")
    expect(page.locator("input[name='target_group'][value='fathers']")).to_be_checked()
    assert "target_group=fathers" in hash_of(page)


@pytest.mark.long
@on_both
def test_my_pi_can_be_cleared(visit, go) -> None:
    page = visit("interventions/puinruimen.html#pi=zwolle")
    page.locator("[data-action='forget-pi']").click()
    expect(page.locator("[data-kb='mine']")).to_be_hidden()
    expect(page.locator("[data-kb='here']")).to_have_count(0)
    assert kept(page) == []
    go(page, "institutions/zwolle.html")
    button = page.locator("[data-kb='pi-here']")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    go(page, "about/privacy.html")
    expect(page.locator("[data-kb='mine-pi'] a")).to_have_text("PI Zwolle")
    page.locator("[data-action='forget']").click()
    expect(page.locator("[data-kb='mine']")).to_be_hidden()


@pytest.mark.long
@on_both
def test_two_tabs_agree_on_my_pi_and_my_list(visit, site_url: str) -> None:
    one = visit(CATALOGUE)
    other = one.context.new_page()
    other.goto(site_url + "interventions/puinruimen.html")
    choose_pi(one)
    expect(other.locator("[data-kb='mine-pi'] a")).to_have_text("PI Zwolle")
    other.locator("[data-kb='save']").click()
    save = one.locator("article[data-id='puinruimen'] [data-kb='save']")
    expect(save).to_have_attribute("aria-pressed", "true")
    one.locator("[data-action='forget-pi']").click()
    expect(other.locator("[data-kb='here']")).to_have_count(0)


@pytest.mark.long
@on_both
def test_without_storage_choices_go_along_with_links(browser: Browser, site_url: str) -> None:
    # A context of its own: the theme's script, which also wants to keep something, throws here, and the usual page
    # would count that as our mistake.
    context = browser.new_context(locale="nl-NL")
    context.add_init_script(NO_STORAGE)
    page = context.new_page()
    page.goto(f"{site_url}{CATALOGUE}#pi=zwolle")
    expect(page.locator("[data-kb='mine-pi'] a")).to_have_text("PI Zwolle")
    box = page.locator("input[name='target_group'][value='adults']")
    box.check()
    assert hash_of(page) == "target_group=adults&pi=zwolle"
    box.uncheck()
    assert hash_of(page) == "pi=zwolle"
    page.locator("article[data-id='puinruimen'] [data-kb='save']").click()
    page.locator("article[data-id='puinruimen'] h3 a").click()
    expect(page.locator("h1")).to_have_text("Puinruimen")
    expect(page.locator("[data-kb='choice'] [data-here='here']")).to_be_visible()
    expect(page.locator("[data-kb='choice'] [data-kb='save']")).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.locator("[data-kb='choice'] [data-here='here']")).to_be_visible()
    # Also by the search, with the keys: to an answer, and to the catalogue with the text.
    field = page.locator("#kb-header-search")
    field.fill("Lef Hebben")
    expect(page.locator("#kb-header-search-list [role='option']").first).to_contain_text("Lef Hebben")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator("h1")).to_have_text("Lef Hebben")
    expect(page.locator("[data-kb='mine-pi'] a")).to_have_text("PI Zwolle")
    page.locator("#kb-header-search").fill("puinruimen")
    page.locator("#kb-header-search").press("Enter")
    expect(page.locator("article[data-id='puinruimen'] [data-kb='save']")).to_have_attribute("aria-pressed", "true")
    page.locator("[data-kb='mine-list'] a").click()
    expect(page.locator("[data-kb='list-items'] [data-entry='puinruimen']")).to_be_visible()
    expect(page.locator("[data-kb='list-guest']")).to_be_hidden()
    page.locator("[data-action='forget-pi']").click()
    expect(page.locator("[data-kb='mine-pi']")).to_be_hidden()
    context.close()


@pytest.mark.long
def test_a_damaged_store_does_no_harm(visit, go) -> None:
    page, wrong = visit("about/privacy.html"), []
    for stored, kept in (
        ('{"ids": 3}', 0),
        ("nonsense", 0),
        ("null", 0),
        ('{"ids": ["../x", 7, "puinruimen"], "notes": []}', 1),
    ):
        page.evaluate("list => localStorage.setItem('kennisbank.my-list', list)", stored)
        page.evaluate("localStorage.setItem('kennisbank.my-pi', '<b>')")
        go(page, LIST)
        expect(status_of(page)).not_to_be_empty()
        shown = page.locator("[data-kb='list-items'] article").count()
        if shown != kept or page.locator("[data-kb='mine-pi']").is_visible():
            wrong.append(stored)
    tell_all(wrong)


def test_what_runs_in_zwolle_for_fathers_takes_two_actions_from_home(visit) -> None:
    page = visit("index.html")
    page.locator(".kb-door summary", has_text="Kies je inrichting").click()
    page.locator(".kb-door").get_by_role("link", name="PI Zwolle", exact=True).click()
    # Two actions, and the answer is in sight: what, for whom, as of when, whom to ask.
    fathers = page.locator(".kb-runs > div", has=page.locator("dt", has_text="Vaders"))
    expect(fathers.locator("[data-standing]").first).to_be_visible()
    expect(fathers.get_by_role("link", name="Mijn Kind en Ik", exact=True)).to_be_visible()
    expect(fathers).to_contain_text("Vraag het aan")


@pytest.mark.long
def test_home_is_the_desk_of_my_institution_once_it_is_chosen(visit) -> None:
    page = visit("index.html#pi=zwolle")
    desk = page.locator("[data-kb='desk']")
    expect(desk).to_contain_text("PI Zwolle")
    links = desk.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    ends = ["zwolle.html#aanbod", "zwolle.html#wie", "cards/zwolle.html", "zwolle.html#sessies", "#from=zwolle"]
    assert all(link.endswith(end) for link, end in zip(links, ends, strict=True)), links
    expect(visit("index.html").locator("[data-kb='desk']")).to_be_hidden()


def test_the_same_question_is_answered_by_typing_it(visit) -> None:
    page = visit("index.html")
    page.locator("#kb-home-search").fill("vaders in Zwolle")
    # Beside the day on which children visit, of which no source says when.
    options = page.locator("#kb-home-search-list [role='option']")
    expect(options.first).to_contain_text("PI Zwolle")
    assert any("Mijn Kind en Ik" in text for text in options.all_inner_texts()[:2])


# --- the guide -------------------------------------------------------------------------------------------


def test_six_weeks_in_a_group_in_rotterdam_takes_four_actions_from_home(visit) -> None:
    page = visit("index.html")
    page.locator(f".kb-door a[href='{GUIDE}']").click()
    page.get_by_label(re.compile("In welke inrichting")).select_option("rotterdam")
    page.get_by_label(re.compile("Hoeveel weken")).fill("6")
    page.get_by_label("In een groep", exact=True).check()
    found = answers(page)
    assert sum(found.values()) > 0
    first = page.locator("[data-outcome='fits'] article[data-id], [data-outcome='maybe'] article[data-id]").first
    expect(first).to_contain_text("Hier:")
    assert hash_of(page) == "place=rotterdam&weeks=6&form=group"


@pytest.mark.long
@on_both
def test_every_answer_shows_its_number_and_can_be_taken_back(visit) -> None:
    page = visit(GUIDE)
    before = answers(page)
    expect(page.locator("[data-kb='outcome']")).to_be_hidden()
    page.locator("select[name='place']").select_option("zwolle")
    expect(page.locator("[data-kb='outcome']")).to_be_visible()
    placed = answers(page)
    assert placed != before
    page.locator("input[name='issues'][value='sexual-offence']").check()
    assert answers(page)["not"] > placed["not"]
    page.go_back()
    expect(page.locator("input[name='issues'][value='sexual-offence']")).not_to_be_checked()
    assert answers(page) == placed
    page.go_forward()
    expect(page.locator("input[name='issues'][value='sexual-offence']")).to_be_checked()
    page.locator("[data-action='clear']").click()
    assert answers(page) == before
    assert hash_of(page) == ""


@pytest.mark.long
def test_a_plain_anchor_does_not_take_the_answers_away(visit) -> None:
    page = visit(f"{GUIDE}#place=zwolle&weeks=6", width=360)
    before = answers(page)
    page.locator("[data-kb='to-outcome']").click()
    expect(page.locator("#uitkomst")).to_be_in_viewport()
    assert hash_of(page) == "place=zwolle&weeks=6"
    page.evaluate("location.hash = 'lijsten'")
    expect(page.locator("#lijsten")).to_be_in_viewport()
    expect(page.locator("[data-kb='outcome']")).to_be_visible()
    assert answers(page) == before


@pytest.mark.long
def test_the_lists_hold_what_the_line_says(visit) -> None:
    page = visit(f"{GUIDE}#place=rotterdam&weeks=6&form=group")
    for verdict, number in answers(page).items():
        expect(page.locator(f"[data-outcome='{verdict}'] article[data-id]")).to_have_count(number)
        expect(page.locator(f"[data-outcome='{verdict}'] [data-kb='list-count']")).to_have_text(str(number))


def test_each_entry_says_why(visit) -> None:
    page = visit(f"{GUIDE}#place=zwolle&weeks=6&unit=remand&form=group&issues=sexual-offence&goal=victim-awareness")
    answers(page)
    bare = page.locator(
        "[data-outcome='not'] article[data-id]:not(:has([data-reason][data-verdict='no'])),"
        "[data-outcome='maybe'] article[data-id]:not(:has([data-reason][data-verdict='unknown'])),"
        "[data-outcome] article[data-id]:has([data-reason]:not([data-verdict]))"
    )
    expect(bare).to_have_count(0)
    course = page.locator("article[data-id='sos-groepscursus']")
    expect(course.locator("[data-finding='weeks-short']")).to_have_count(1)
    expect(course.locator("[data-finding='stated'] .kb-instead")).to_have_count(1)
    empty = page.locator(".kb-finding").evaluate_all(
        "all => all.filter(one => /[{}]|undefined/.test(one.textContent)).length"
    )
    assert empty == 0


UNKNOWN = (
    "#place=nergens",
    "#weeks=-3",
    "#weeks=zes",
    "#weeks=99999",
    "#unit=x&form=x&issues=x&goal=x",
    "#==&&",
    "#uitkomst",
    "#constructor=x",
)


@pytest.mark.long
def test_unknown_answers_are_ignored(visit, go) -> None:
    page, wrong = visit(GUIDE), []
    before = answers(page)
    for state in UNKNOWN:
        go(page, GUIDE + state)
        if answers(page) != before or page.locator("[data-kb='outcome']").is_visible():
            wrong.append(state)
    tell_all(wrong)


@pytest.mark.long
def test_a_shared_address_gives_the_same_answer(visit) -> None:
    page = visit(GUIDE)
    page.locator("select[name='unit']").select_option("remand")
    page.locator("select[name='goal']").select_option("parent-child")
    page.locator("input[name='weeks']").fill("10")
    other = visit(f"{GUIDE}#{hash_of(page)}")
    assert answers(other) == answers(page)
    expect(other.locator("input[name='weeks']")).to_have_value("10")


@pytest.mark.long
def test_my_pi_is_the_first_answer_and_can_be_taken_away(visit, go) -> None:
    page = visit("index.html#pi=zwolle")
    expect(page.locator("[data-kb='mine-pi'] a")).to_have_text("PI Zwolle")
    go(page, GUIDE)
    expect(page.locator("select[name='place']")).to_have_value("zwolle")
    page.locator("select[name='place']").select_option("")
    assert hash_of(page) == ""


def test_nothing_of_the_answers_is_kept(visit) -> None:
    page = visit(f"{GUIDE}#place=zwolle&weeks=6&issues=sexual-offence")
    answers(page)
    assert kept(page) == []
    assert page.evaluate("sessionStorage.length") == 0


def test_at_most_seven_that_can_be_done_are_in_sight_and_the_rest_is_counted(visit) -> None:
    page = visit(f"{GUIDE}#who=men&place=arnhem&weeks=6&moment=end&issues=sexual-offence")
    found = answers(page)
    can = page.locator(":is([data-outcome='fits'], [data-outcome='maybe']) article[data-id]")
    shown = [one.get_attribute("data-id") for one in can.all() if one.is_visible()]
    assert 3 <= len(shown) <= 7
    assert "sos-individueel" in shown
    expect(can).to_have_count(found["fits"] + found["maybe"])
    expect(page.locator("[data-outcome='not'] article[data-id]:visible")).to_have_count(0)
    more = page.locator("[data-outcome='maybe'] [data-kb='rest']:visible > summary").all_inner_texts()
    assert sum(int(re.search(r"\d+", text)[0]) for text in more) == found["fits"] + found["maybe"] - len(shown)
    # What is here is in sight; what is elsewhere, or for another role, is a heading with its number.
    parts = page.locator("[data-outcome='maybe'] [data-kb='fitting']:visible")
    assert parts.evaluate_all("all => all.map(one => one.dataset.of)") == ["here", "elsewhere", "role"]
    for part in parts.all():
        count = part.locator("article[data-id]").count()
        expect(part.locator("[data-kb='part-count']")).to_have_text(str(count))
    assert not page.locator("[data-of='role'] [data-kb='first'] article").count()
    assert f"(hier {parts.first.locator('article').count()})" in page.locator(".kb-guide__line").inner_text()
    expect(page.locator("article[data-id='sos-individueel'] [data-reason='issues'][data-verdict='yes']")).to_have_count(
        3
    )


@pytest.mark.long
def test_an_address_of_before_still_knows_the_language(visit) -> None:
    page = visit(f"{GUIDE}#place=ter-apel&issues=language,sexual-offence")
    answers(page)
    assert hash_of(page) == "place=ter-apel&dutch=none&issues=sexual-offence"


def test_paper_tells_nothing_of_the_answers(visit) -> None:
    page = visit(f"{GUIDE}#who=men&place=arnhem&weeks=7&dutch=some&issues=sexual-offence,addiction")
    answers(page)
    page.emulate_media(media="print")
    text = page.locator("main").inner_text()
    assert "Niet meegeven" in text and "Vraag het aan" in text
    told = re.compile(r"zeden|verslav|drugs|Nederlands te|7 weken|uitgesloten|kan meedoen:", re.IGNORECASE)
    assert not told.findall(text)
    assert "Vraag het na" in text and "Lees ook “voor wie niet”" in text and "kan dit tegenhouden" in text
    assert "hier" not in page.locator(".kb-guide__outcome").inner_text().split("Niet meegeven")[0]
    # No heading with nothing under it, and no tick alone where something is not known.
    bare = page.locator(
        ".kb-outcome:visible:not(:has(article:visible)), [data-kb='fitting']:visible:not(:has(article:visible))"
    )
    expect(bare).to_have_count(0)
    ticked = page.locator("[data-outcome='maybe'] article:visible:has(.kb-finding--yes:visible)")
    for one in ticked.all():
        expect(one.locator(".kb-finding--unknown:visible").first).to_be_visible()
    expect(page.locator("[data-outcome='not']")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert re.search(r"Geprint op \d+ [a-z]+ \d{4}\.", page.locator("[data-kb='outcome']").inner_text())
    assert hash_of(page) == ""
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert "sexual-offence" in hash_of(page)


def test_the_person_gets_only_plain_texts_and_whom_to_ask(visit) -> None:
    page = visit(f"{GUIDE}#who=men&place=arnhem&issues=sexual-offence")
    answers(page)
    page.evaluate("window.print = () => {}")
    page.locator("[data-action='print-person']").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    sheets = page.locator("[data-kb='sheets'] article")
    assert 1 <= sheets.count() <= 7
    names = sheets.locator("h2").all_inner_texts()
    # Open to him; not what may refuse him, nor what is for a father when nobody said that he is one.
    assert {"Herstelbemiddeling", "SOS Individueel"} <= set(names)
    assert not {"Puinruimen", "Mijn Kind en Ik"} & set(names)
    text = page.locator("main").inner_text()
    assert text.count("Vraag het aan je mentor of casemanager.") == 1
    assert text.count("Vraag ook of het er nog is.") == 1 and "113" in text
    assert re.search(r"Geprint op \d+ [a-z]+ \d{4}\. Uit de RESTART Kennisbank van \d+ [a-z]+ \d{4}\.", text)
    expect(page.locator("[data-kb='sheets-none']")).to_be_hidden()
    assert "Wie er meer van weet: Gevangenenzorg Nederland." in text
    assert "Niet meegeven" not in text and "zeden" not in text.lower()
    expect(page.locator("[data-outcome]:visible")).to_have_count(0)
    expect(page.locator("[data-kb='sheets-language']")).to_be_hidden()
    # Nobody asked for contact with a victim: the advice stands with what is about it, and not above all.
    advice = page.locator("main").get_by_text("Vraag eerst of dat mag")
    assert [one.evaluate("one => !!one.closest('article')") for one in advice.all() if one.is_visible()] == [True]
    first = sheets.filter(has=page.get_by_text("Vraag eerst of dat mag")).get_attribute("data-sheet")
    assert first in {"herstelbemiddeling", "sos-individueel"}


def test_who_may_have_no_contact_is_told_to_ask_first_and_the_paper_tells_no_answer(visit) -> None:
    """Whatever the goal: on the screen of who named it; on paper with or without that answer, as the list asks for it."""
    printed = []
    for issues in ("&issues=domestic-violence", ""):
        page = visit(f"{GUIDE}#place=arnhem{issues}")
        answers(page)
        advice = page.locator("[data-kb='outcome'] > [data-care]")
        expect(advice).to_be_visible(visible=bool(issues))
        page.emulate_media(media="print")
        expect(advice).to_be_visible()
        printed.append(advice.inner_text())
    assert printed[0] == printed[1] and "Vraag eerst of dat mag" in printed[0]


def test_who_wants_to_write_to_a_victim_is_told_to_ask_first(visit) -> None:
    """In remand: both ways with what holds for them, no distance to a court, and our advice once."""
    page = visit(f"{GUIDE}#who=men&place=grave&unit=remand&case=open&goal=repair-victim")
    answers(page)
    advice = "Vraag eerst of dat mag"
    assert page.locator("[data-kb='outcome']").inner_text().count(advice) == 1
    court = page.locator("article[data-id='mediation-in-strafzaken']")
    expect(court).to_contain_text("Vraag het aan: Advocaat.")
    assert " km" not in court.inner_text()
    sheets = page.locator("[data-kb='sheets']")
    assert sheets.text_content().count(advice) == 1
    expect(sheets.locator("article", has_text=advice)).to_have_count(0)
    assert sheets.locator("h2").all_text_contents() == ["Mediation in strafzaken", "Herstelbemiddeling"]
    expect(sheets).to_contain_text("soms pas na de zitting")
    expect(sheets).to_contain_text("bekennen hoeft niet")
    expect(sheets).to_contain_text("Vraag het aan je advocaat.")
    page = visit(f"{GUIDE}#who=men&place=grave&unit=remand&case=open&goal=repair-victim&issues=domestic-violence")
    answers(page)
    expect(page.locator("[data-kb='sheets'] h2")).to_have_count(0)


def test_what_a_source_says_of_the_length_is_not_asked(visit) -> None:
    page = visit(f"{GUIDE}#place=arnhem&weeks=6")
    answers(page)
    told = page.locator("article[data-id='herstelbemiddeling'] [data-reason='weeks']")
    expect(told).to_contain_text("één tot drie maanden")
    expect(page.locator("article[data-id='herstelconferentie']")).to_contain_text("Misschien hier")
    assert "Vraag: hoeveel" not in told.inner_text()


def test_what_limits_it_here_stands_on_the_screen_and_on_the_sheet(visit) -> None:
    page = visit(f"{GUIDE}#who=men&parent=yes&place=vught")
    answers(page)
    for limit in ("(EBI)", "gewone afdelingen"):
        expect(page.locator("[data-outcome] article", has_text=limit).first).to_be_visible()
        expect(page.locator("[data-kb='sheets'] article", has_text=limit)).to_have_count(1)
    # For a father what is for fathers, no sentence twice, on one sheet; the rest by name.
    sheets = page.locator("[data-kb='sheets']")
    assert sheets.locator("h2").all_text_contents() == ["Herfstkamp", "Mijn Kind en Ik", "Ouder-kinddagen"]
    said = re.findall(r"[^.!?]{32,}[.!?]", sheets.inner_text() or sheets.text_content())
    tell_all(sentence for sentence in set(said) if said.count(sentence) > 1)
    expect(page.locator("[data-kb='sheets-others']")).to_contain_text("Herstelbemiddeling")
    expect(page.locator("[data-kb='sheets'] .kb-pictograms")).to_have_count(0)


def test_a_contradiction_about_who_gives_it_does_not_make_its_place_a_question(visit) -> None:
    page = visit(f"{GUIDE}#place=ter-apel")
    answers(page)
    told = page.locator("article[data-id='puinruimen'] [data-reason='place']")
    expect(told).to_have_attribute("data-verdict", "yes")
    expect(told).to_contain_text("spreekt zichzelf tegen over: wie het hier geeft")


def test_who_speaks_no_dutch_reads_the_sheet_with_somebody(visit) -> None:
    page = visit(f"{GUIDE}#who=men&place=ter-apel&dutch=none")
    answers(page)
    expect(page.locator("[data-kb='sheets-language']")).not_to_have_attribute("hidden", "")
    sheet = page.locator("[data-sheet='peer-informatief'] .kb-pictograms")
    assert sheet.locator("li").all_text_contents() == ["Alleen, met iemand die je helpt", "Vraag het aan: mentor"]
    assert sheet.locator("svg").count() == 2
    # Two on one A4, a sentence a line, the drawings first.
    expect(page.locator("[data-kb='sheets'] article")).to_have_count(2)
    lines = page.locator("[data-sheet='peer-informatief'] .kb-sentences > li").all_text_contents()
    assert len(lines) > 4 and all(re.fullmatch(r"[^.!?]+[.!?]", line) for line in lines)


def test_the_sheet_for_the_person_repeats_what_a_source_says_of_the_time(visit) -> None:
    page = visit(f"{GUIDE}#who=men&place=arnhem&weeks=6&issues=sexual-offence")
    answers(page)
    # A source's own words on it are for staff, or say when it is closed.
    expect(page.locator("[data-sheet='herstelbemiddeling']")).to_contain_text(
        "Let op de tijd. Vraag hoe lang het duurt."
    )
    expect(page.locator("[data-sheet='sos-individueel']")).to_contain_text("Hoe lang het duurt, weten we niet")
    page.evaluate("location.hash = 'who=men&place=arnhem&issues=sexual-offence'")
    expect(page.locator("[data-sheet='herstelbemiddeling']")).not_to_contain_text("Let op de tijd")


@pytest.mark.long
def test_the_address_is_copied_without_the_answers(visit) -> None:
    page = visit(f"{GUIDE}#place=zwolle&issues=sexual-offence")
    answers(page)
    page.evaluate("document.execCommand = () => { window.taken = document.activeElement.value; return true; }")
    page.locator("[data-action='copy-bare']").click()
    taken = page.evaluate("window.taken")
    assert taken.endswith(GUIDE) and "#" not in taken
    expect(page.locator("[data-kb='copied']")).not_to_be_empty()


# --- comparing -------------------------------------------------------------------------------------------


def test_entries_stand_side_by_side_with_what_differs_marked(visit) -> None:
    page = visit(f"{COMPARE}#ids=puinruimen,sos-groepscursus,bestaat-niet")
    heads = page.locator("table[data-table='compare'] thead th")
    expect(heads).to_have_count(2)
    marked = page.locator("tr[data-differs]")
    assert marked.count() > 0
    expect(marked.first.locator("[data-kb='differs']")).to_be_visible()
    page.get_by_label("Toon alleen verschillen").check()
    expect(page.locator("tr[data-row='kind']")).to_be_hidden()
    assert hash_of(page) == "ids=puinruimen,sos-groepscursus&only=differences"


def test_what_is_not_mentioned_is_no_difference(visit) -> None:
    page = visit(f"{COMPARE}#ids=puinruimen,lef-hebben,sos-groepscursus")
    expect(page.locator("[data-kb='compare-silence']")).to_be_visible()
    rows = page.locator("tr[data-row]").evaluate_all(
        """rows => rows.filter(row => row.dataset.kind !== "text").map(row => ({
          id: row.dataset.row, differs: "differs" in row.dataset, open: "open" in row.dataset, many: "many" in row.dataset,
          cells: [...row.querySelectorAll("td")].map(cell => [...cell.querySelectorAll("li")].map(item => item.textContent)),
          bold: [...row.querySelectorAll("li strong")].map(item => item.textContent),
          shown: row.checkVisibility()
        }))"""
    )
    faults = []
    for row in rows:
        said = {tuple(sorted(cell)) for cell in row["cells"] if cell}
        silent = [] in row["cells"] and bool(said)
        if row["differs"] and len(said) < 2:
            faults.append(f"{row['id']} says 'differs' of silence")
        if silent and not row["open"]:
            faults.append(f"{row['id']} does not say that something is not known")
        own = {text for cell in row["cells"] for text in cell if any(text not in other for other in row["cells"])}
        if row["many"] and set(row["bold"]) != own:
            faults.append(f"{row['id']}: bold is {row['bold']}, own is {sorted(own)}")
    tell_all(faults)
    marks = {row["id"]: (row["differs"], row["open"]) for row in rows}
    # No unit of a prison is named of two; and who is not named as excluded is not let in by that.
    assert {marks[name] for name in ("min_stay_weeks", "settings", "not_suitable", "open_to")} == {(False, True)}
    assert marks["delivered_by"] == (True, False)
    different = sum(row["differs"] for row in rows)
    expect(status_of(page)).to_contain_text(f"{different} rijen verschillen")
    expect(status_of(page)).to_contain_text(
        f"Bij {sum(row['open'] and not row['differs'] for row in rows)} andere rijen"
    )
    # What stands on both sides says what it hangs on.
    for name in ("not_suitable", "open_to"):
        expect(page.locator(f"tr[data-row='{name}']")).to_contain_text("programma")
    page.get_by_label("Toon alleen verschillen").check()
    expect(page.locator("tr[data-row='min_stay_weeks']")).to_be_visible()


@pytest.mark.long
@on_both
def test_entries_are_added_and_removed_up_to_four(visit) -> None:
    page = visit(f"{COMPARE}#ids=puinruimen")
    heads = page.locator("table[data-table='compare'] thead th")
    expect(heads).to_have_count(1)
    remove = page.locator("table[data-table='compare'] thead td").get_by_role("button", name=re.compile("weg"))
    for name in ("sos-groepscursus", "lef-hebben", "dapper"):
        page.locator("select[name='add']").select_option(name)
        page.locator("[data-action='add']").click()
    expect(heads).to_have_count(4)
    expect(page.locator("[data-action='add']")).to_be_disabled()
    remove.first.click()
    expect(heads).to_have_count(3)
    page.go_back()
    expect(heads).to_have_count(4)
    page.go_back()
    expect(heads).to_have_count(3)
    page.go_forward()
    expect(heads).to_have_count(4)


@pytest.mark.long
def test_on_a_telephone_two_names_stand_side_by_side(visit) -> None:
    page = visit(f"{COMPARE}#ids=puinruimen,sos-groepscursus", width=360)
    heads = page.locator("table[data-table='compare'] thead th")
    expect(heads).to_have_count(2)
    assert heads.evaluate_all("all => all.every(one => one.getBoundingClientRect().right <= innerWidth)")
    aside = page.locator("[data-kb='compare-aside']")
    expect(aside).to_be_hidden()
    page.locator("select[name='add']").select_option("lef-hebben")
    page.locator("[data-action='add']").click()
    expect(aside).to_contain_text("3")


@pytest.mark.long
def test_rows_have_the_order_of_the_data_and_say_what_is_unknown(visit) -> None:
    page = visit(f"{COMPARE}#ids=puinruimen,ambassadeursopleiding")
    expect(page.locator("tr[data-row='age'] .kb-unknown")).to_have_count(2)
    rows = page.locator("tr[data-row]").evaluate_all("rows => rows.map(row => row.dataset.row)")
    assert rows.index("target_groups") < rows.index("goals") < rows.index("dosage") < rows.index("evidence")


# --- my list ---------------------------------------------------------------------------------------------


def test_a_list_of_several_prints_as_a_booklet(visit) -> None:
    page = visit("choose/list.html#list=puinruimen,sos-groepscursus")
    expect(page.locator("[data-kb='list-items'] article")).to_have_count(2)
    booklet = page.locator("[data-kb='list-booklet']")
    expect(booklet).to_be_hidden()  # on a screen
    page.emulate_media(media="print")
    expect(booklet).to_be_visible()
    links = booklet.locator("a").evaluate_all("all => all.map(a => document.querySelector(a.hash)?.dataset.entry)")
    assert links == ["puinruimen", "sos-groepscursus"]
    # The first sheet is not left empty behind its contents.
    assert len(re.findall(rb"/Type */Page\b", page.pdf(prefer_css_page_size=True))) == 2


@pytest.mark.long
@on_both
def test_the_first_sheet_of_a_list_leads_back_to_it(visit, site_url: str) -> None:
    page = visit(f"{LIST}#list=puinruimen,sos-groepscursus")
    expect(page.locator("[data-kb='list-items'] article")).to_have_count(2)
    back = page.locator("[data-kb='list-back']")
    expect(back).to_be_hidden()
    code = page.locator("[data-kb='list-code']").inner_text()
    assert code
    page.emulate_media(media="print")
    expect(back).to_contain_text("Mijn lijst")
    expect(back.locator(".kb-code")).to_have_text(code)
    expect(page.locator(".kb-code:visible")).to_have_count(1)
    assert page.evaluate(
        "document.querySelector(`[data-kb='list-back']`).compareDocumentPosition(document.querySelector(`[data-entry]`)) & 4"
    ), "before the first entry"
    # An address of a disk means nothing elsewhere.
    is_disk = site_url.startswith("file:")
    expect(back.get_by_text(f"{site_url}{LIST}")).to_be_visible(visible=not is_disk)
    expect(back.get_by_text("schijf")).to_be_visible(visible=is_disk)
    assert "#" not in back.inner_text()


@pytest.mark.long
@on_both
def test_a_list_is_collected_noted_printed_and_cleared(visit, go) -> None:
    page = visit(CATALOGUE)
    for name in ("puinruimen", "lef-hebben"):
        page.locator(f"article[data-id='{name}'] [data-kb='save']").click()
    page.locator("[data-kb='mine-list'] a").click()
    entries = page.locator("[data-kb='list-items'] article")
    expect(entries).to_have_count(2)
    note = page.get_by_label(re.compile("notitie.*Puinruimen"))
    note.fill("Dinsdag <b>om tien</b> uur")
    note.blur()
    page.reload()
    expect(page.get_by_label(re.compile("notitie.*Puinruimen"))).to_have_value("Dinsdag <b>om tien</b> uur")
    page.emulate_media(media="print")
    expect(page.locator("[data-entry='puinruimen'] [data-kb='note-print']")).to_be_visible()
    expect(page.locator("[data-kb='code-form']")).to_be_hidden()
    page.emulate_media(media="screen")
    page.locator("[data-action='clear-list']").click()
    expect(entries).to_have_count(0)
    page.locator("[data-action='undo-list']").click()
    expect(entries).to_have_count(2)
    page.locator("[data-action='clear-list']").click()
    assert kept(page) == []


@pytest.mark.long
@on_both
def test_a_shared_list_does_not_touch_my_own(visit, go) -> None:
    page = visit("interventions/lef-hebben.html")
    page.locator("[data-kb='save']").click()
    go(page, f"{LIST}#list=puinruimen,bestaat-niet,sos-groepscursus")
    entries = page.locator("[data-kb='list-items'] article")
    expect(entries).to_have_count(2)
    expect(status_of(page)).to_contain_text("bestaat-niet")
    expect(page.locator("[data-kb='note']")).to_have_count(0)
    assert json.loads(page.evaluate("localStorage.getItem('kennisbank.my-list')"))["ids"] == ["lef-hebben"]
    page.locator("[data-action='own-list']").click()
    expect(entries).to_have_count(1)
    page.go_back()
    expect(entries).to_have_count(2)
    page.locator("[data-action='take-list']").click()
    expect(entries).to_have_count(3)


@pytest.mark.long
def test_text_of_somebody_else_is_not_shown_as_a_missing_entry(visit) -> None:
    spoof = "Uw pas is geblokkeerd. Bel 0900-1234"
    page = visit(f"{LIST}#list=puinruimen,{quote(spoof)},bestaat-niet")
    expect(page.locator("[data-kb='list-items'] article")).to_have_count(1)
    expect(status_of(page)).to_contain_text("bestaat-niet")
    assert "pas is" not in page.locator("body").inner_text()


@pytest.mark.long
@on_both
def test_a_code_can_be_typed_over_from_paper(visit, site_url: str) -> None:
    page = visit(f"{LIST}#list=puinruimen,sos-groepscursus,mijn-kind-en-ik")
    expect(page.locator("[data-kb='list-code']")).not_to_be_empty()
    # From the disk the address is of no use to another: the code comes first, and the page says why.
    is_disk = site_url.startswith("file:")
    expect(page.locator("[data-kb='list-disk']")).to_be_visible(visible=is_disk)
    code_box, address_box = (page.locator(f"[data-kb='list-{name}']").bounding_box() for name in ("code", "address"))
    assert code_box and address_box and (code_box["y"] < address_box["y"]) == is_disk
    code = page.locator("[data-kb='list-code']").inner_text()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{3} ){3}[0-9A-HJKMNP-TV-Z]", code)
    spoken = code.lower().replace(" ", "-").replace("0", "o").replace("1", "l")
    other = visit(LIST)
    expect(status_of(other)).not_to_be_empty()
    other.locator("#lijst-code").fill(f" {spoken} ")
    other.locator("#lijst-code").press("Enter")
    expect(other.locator("[data-kb='list-items'] article")).to_have_count(3)
    assert hash_of(other) == "list=puinruimen,sos-groepscursus,mijn-kind-en-ik"


@pytest.mark.long
def test_a_wrong_code_is_explained(visit) -> None:
    page = visit(LIST)
    expect(status_of(page)).not_to_be_empty()
    for typed, told in (
        ("", "eerst"),
        ("5VE P1G", "teken"),
        ("5VE*P1G2", "*"),
        ("5VE P1G 0", "klopt niet"),
        ("UUU 1", "U"),
    ):
        page.locator("#lijst-code").fill(typed)
        page.locator("#lijst-code").press("Enter")
        expect(page.locator("[data-kb='code-line']")).to_contain_text(told)
        expect(page.locator("[data-kb='list-items'] article")).to_have_count(0)


@pytest.mark.long
def test_an_unknown_code_is_named_and_the_rest_is_shown(visit) -> None:
    page = visit(LIST)
    code = evaluate(
        page,
        "data => { const known = new Set(data.interventions.map(one => one.code)); return known.has('000') ? '001' : '000' }",
    )
    typed = page.evaluate(
        "code => Kennisbank.modules.get('choose/code').write(KENNISBANK_CHOICE.codes, ['5VE', code])", code
    )
    page.locator("#lijst-code").fill(typed)
    page.locator("#lijst-code").press("Enter")
    expect(page.locator("[data-kb='code-line']")).to_contain_text(code)
    expect(page.locator("[data-kb='list-items'] article")).to_have_count(1)


# --- the table -------------------------------------------------------------------------------------------


def column(page: Page, name: str) -> list[str]:
    """The texts of one column, of the rows in sight."""
    return page.evaluate(
        """name => { const table = document.querySelector("table[data-table='overview']")
             const at = [...table.tHead.rows[0].cells].findIndex(head => head.dataset.column === name)
             return [...table.tBodies[0].rows].filter(row => !row.hidden).map(row => row.cells[at])
               .map(cell => cell.hasAttribute('data-unknown') ? '' : cell.dataset.order || cell.innerText.trim()) }""",
        name,
    )


@pytest.mark.long
def test_the_table_sorts_by_every_column_with_the_keyboard(visit) -> None:
    page = visit(TABLE)
    heads = page.locator("th[data-column]")
    for at in range(heads.count()):
        head = heads.nth(at)
        head.locator("button").focus()
        page.keyboard.press("Enter")
        name = head.get_attribute("data-column")
        expect(page.locator("[aria-sort]")).to_have_count(1)
        first = head.get_attribute("aria-sort")
        assert first == ("descending" if at == 0 else "ascending")
        values = column(page, name)
        known = [value for value in values if value]
        assert values[: len(known)] == known, "what is unknown stands last"
        if all(re.fullmatch(r"[\d.]+", value) for value in known):
            assert known == sorted(known, key=float)
        page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", "ascending" if at == 0 else "descending")


@pytest.mark.long
@on_both
def test_sorting_is_in_the_address_and_in_the_history(visit) -> None:
    page = visit(TABLE)
    by_name = column(page, "name")
    page.locator("th[data-column='sessions'] button").click()
    assert hash_of(page) == "sort=sessions"
    sorted_up = column(page, "name")
    page.locator("th[data-column='sessions'] button").click()
    assert hash_of(page) == "sort=-sessions"
    page.go_back()
    expect(page.locator("th[data-column='sessions']")).to_have_attribute("aria-sort", "ascending")
    assert column(page, "name") == sorted_up
    page.go_back()
    expect(page.locator("th[data-column='name']")).to_have_attribute("aria-sort", "ascending")
    assert column(page, "name") == by_name
    assert column(visit(f"{TABLE}#sort=sessions"), "name") == sorted_up
    assert column(visit(f"{TABLE}#sort=bestaat-niet&x=y"), "name") == by_name


@pytest.mark.long
def test_the_filters_are_those_of_the_catalogue(visit) -> None:
    page = visit(f"{TABLE}#target_group=fathers,mothers&format=group")
    rows = page.locator("tr[data-intervention]:not([hidden])").evaluate_all(
        "rows => rows.map(row => row.dataset.intervention)"
    )
    page.locator("a[data-keep='hash']").click()
    expect(page.locator("input[name='target_group'][value='fathers']")).to_be_checked()
    cards = page.locator("article[data-id]:not([hidden])").evaluate_all("cards => cards.map(card => card.dataset.id)")
    assert sorted(cards) == sorted(rows)
    assert 0 < len(rows) < 75


@pytest.mark.long
def test_the_table_answers_the_same_text_as_the_catalogue(visit) -> None:
    page = visit(f"{TABLE}#q=vaders")
    line = page.locator("[data-kb='overview'] [role='status']")
    total = page.locator("tr[data-intervention]").count()
    expect(line).not_to_have_attribute("data-count", str(total))
    found = int(line.get_attribute("data-count"))
    other = visit(f"{CATALOGUE}#q=vaders")
    expect(other.locator("[data-kb='catalogue'] [role='status']").first).to_have_attribute("data-count", str(found))


# --- the transfer ----------------------------------------------------------------------------------------


def test_a_transfer_tells_what_goes_on_stops_and_is_new(visit) -> None:
    page = visit(TRANSFER)
    page.get_by_label("Van", exact=True).select_option("zwolle")
    page.get_by_label("Naar", exact=True).select_option("rotterdam")
    assert hash_of(page) == "from=zwolle&to=rotterdam"
    data = evaluate(page, "data => data")

    def here(place: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for entry in data["interventions"]:
            for offer in [] if entry.get("for_staff") else entry.get("offers", []):
                if offer["institution"] == place and entry["id"] not in found:
                    status = data["statuses"][offer["status"]]
                    sure = status.get("plain") and not offer.get("doubted") and not offer.get("inferred")
                    age = "old" if offer.get("stale") else "on"
                    found[entry["id"]] = "absent" if status["means"] == "absent" else age if sure else "perhaps"
        return found

    one, other = here("zwolle"), here("rotterdam")
    everywhere = {entry["id"] for entry in data["interventions"] if entry.get("everywhere") or entry.get("referred")}
    present = {name for name, means in one.items() if means != "absent"}
    expected = {
        "on": {name for name in present if other.get(name) == "on"},
        "old": {name for name in present if other.get(name) == "old"},
        "stops": {name for name in present if other.get(name) == "absent"},
        "unknown": {name for name in present if name not in other and name not in everywhere},
        "new": {name for name, means in other.items() if means != "absent" and name not in present},
    }
    shown = {
        group: set(
            page.locator(f"[data-list='{group}'] .kb-fit").evaluate_all("all => all.map(one => one.dataset.entry)")
        )
        for group in expected
    }
    assert shown == expected
    assert expected["old"]
    expect(page.locator("#lijst-old")).to_contain_text(re.compile(r"bronnen uit \d{4}.*: vraag het na"))
    expect(page.locator("[data-list='unknown'] .kb-instead").first).to_be_visible()
    for entry in page.locator("[data-kb='transfer'] .kb-fit").all_inner_texts():
        assert "Vraag het aan" in entry
    expect(page.locator("[data-kb='outcome']")).to_contain_text("halverwege")


@pytest.mark.parametrize(("who", "only"), [("men", "women"), ("women", "men")])
def test_a_transfer_shows_nobody_what_is_for_the_other_sex(who: str, only: str, visit) -> None:
    page = visit(f"{TRANSFER}#from=almelo&to=zwolle")
    entries = page.locator("[data-kb='transfer'] .kb-fit")
    expect(entries.first).to_be_visible()
    sexes = evaluate(
        page,
        """data => Object.fromEntries(data.interventions.map(({ id, sex, offers = [] }) => {
          const there = offers.find(offer => offer.institution === "zwolle");
          return [id, sex || (there && there.sex) || ""];
        }))""",
    )
    before = entries.evaluate_all("all => all.map(one => one.dataset.entry)")
    assert {"women", "men"} <= {sexes[name] for name in before}
    marked = page.locator(".kb-fit", has_text="Alleen voor").evaluate_all("all => all.map(one => one.dataset.entry)")
    assert sorted(marked) == sorted(name for name in before if sexes[name])
    page.get_by_label("Voor wie").select_option(who)
    assert hash_of(page) == f"from=almelo&to=zwolle&for={who}"
    after = entries.evaluate_all("all => all.map(one => one.dataset.entry)")
    assert sorted(after) == sorted(name for name in before if sexes[name] != only)
    page.go_back()
    expect(page.get_by_label("Voor wie")).to_have_value("")
    expect(entries).to_have_count(len(before))


@pytest.mark.parametrize(("place", "group"), [("rotterdam", "adults"), ("jji-teylingereind", "youth")])
def test_what_is_after_release_goes_by_the_age_of_the_place(place: str, group: str, visit) -> None:
    page = visit(f"{TRANSFER}#from=zwolle&to={place}")
    expect(page.locator("[data-kb='outcome']")).to_be_visible()
    shown = page.locator("[data-kb='after'] li:visible").evaluate_all("all => all.map(one => one.dataset.populations)")
    assert [populations for populations in shown if group not in populations.split()] == []
    expect(page.locator("[data-kb='after'] [data-kb='none']")).to_be_visible(visible=not shown)


@pytest.mark.long
@on_both
def test_a_transfer_is_in_the_address_and_in_the_history(visit) -> None:
    page = visit(f"{TRANSFER}#from=zwolle&to=rotterdam")
    expect(page.locator("[data-kb='outcome']")).to_be_visible()
    page.locator("[data-action='swap']").click()
    assert hash_of(page) == "from=rotterdam&to=zwolle"
    page.go_back()
    expect(page.locator("#van")).to_have_value("zwolle")
    other = visit(f"{TRANSFER}#from=zwolle&to=nergens&x=y")
    expect(other.locator("[data-kb='outcome']")).to_be_hidden()
    expect(other.locator("#van")).to_have_value("zwolle")
    same = visit(f"{TRANSFER}#from=zwolle&to=zwolle")
    expect(same.locator("[data-kb='outcome']")).to_be_hidden()


# --- every page ------------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_reads_without_javascript(kind: str, visit) -> None:
    page = visit(KINDS[kind], javascript=False)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main form:visible, main button:visible:not(.kb-sort, .md-top)")).to_have_count(0)
    assert page.locator("main a:visible").count() > 0
    assert len(page.locator("main").inner_text()) > 150
    if kind == "guide":
        assert page.locator("#niet-voor ~ details").count() > 5
    if kind == "table":
        assert page.locator("tr[data-intervention]:visible").count() > 50


@pytest.mark.parametrize(
    ("kind", "ways"),
    [
        # The others are looked at without my PI in test_pages.py.
        ("guide", WAYS[1:]),
        *(pytest.param(kind, WAYS[:1] if kind == "guide" else WAYS, marks=pytest.mark.long) for kind in FULL),
    ],
)
def test_axe_finds_nothing(kind: str, ways: tuple[tuple[int, str], ...], visit, axe) -> None:
    page = visit(FULL[kind])
    if kind in KINDS and kind != "table":
        expect(status_of(page)).not_to_be_empty()
    if kind in ("entry", "catalogue", "institution"):
        expect(page.locator("[data-kb='here']").first).to_be_attached()
    open_all_details(page)
    expect(page.locator(".kb-print:visible")).to_have_count(0)
    axe(page, ways=ways)


@pytest.mark.long
def test_a_task_goes_from_start_to_end_with_the_keyboard(visit) -> None:
    page = visit(GUIDE)
    answers(page)
    page.locator("select[name='place']").focus()
    page.keyboard.type("PI Rotterdam")
    page.keyboard.press("Tab")  # the unit
    page.keyboard.press("Tab")
    page.keyboard.type("6")
    for _ in range(4):  # the moment, the verdict, the language, a group or alone
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert hash_of(page) == "place=rotterdam&weeks=6&form=group"
    focused = []
    for _ in range(40):
        page.keyboard.press("Tab")
        focused.append(page.evaluate("document.activeElement.dataset.kb || document.activeElement.tagName"))
        if focused[-1] == "save":
            break
    assert focused[-1] == "save"
    page.keyboard.press("Enter")
    expect(page.locator("[data-kb='mine-list']")).to_be_visible()


@pytest.mark.long
@on_both
def test_the_self_scan_keeps_its_answers_in_this_browser_until_they_are_wiped(visit, go) -> None:
    scan = "background/self-scan.html"
    page = visit(scan)
    line = page.locator("[data-kb='scan-line']")
    expect(line).to_have_text("Nog niets ingevuld.")
    page.locator("textarea").first.fill("Puinruimen,\ntwee keer per jaar")
    page.locator("input[type='radio'][value='half']").first.check()
    expect(line).to_contain_text("2 van ")
    go(page, scan)
    expect(page.locator("textarea").first).to_have_value("Puinruimen,\ntwee keer per jaar")
    expect(page.locator("input[type='radio'][value='half']").first).to_be_checked()
    page.locator("[data-action='clear-scan']").click()
    expect(page.locator("textarea").first).to_have_value("")
    assert kept(page) == []
    page.locator("[data-action='undo-scan']").click()
    expect(line).to_contain_text("2 van ")
    go(page, "about/privacy.html")
    page.locator("[data-action='forget']").click()
    assert kept(page) == []
    go(page, scan)
    expect(line).to_have_text("Nog niets ingevuld.")


@pytest.mark.long
def test_the_self_scan_can_be_filled_and_printed_without_script(visit) -> None:
    page = visit("background/self-scan.html", javascript=False)
    expect(page.locator("h2#doen")).to_be_visible()
    page.locator("textarea").last.fill("In maart")
    page.locator(".kb-scan input[type='radio']").first.check()
    expect(page.locator("[data-action='print']")).to_be_hidden()
    assert all(box.get_attribute("name") for box in page.locator(".kb-scan :is(textarea, input)").all())


@pytest.mark.long
def test_what_is_to_be_printed_or_shared_says_so_at_the_top(visit: Callable[..., Page]) -> None:
    page = visit("choose/list.html#list=puinruimen,sos-groepscursus")
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    before = page.url
    page.get_by_role("button", name="Print", exact=True).click()
    expect(page).to_have_title("printed")
    expect(page.get_by_role("button", name="Print", exact=True)).to_be_in_viewport()
    page.get_by_role("button", name="Deel deze lijst").click()
    expect(page.locator("#delen")).to_be_focused()
    assert page.url == before
    page = visit("cards/uitleg-puinruimen.html")
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.get_by_role("button", name="Print", exact=True).click()
    expect(page).to_have_title("printed")
