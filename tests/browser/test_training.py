"""Session plans in a browser: counts, paper that can be read standing, the list with its filters in the address."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kennisbank import model
from kennisbank.views import kit
from tests.helpers import on_both, some_or_all, tell_all

PLAN = "trainings/buddy-begeleiden.html"
# The part of an A4 that holds text, in CSS pixels: core/print.css, @page.
WIDTH, HEIGHT = 695, 1031
SMALLEST = 14  # px: 10.5 pt
PHONES = (360, 320)
# Of the plan on paper: blocks that are too high or may be cut, text that is too small, cards that do not hold their
# text, answers that stand before what they answer.
LOOK = """([height, smallest]) => {
  const faults = []
  for (const block of document.querySelectorAll(".kb-block")) {
    if (block.getBoundingClientRect().height > height) faults.push(block.dataset.block + ": higher than a sheet")
    if (getComputedStyle(block).breakInside !== "avoid") faults.push(block.dataset.block + ": may be cut")
  }
  const words = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
  for (let text = words.nextNode(); text; text = words.nextNode()) {
    const box = text.parentElement
    if (!text.data.trim() || !box.checkVisibility() || box.closest(".kb-unseen, .kb-cite")) continue
    if (parseFloat(getComputedStyle(box).fontSize) < smallest) faults.push("small: " + text.data.trim().slice(0, 30))
  }
  const key = document.querySelector(".kb-sheet--key")
  const titles = Array.from(key.querySelectorAll("h3"), title => title.textContent).filter(title => title !== "Praat erover")
  if (new Set(titles).size < titles.length) faults.push("the key tells of a sheet twice")
  for (const table of key.querySelectorAll("table")) {
    const next = table.parentElement.nextElementSibling
    if (next && next.tagName !== "H3") faults.push("behind its answers stands " + next.textContent.slice(0, 30))
  }
  for (const card of document.querySelectorAll(".kb-cut__card")) {
    if (card.scrollHeight > card.clientHeight + 1 || card.scrollWidth > card.clientWidth + 1) faults.push("too full: " + card.innerText.slice(0, 60))
  }
  const first = document.querySelector("[data-part='overview']")
  if (first.getBoundingClientRect().bottom > height) faults.push("the first sheet runs over")
  return faults
}"""


@some_or_all
def test_every_plan_can_be_read_standing_and_on_a_phone(
    stride: int, browser_page: Callable[..., Page], file_url: str, kb: model.KnowledgeBase
) -> None:
    page, faults = browser_page(), []
    for plan in [*kb.trainings.values()][::stride]:
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        page.emulate_media(media="print")
        page.goto(f"{file_url}trainings/{plan.id}.html")
        faults += [f"{plan.id}: {fault}" for fault in page.evaluate(LOOK, [HEIGHT, SMALLEST])]
        page.emulate_media(media="screen")
        for width in PHONES:
            page.set_viewport_size({"width": width, "height": 640})
            over = page.evaluate("document.documentElement.scrollWidth") - width
            faults += [f"{plan.id}: {over} px too wide at {width}"] if over > 0 else []
        steps = page.locator("#short ~ ol.kb-script > li").count()
        wanted = len(plan.short.steps) if plan.short else 0
        faults += [f"{plan.id}: {steps} of {wanted} steps in twenty minutes"] if steps != wanted else []
    assert kb.trainings
    tell_all(faults)


def count_sheets(page: Page) -> int:
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.long
def test_a_kit_for_twelve_has_the_right_number_of_sheets(visit: Callable[..., Page], kb: model.KnowledgeBase) -> None:
    page = visit(PLAN)
    plan = kb.trainings["buddy-begeleiden"]
    for people in kit.GROUPS:
        page.get_by_label("Hoeveel deelnemers?").fill(str(people))
        rows = page.locator("table[data-table='kit'] tr[data-amounts]")
        shown = [row.locator("td").last.inner_text() for row in rows.all()]
        reckoned = [row.locator(f"td[data-for='{people}']").text_content() for row in rows.all()]
        assert shown == reckoned
    page.get_by_label("Wat print je?").select_option("sheets")
    sheets = sum(sheet["a4"] for sheet in kit.show_kit(kb, plan)["sheets"])
    assert count_sheets(page) == sheets
    page.get_by_label("Elk blad zo vaak als nodig").check()
    wanted = sum(sheet["a4"] * sheet["counts"][kit.GROUPS.index(12)] for sheet in kit.show_kit(kb, plan)["sheets"])
    expect(page.locator("[data-kb='kit-total']")).to_contain_text(f"{wanted} vellen")
    assert count_sheets(page) == wanted
    page.get_by_label("Wat print je?").select_option("page")
    assert count_sheets(page) == 1


@pytest.mark.long
@on_both
def test_the_list_keeps_its_filters_in_the_address(visit: Callable[..., Page], kb: model.KnowledgeBase) -> None:
    page = visit("trainings/index.html#audience=managers&nonsense=1&length=never")
    cards = page.locator("article[data-training]:visible")
    managers = [plan for plan in kb.trainings.values() if "managers" in plan.audience and plan.status == "published"]
    expect(cards).to_have_count(len(managers))
    expect(page.locator("main [role='status']").first).to_have_attribute("data-count", str(len(managers)))
    page.locator("input[name='complexity'][value='c2']").check()
    assert "audience=managers&complexity=c2" in page.url
    expect(cards).to_have_count(sum(plan.complexity == "c2" for plan in managers))
    page.go_back()
    expect(cards).to_have_count(len(managers))
    # The cards stay where they are: only a text puts them in another order.
    page.evaluate("""() => {
      window.moved = 0
      const watch = new MutationObserver(found => { window.moved += found.length })
      watch.observe(document.querySelector("[data-kb='cards']"), { childList: true })
    }""")
    page.get_by_role("button", name="Wis alles").click()
    expect(cards).to_have_count(len([plan for plan in kb.trainings.values() if plan.status == "published"]))
    assert page.evaluate("window.moved") == 0
    # Of the filters nothing lies below the edge of a box, however many are open.
    page.set_viewport_size({"width": 1280, "height": 720})
    page.evaluate("for (const facet of document.querySelectorAll('details[data-facet]')) facet.open = true")
    form = page.locator("form.kb-filters")
    assert form.evaluate("form => form.scrollHeight <= form.clientHeight + 1")
    heads = form.locator("details[data-facet] > summary")
    assert form.evaluate("form => getComputedStyle(form).position") == "static" and heads.count() > 5


def test_the_list_is_searched_by_words(visit: Callable[..., Page], kb: model.KnowledgeBase) -> None:
    page = visit("trainings/index.html#q=huis%20van%20bewaring")
    cards = page.locator("article[data-training]:visible")
    open_case = [plan for plan in kb.trainings.values() if plan.open_case and plan.status == "published"]
    expect(cards).to_have_count(len(open_case))
    line = page.locator("main [role='status']").first
    # A session that only says the word in its text is found, and says so.
    page.locator("input[name='q']").fill("schaamte")
    expect(line).to_contain_text("best passende eerst")
    expect(cards.first.locator("[data-kb='inside']")).to_contain_text("schaamte")
    page.locator("input[name='q']").fill("xqzzv")
    expect(line).to_contain_text("Probeer een ander of korter woord")
    page.locator("input[name='complexity'][value='c2']").check()
    expect(line).to_contain_text("Haal een filter weg")


def minutes_of(plan: model.Training) -> list[int]:
    """How long a session may take: as it stands, and shorter or longer."""
    return [plan.minutes, *(variation.minutes for variation in plan.variations if variation.minutes)]


def test_from_the_guide_and_an_institution_one_sees_which_sessions_fit(
    visit: Callable[..., Page], kb: model.KnowledgeBase
) -> None:
    page = visit("choose/index.html#dutch=some")
    page.get_by_label("Groepsgrootte").select_option("6-to-8-people")
    page.get_by_role("link", name="Toon de sessies").click()
    expect(page.locator("input[name='dutch']:checked")).to_have_count(2)
    expect(page.locator("input[name='audience'][value='detained']")).to_be_checked()
    expect(page.locator("input[name='group'][value='6-to-8-people']")).to_be_checked()
    page = visit("institutions/zwolle.html")
    page.get_by_label("Voor wie").select_option("staff")
    page.get_by_label("Minuten").select_option("up-to-90-minutes")
    room = {"work-tables", "open-floor"}
    for need in room:
        page.get_by_label(kb.term("room_need", need).label).check()
    page.get_by_role("link", name="Toon de sessies").click()
    expect(page.locator("h1")).to_have_text("Trainingen")
    fitting = [
        plan
        for plan in kb.trainings.values()
        if plan.status == "published"
        and "staff" in plan.audience
        and any(minutes <= 90 for minutes in minutes_of(plan))
        and set(plan.room) <= room
    ]
    assert fitting
    expect(page.locator("article[data-training]:visible")).to_have_count(len(fitting))
    page.go_back()
    page.get_by_label("Voor wie").select_option("")
    assert "audience" not in (page.get_by_role("link", name="Toon de sessies").get_attribute("href") or "")


def test_without_script_the_question_is_a_link_to_the_list(visit: Callable[..., Page]) -> None:
    page = visit("institutions/zwolle.html", javascript=False)
    expect(page.get_by_label("Groepsgrootte")).to_be_hidden()
    page.get_by_role("link", name="Toon de sessies").click()
    expect(page.locator("h1")).to_have_text("Trainingen")


def test_an_entry_says_what_its_sessions_need(visit: Callable[..., Page], kb: model.KnowledgeBase) -> None:
    plan = kb.trainings["grijs-gebied"]
    page = visit(f"interventions/{plan.interventions[0]}.html", javascript=False)
    line = page.locator("#trainingen + details li", has_text=plan.title)
    expect(line).to_contain_text(f"{plan.minutes} minuten")
    for need in plan.room:
        expect(line).to_contain_text(kb.term("room_need", need).label, ignore_case=True)


@pytest.mark.long
def test_ten_men_in_remand_who_speak_little_dutch(visit: Callable[..., Page], kb: model.KnowledgeBase) -> None:
    """Ninety minutes: from the home page to a printed kit in nine actions."""
    page = visit("index.html")
    page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    page.get_by_role("link", name=re.compile("sessies om te geven")).click()
    for facet, term in (("length", "up-to-90-minutes"), ("group", "9-to-10-people"), ("audience", "detained")):
        page.locator(f"input[name='{facet}'][value='{term}']").check()
    page.locator("input[name='dutch'][value='few-words']").check()
    card = page.locator("article[data-training]:visible", has_text="Kan ook als de zaak nog loopt").first
    plan = kb.trainings[card.get_attribute("data-training") or ""]
    assert plan.open_case and plan.minutes <= 90 and "detained" in plan.audience
    card.locator("h3 a").click()
    page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    page.get_by_label("Hoeveel deelnemers?").fill("10")
    page.get_by_label("Elk blad zo vaak als nodig").check()
    page.get_by_role("button", name="Print", exact=True).click()
    sheet = kit.show_kit(kb, plan)["sheets"][0]
    copies = kit.count(kb, [plan.handouts[0].copies], True, 10)
    expect(page.locator(f"section[data-sheet='{sheet['id']}']")).to_have_count(copies)
