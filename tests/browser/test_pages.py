"""Every kind of page in a real browser: accessible, inside its width, without script, from disk, and on paper."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from kennisbank import model
from kennisbank.views.leaflet import has_leaflet
from kennisbank.views.menu import audiences
from tests.browser.axe import COLOUR, WAYS, find_faults, find_violations, look_at, open_all_details
from tests.browser.trees import find_english, find_tree_faults, names_of
from tests.helpers import on_both, some_or_all, tell_all, words

# One page of each kind; choosing, the catalogue and the search have tests of their own.
KINDS = {
    "home": "index.html",
    "catalogue": "interventions/index.html",
    "entry": "interventions/puinruimen.html",
    "foreign entry": "interventions/sing-sing-rta.html",
    "category": "categories/herstelgerichte-cursus.html",
    "categories": "categories/index.html",
    "institution": "institutions/zwolle.html",
    "institutions": "institutions/index.html",
    "matrix": "institutions/matrix.html",
    "white spots": "institutions/gaps.html",
    "menu card": "cards/zwolle.html",
    "audience card": "cards/voor-fathers.html",
    "guide": "choose/index.html",
    "roles": "choose/roles.html",
    "organisation": "organisations/humanitas.html",
    "organisations": "organisations/index.html",
    "trainings": "trainings/index.html",
    "training": "trainings/grijs-gebied.html",
    "builder": "trainings/builder.html",
    "decks": "trainings/cards.html",
    "self-test": "trainings/self-test.html",
    "tour": "trainings/guide.html",
    "background": "background/peer-support.html",
    "self-scan": "background/self-scan.html",
    "sources": "sources.html",
    "glossary": "glossary.html",
    "about": "about/index.html",
    "figures": "about/figures.html",
    "privacy": "about/privacy.html",
    "data quality": "about/data-quality.html",
    "downloads": "downloads.html",
    "editors": "editors/index.html",
    "proposal": "editors/propose.html#kind=organisations&id=exodus",
    "control sheets": "editors/control/index.html",
    "control sheet": "editors/control/zwolle.html",
    "sheet on screen": "editors/control/enter.html#institution=zwolle",
}


# Where a reader arrives most; looked at in the two other ways and from a server as well.
CENTRAL = ("home", "entry", "category", "institution")
# Of these what a screen reader is given is compared with the tree that is kept (trees.py).
TREES = (
    *CENTRAL,
    "catalogue",
    "matrix",
    "institutions",
    "training",
    "builder",
    "proposal",
    "sheet on screen",
    "guide",
)


# The names of links that lead to more than two places: a term may lead to its meaning and to a filter.
ONE_NAME = """() => {
  const places = new Map();
  for (const link of document.querySelectorAll("main a[href]")) {
    if (!link.checkVisibility() || link.closest("svg")) continue;
    const name = (link.getAttribute("aria-label") || link.textContent).trim().replace(/\\s+/g, " ");
    places.set(name, (places.get(name) || new Set()).add(link.href));
  }
  return [...places].filter(([name, links]) => links.size > 2).map(([name]) => name);
}"""


# Of the other kinds each run looks at the narrow one without its colours, `make weekly` at all.
NARROW = WAYS[1:]
# Made of the same parts as one of the others: for `make weekly`.
LIKE_ANOTHER = (
    "about",
    "background",
    "data quality",
    "foreign entry",
    "glossary",
    "organisation",
    "trainings",
    "categories",
    "organisations",
    "audience card",
    "roles",
    "decks",
    "tour",
    "sources",
    "privacy",
    "editors",
    "control sheets",
)


@pytest.mark.parametrize(
    ("kind", "ways", "without"),
    [
        *((kind, WAYS, ()) for kind in CENTRAL),
        *((kind, NARROW, COLOUR) for kind in KINDS if kind not in (*CENTRAL, *LIKE_ANOTHER)),
        *(pytest.param(kind, WAYS, (), marks=pytest.mark.long) for kind in KINDS if kind not in CENTRAL),
    ],
)
def test_a_page_is_in_order(
    kind: str,
    ways: tuple[tuple[int, str], ...],
    without: tuple[str, ...],
    browser_page: Callable[..., Page],
    base_url: str,
    file_url: str,
    kb: model.KnowledgeBase,
) -> None:
    """From disk, and where most arrive also from a server. The fixture adds other hosts, scripts that throw, and cookies."""
    page = browser_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(f"console: {message.text}") if message.type == "error" else None)
    # Aborted is what was under way when the next page was asked for, such as the picture on the tab.
    page.on(
        "requestfailed", lambda request: "ABORTED" in request.failure or faults.append(f"not loaded: {request.url}")
    )
    for host in (base_url, file_url) if kind in CENTRAL else (file_url,):
        page.goto(host + KINDS[kind])
        if page.locator("h1:visible").count() != 1:
            faults.append(f"{page.url}: no heading in sight")
    if kind in TREES:
        snapshot = page.locator("body").aria_snapshot()
        faults += find_tree_faults(kind, snapshot)
        faults += [f"English is read out: {line}" for line in find_english(snapshot, names_of(kb))]
    open_all_details(page)
    faults += [f"for paper only: {text}" for text in page.locator(".kb-print:visible").all_text_contents()]
    faults += [f"one name for many places: {name}" for name in page.evaluate(ONE_NAME)]
    faults += find_faults(page, ways=ways, without=without)
    assert browser_page.recorder.all
    tell_all(faults)


@pytest.mark.long
@pytest.mark.parametrize("kind", CENTRAL)
def test_the_colours_hold_the_other_way_round_too(kind: str, visit: Callable[..., Page]) -> None:
    page = visit(KINDS[kind])
    open_all_details(page)
    faults = []
    for width, scheme in ((320, "light"), (1280, "dark")):
        look_at(page, width, scheme)
        faults += [f"{width} {scheme}: {line}" for line in find_violations(page, rules=COLOUR)]
    tell_all(faults)


@some_or_all
def test_every_kind_of_page_reads_without_script(stride: int, browser_page: Callable[..., Page], file_url: str) -> None:
    page, faults = browser_page(javascript=False), []
    for kind, url in [*KINDS.items()][::stride]:
        page.goto(file_url + url)
        faults += [f"{kind}: {fault}" for fault in find_faults_without_script(page)]
    tell_all(faults)


def find_faults_without_script(page: Page) -> Iterator[str]:
    """What is wrong with a page when scripts are off."""
    if not page.locator("h1").first.is_visible():
        yield "no heading in sight"
    if len(page.locator("main").inner_text()) <= 200:
        yield "hardly any text"
    for element in page.locator(".kb-js-only:visible").all():
        yield f"shows {element.evaluate('element => element.outerHTML.slice(0, 80)')}"


@pytest.mark.long
def test_some_pages_have_what_needs_a_script(browser_page: Callable[..., Page], file_url: str) -> None:
    """Otherwise nothing with that class is ever found in sight."""
    page = browser_page()
    for kind in ("home", "matrix", "institutions"):
        page.goto(file_url + KINDS[kind])
        expect(page.locator(".kb-js-only:visible").first).to_be_visible()


@pytest.mark.long
def test_without_script_the_whole_catalogue_can_be_read(visit: Callable[..., Page], kb: model.KnowledgeBase) -> None:
    page = visit("interventions/index.html", javascript=False)
    published = [item for item in kb.interventions.values() if item.status == "published"]
    expect(page.locator("article[data-id]:visible")).to_have_count(len(published))
    expect(page.locator(".kb-letters")).to_be_visible()
    expect(page.locator('input[name="q"]')).to_be_hidden()


@pytest.mark.long
def test_a_way_to_a_folded_list_opens_it(visit: Callable[..., Page]) -> None:
    page = visit("institutions/gaps.html")
    group = page.locator("#gemist-arnhem")
    group.locator("summary").click()
    group.locator("a[href$='#onbekend-lijst']").click()
    expect(page.locator("#onbekend-lijst")).to_be_visible()


def test_on_a_telephone_no_download_is_cut_off(visit: Callable[..., Page]) -> None:
    page = visit("downloads.html", width=360)
    files = page.locator("main td a[download]")
    assert files.count() > 20
    assert files.evaluate_all("all => all.every(one => one.getBoundingClientRect().right <= innerWidth)")


def test_from_the_home_page_an_institution_is_one_choice_away(visit: Callable[..., Page]) -> None:
    page = visit("index.html")
    page.get_by_text("Kies je inrichting").click()
    page.get_by_role("link", name="PI Zwolle", exact=True).click()
    expect(page.locator("h1")).to_have_text("PI Zwolle")
    expect(page.locator(".kb-runs")).to_be_visible()


SCROLLS = "e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1"


@pytest.mark.parametrize("javascript", [True, pytest.param(False, marks=pytest.mark.long)], ids=["script", "no script"])
def test_every_choice_of_an_open_list_is_in_sight_or_further_down(
    javascript: bool, visit: Callable[..., Page], kb: model.KnowledgeBase
) -> None:
    page = visit("index.html", javascript=javascript)
    page.locator(".kb-door summary", has_text="Kies je inrichting").click()
    assert page.locator(".kb-door .kb-pick").count() == 1
    links = page.locator(".kb-door .kb-pick a")
    names = links.all_inner_texts()
    assert sorted(names) == sorted(item.name for item in kb.institutions.values() if item.status == "published")
    assert names == sorted(names, key=str.casefold)
    faults = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        card = page.locator(".kb-door", has=page.locator(".kb-pick")).bounding_box()
        for name, box in zip(names, [link.bounding_box() for link in links.all()], strict=True):
            inside = card["x"] <= box["x"] and box["x"] + box["width"] <= card["x"] + card["width"]
            inside &= card["y"] <= box["y"] and box["y"] + box["height"] <= card["y"] + card["height"]
            faults += [] if inside else [f"{width}: {name} sticks out"]
        # Nothing in between scrolls by itself, so the page is all that has to.
        inner = page.locator(".kb-door .kb-pick, .kb-door .kb-pick ul").all() if javascript else []
        faults += [f"{width}: a list that scrolls" for element in inner if element.evaluate(SCROLLS)]
    tell_all(faults)


def test_the_skip_link_is_the_first_stop(visit: Callable[..., Page]) -> None:
    page = visit(KINDS["entry"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href') || ''").startswith("#")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#hoofddeel"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "past the header and the tabs"


# What Tab stops at; of a group of radio buttons only the one that is chosen.
STOPS = "a[href], button, input, select, textarea, summary, [tabindex='0']"
# On every stop: remember it, and whether its focus can be seen; of a card that is a link the mark is its ::after.
WATCH_FOCUS = """selector => {
  const isStop = element => element.checkVisibility({visibilityProperty: true}) && element.tabIndex >= 0 && !element.disabled
    && (element.type !== "radio" || element.checked)
  const isMarked = style => style.outlineStyle !== "none" || style.boxShadow !== "none"
  window.stops = new Set([...document.querySelectorAll(selector)].filter(isStop))
  window.reached = new Set()
  window.unseen = new Set()
  addEventListener("focusin", ({ target }) => {
    reached.add(target)
    if (!isMarked(getComputedStyle(target)) && !isMarked(getComputedStyle(target, "::after"))) unseen.add(target)
  })
  return stops.size
}"""
TELL_FOCUS = """() => {
  const name = element => element.outerHTML.slice(0, 100)
  return { missed: [...stops].filter(stop => !reached.has(stop)).map(name), unseen: [...unseen].map(name) }
}"""


@pytest.mark.parametrize(
    "kind",
    [
        "entry",
        *(pytest.param(kind, marks=pytest.mark.long) for kind in ("catalogue", "institution", "training", "matrix")),
    ],
)
def test_a_keyboard_reaches_everything_and_the_focus_can_be_seen(kind: str, visit: Callable[..., Page]) -> None:
    page = visit(KINDS[kind])
    stops = page.evaluate(WATCH_FOCUS, STOPS)
    assert stops > 20
    for _ in range(stops + 5):
        page.keyboard.press("Tab")
    found = page.evaluate(TELL_FOCUS)
    tell_all([*(f"missed: {stop}" for stop in found["missed"]), *(f"unseen: {stop}" for stop in found["unseen"])])


# Each stands on at least one of the pages below.
NOT_ON_PAPER = (".md-header", ".md-footer", ".kb-bar", ".kb-screen", ".md-sidebar")


def test_on_paper_only_the_content_remains(browser_page: Callable[..., Page], file_url: str) -> None:
    page, faults, met = browser_page(), [], set()
    for kind in ("institution", "menu card", "entry", "training"):
        page.emulate_media(media="screen")
        page.goto(file_url + KINDS[kind])
        met |= {name for name in NOT_ON_PAPER if page.locator(f"{name}:visible").count()}
        page.emulate_media(media="print")
        faults += [f"{kind}: {name} is printed" for name in NOT_ON_PAPER if page.locator(f"{name}:visible").count()]
        faults += [] if page.locator("h1").is_visible() else [f"{kind}: the heading is not printed"]
    tell_all([*faults, *(f"{name} stands on none of these pages" for name in NOT_ON_PAPER if name not in met)])


def count_sheets(page: Page) -> int:
    """How many A4 sheets the page takes on paper."""
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


# Of the sheets of a kind this many are printed: those that hold most, because the others take no more paper. Of posters
# `make weekly` prints all, because on paper they hold only a part.
FULLEST = 3


@pytest.mark.parametrize("most", [FULLEST, pytest.param(None, marks=pytest.mark.long)], ids=["fullest", "all"])
def test_every_sheet_keeps_to_its_number_of_pages(
    most: int | None,
    browser_page: Callable[..., Page],
    file_url: str,
    kb: model.KnowledgeBase,
    read_page: Callable[[str], str],
) -> None:
    """A card for the wall takes one, whether of a place or for a group, and a sheet for the person; a control sheet two."""
    page, faults = browser_page(), []
    places = list(kb.institutions)
    posters = [f"voor-{group}" for group in audiences(kb)]
    leaflets = [f"uitleg-{item.id}" for item in kb.interventions.values() if has_leaflet(kb, item)]
    for folder, names, number in (
        ("cards", places, 1),
        ("cards", posters, 1),
        ("cards", leaflets, 1),
        ("editors/control", places, 2),
    ):
        urls = [f"{folder}/{name}.html" for name in names]
        fullest = sorted(urls, key=lambda url: -len(words(read_page(url).partition("<article")[2])))[:most]
        faults += find_sheets_over(page, file_url, fullest, number)
    tell_all(faults)


def find_sheets_over(page: Page, host: str, urls: list[str], number: int) -> Iterator[str]:
    """The pages that take more paper than meant, or none."""
    for url in urls:
        page.goto(host + url)
        if not 1 <= (sheets := count_sheets(page)) <= number:
            yield f"{url} takes {sheets} sheets, at most {number} are meant"


@on_both
def test_the_matrix_keeps_its_filter_in_the_address(visit: Callable[..., Page]) -> None:
    page = visit("institutions/matrix.html#population=youth&category=nonsense&weird=1")
    rows = page.locator('table[data-table="matrix"] tbody tr:visible')
    youth = rows.count()
    assert 0 < youth < page.locator('table[data-table="matrix"] tbody tr').count()
    page.get_by_label("Thema").select_option("herstelgerichte-cursus")
    assert "category=herstelgerichte-cursus" in page.url
    page.go_back()
    expect(rows).to_have_count(youth)


@on_both
def test_the_map_shows_where_one_intervention_is(visit: Callable[..., Page]) -> None:
    page = visit("institutions/index.html#intervention=dapper")
    shown = page.locator(".kb-dot:not(.kb-dot--off)")
    assert sorted(dot.get_attribute("data-institution") for dot in shown.all()) == [
        "jji-teylingereind",
        "rjji-de-hartelborgt",
        "rjji-den-hey-acker",
    ]


@on_both
def test_what_the_browser_remembers_can_be_wiped(visit: Callable[..., Page]) -> None:
    page = visit("about/privacy.html")
    page.evaluate("localStorage.setItem('kennisbank.my-pi', 'zwolle')")
    page.get_by_role("button", name="Wis wat deze browser onthoudt").click()
    assert page.evaluate("localStorage.length") == 0
    expect(page.locator('[data-kb="forgotten"]')).not_to_be_empty()
