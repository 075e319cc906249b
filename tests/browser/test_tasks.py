"""The tasks of the contract in Chromium, Firefox and WebKit, from a server and from the disk: `make test BROWSERS=all`.

What each page does in detail is tested in Chromium alone, in the files beside this one; here is looked whether another
browser does the same.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Playwright

from kennisbank import model
from kennisbank.views import builder, kit
from tests.browser import engines
from tests.browser.engines import Reader, until
from tests.helpers import serve_folder, tell_all

HOSTS = ("file", "http")
PLAN = "buddy-begeleiden"
NARROW = 320
# Each kind of page that has something wide.
WIDE = (
    "interventions/index.html",
    "interventions/puinruimen.html",
    "institutions/zwolle.html",
    "institutions/matrix.html",
    "institutions/transfer.html#from=zwolle&to=rotterdam",
    "choose/index.html#place=rotterdam&weeks=6",
    "choose/table.html",
    "choose/compare.html#ids=puinruimen,dapper,mijn-kind-en-ik",
    "cards/zwolle.html",
    "trainings/builder.html#plan=" + PLAN,
    "editors/propose.html#kind=interventions&id=puinruimen",
    "about/figures.html",
)


@pytest.fixture(scope="module")
def watched(site_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with a script that writes down what no page may do, and a page that shows another in a narrow frame."""
    folder = engines.watch(site_dir, tmp_path_factory.mktemp("watched") / "site")
    (folder / "narrow.html").write_text(f'<iframe width="{NARROW}" height="700"></iframe>', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def hosts(watched: Path) -> Iterator[dict[str, str]]:
    """The addresses of that site, from the disk and from a server."""
    with serve_folder(watched) as url:
        yield {"file": watched.as_uri() + "/", "http": url}


@pytest.fixture(scope="module")
def opened(
    request: pytest.FixtureRequest, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reader]:
    """A reader in the browser of this test. The next test has the same one: to start Firefox takes five seconds."""
    if reason := engines.why_not(request.param):
        assert not ("CI" in os.environ and request.param in engines.wanted()), reason
        pytest.skip(reason)
    with engines.open_reader(request.param, playwright, tmp_path_factory.mktemp(request.param)) as reader:
        yield reader


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test in every browser, and from both hosts."""
    if "site" in metafunc.fixturenames:
        every = [pytest.param(name, host, id=f"{name}-{host}") for name in engines.NAMES for host in HOSTS]
        # The files beside this one look at Chromium from a server; twice is for a run in all three.
        pairs = every if os.environ.get("BROWSERS") else [one for one in every if one.id != "chromium-http"]
        metafunc.parametrize(("opened", "host"), pairs, indirect=["opened"], scope="module")


@pytest.fixture
def site(host: str, hosts: dict[str, str]) -> str:
    """The address of the site, with a slash at the end."""
    return hosts[host]


@pytest.fixture
def reader(opened: Reader, site: str) -> Iterator[Reader]:
    """A reader whose browser keeps nothing of ours. Whatever no page may do makes the test fail at its end."""
    opened.faults.clear()
    yield opened
    opened.note()
    faults = list(opened.faults)
    opened.go(site + "about/privacy.html")
    opened.click("[data-action='forget']")
    if kept := opened.run("() => Object.keys(localStorage).filter(name => name.startsWith('kennisbank.'))"):
        faults.append(f"kept after wiping: {kept}")
    tell_all(faults)


def wait(reader: Reader, script: str, *values: Any) -> Any:
    """What a function answers on the page, once that is something."""
    return until(lambda: reader.run(script, *values), f"{script} {values}")


def step(reader: Reader, by: int) -> None:
    """Back or forward in the history; after the answer, else what is asked again when a page goes would step twice."""
    reader.run("by => void setTimeout(() => history.go(by))", by)


def text_of(reader: Reader, selector: str) -> str:
    """The text of the first match, once it is there and has some."""
    return wait(reader, "selector => document.querySelector(selector)?.textContent.trim()", selector)


def count(reader: Reader, selector: str) -> int:
    """How many match, hidden or not."""
    return reader.run("selector => document.querySelectorAll(selector).length", selector)


def wait_for(reader: Reader, selector: str, number: int = 1) -> None:
    """Wait until as many match as that."""
    until(lambda: count(reader, selector) == number, f"{number} times {selector}, {count(reader, selector)} are there")


def hash_of(reader: Reader) -> str:
    return reader.run("() => location.hash")


def tab_to(reader: Reader, selector: str) -> None:
    """Press Tab until the focus is on what the selector names."""
    for _ in range(200):
        reader.press("Tab")
        if reader.run("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


def wait_for_title(reader: Reader, title: str) -> None:
    wait(reader, "title => document.querySelector('h1')?.textContent.trim() === title", title)


def search(reader: Reader, text: str) -> None:
    """Open what the search finds first, with the keys, from the field in the header."""
    reader.type("#kb-header-search", text)
    until(lambda: text in (reader.run(FIRST_ANSWER) or ""), f"{text} as first answer")
    reader.press("ArrowDown", "Enter")
    wait_for_title(reader, text)


FIRST_ANSWER = "() => document.querySelector('#kb-header-search-list [role=option]')?.textContent.trim()"

# ---------------------------------------------------------------- finding


def test_the_catalogue_is_narrowed_and_its_address_gives_the_same(reader: Reader, site: str) -> None:
    shown = "() => Array.from(document.querySelectorAll('article[data-id]:not([hidden])'), card => card.dataset.id)"
    reader.go(site + "interventions/index.html")
    everything = reader.run(shown)
    if not reader.run("() => document.querySelector('[data-facet=target_group]').open"):
        reader.click("[data-facet='target_group'] > summary")
    reader.click("input[name='target_group'][value='fathers']")
    wait(reader, "() => location.hash === '#target_group=fathers'")
    fathers = reader.run(shown)
    assert 0 < len(fathers) < len(everything)
    reader.type("input[name='q']", "groep")
    wait(reader, "() => location.hash === '#q=groep&target_group=fathers'")
    both = reader.run(shown)
    assert set(both) < set(fathers)
    address = hash_of(reader)
    step(reader, -1)
    until(lambda: reader.run(shown) == everything, "back to all entries")
    step(reader, 1)
    until(lambda: reader.run(shown) == both, "forward to what was chosen")
    reader.go(site + "interventions/index.html" + address)
    until(lambda: reader.run(shown) == both, "the same list by its address")


def test_a_page_is_found_with_the_keys(reader: Reader, site: str) -> None:
    reader.go(site + "about/index.html")
    search(reader, "Mijn Kind en Ik")


def test_from_home_to_what_runs_in_an_institution(reader: Reader, site: str, kb: model.KnowledgeBase) -> None:
    reader.go(site + "index.html")
    reader.click(".kb-door summary:has(+ .kb-pick), .kb-door .kb-pick > summary")
    reader.click(".kb-door a[href='institutions/zwolle.html']")
    wait_for_title(reader, "PI Zwolle")
    wait_for(reader, "table[data-table='offers'] tbody tr[data-intervention]", len(kb.offers_at["zwolle"]))
    reader.click("[data-kb='pi-here']")
    wait(reader, "() => document.querySelector('[data-kb=mine-pi] a')?.textContent === 'PI Zwolle'")
    reader.go(site + "interventions/puinruimen.html")
    wait_for(reader, "[data-kb='choice'] [data-here='here']")


def test_my_list_is_there_by_search_by_address_and_back(reader: Reader, site: str) -> None:
    entries = "[data-kb='list-items'] article"
    pressed = "[data-kb='choice'] [data-kb='save'][aria-pressed='true']"
    reader.go(site + "interventions/puinruimen.html")
    reader.click("[data-kb='choice'] [data-kb='save']")
    search(reader, "SOS-groepscursus")
    reader.click("[data-kb='choice'] [data-kb='save']")
    search(reader, "Mijn lijst")
    wait_for(reader, entries, 2)
    reader.go(site + "choose/list.html")
    wait_for(reader, entries, 2)
    reader.go(site + "interventions/lef-hebben.html")
    reader.click("[data-kb='choice'] [data-kb='save']")
    reader.go(site + "interventions/puinruimen.html")
    step(reader, -1)
    wait_for_title(reader, "Lef Hebben")
    wait_for(reader, pressed)
    wait(reader, "() => document.querySelector('[data-kb=mine-list] a').textContent.includes('3')")


# ---------------------------------------------------------------- choosing


def test_the_guide_answers_and_its_address_gives_the_same(reader: Reader, site: str) -> None:
    outcome = "() => { const line = document.querySelector('[data-kb=guide] [role=status]'); return line.dataset.fits && { ...line.dataset } }"
    first = "() => document.querySelector('[data-outcome] article[data-id]')?.dataset.id"
    reader.go(site + "choose/index.html")
    reader.choose("select[name='place']", "rotterdam")
    reader.type("input[name='weeks']", "6")
    reader.click("input[name='form'][value='group']")
    wait(reader, "() => location.hash === '#place=rotterdam&weeks=6&form=group'")
    found = wait(reader, outcome), wait(reader, first)
    assert all(int(found[0][verdict]) > 0 for verdict in ("maybe", "not"))
    reader.go(site + "choose/index.html#place=rotterdam&weeks=6&form=group")
    until(lambda: (reader.run(outcome), reader.run(first)) == found, f"the same again: {found}")


def test_entries_are_compared(reader: Reader, site: str) -> None:
    heads = "table[data-table='compare'] thead th"
    reader.go(site + "choose/compare.html#ids=puinruimen")
    wait_for(reader, heads)
    reader.choose("select[name='add']", "sos-groepscursus")
    reader.click("[data-action='add']")
    wait_for(reader, heads, 2)
    assert count(reader, "tr[data-differs]") > 0
    step(reader, -1)
    wait_for(reader, heads)


def test_a_transfer_is_looked_up(reader: Reader, site: str) -> None:
    reader.go(site + "institutions/transfer.html")
    reader.choose("select[name='from']", "zwolle")
    reader.choose("select[name='to']", "rotterdam")
    wait(reader, "() => location.hash === '#from=zwolle&to=rotterdam'")
    assert wait(reader, "() => document.querySelectorAll('[data-list] .kb-fit a').length") > 3


def test_the_table_is_sorted(reader: Reader, site: str, kb: model.KnowledgeBase) -> None:
    rows = "() => Array.from(document.querySelectorAll('main tbody tr[data-intervention]'), row => row.dataset.intervention)"
    reader.go(site + "choose/table.html")
    by_name = reader.run(rows)
    reader.go(site + "choose/table.html#sort=-name")
    until(lambda: reader.run(rows) == by_name[::-1], "the other way round")


# ---------------------------------------------------------------- telling the editors

SUBMIT = "button.md-button--primary[type='submit']"


def test_what_has_stopped_is_told_from_the_page_of_the_institution(reader: Reader, site: str) -> None:
    reader.go(site + "institutions/arnhem.html")
    reader.click(".kb-runs a[data-action='report'][href*='intervention=puinruimen']")
    reader.click("input[type='radio'][value='stopped']")
    reader.click("input[name='basis'][value='seen']")
    reader.choose("[name='role']", "case-manager")
    reader.click(SUBMIT)
    text = wait(reader, "() => document.querySelector(\"pre[data-result='proposal']\")?.textContent")
    saved = reader.save("a[download^='voorstel-']")
    assert saved == text
    change = yaml.safe_load(saved)["changes"][0]
    assert change["key"] == {"intervention": "puinruimen", "institution": "arnhem"}
    assert change["set"]["status"] == "stopped"


def test_a_control_sheet_is_typed_over(reader: Reader, site: str) -> None:
    rows = "table[data-table='control'] tr[data-intervention]"
    reader.go(site + "editors/control/enter.html#institution=arnhem")
    wait(reader, "selector => document.querySelector(selector)?.contains(document.activeElement)", rows)
    reader.press("g", "l", "l")
    reader.click("input[name='basis'][value='seen']")
    reader.choose("[name='role']", "case-manager")
    reader.click(SUBMIT)
    text = wait(reader, "() => document.querySelector(\"pre[data-result='proposal']\")?.textContent")
    changes = yaml.safe_load(text)["changes"]
    assert [change["set"].get("status") for change in changes] == ["stopped", None, None]


def test_the_self_scan_is_kept(reader: Reader, site: str) -> None:
    for _ in range(2):
        reader.go(site + "background/self-scan.html")
        if not reader.run("() => document.querySelector('textarea').value"):
            reader.type("textarea", "In maart")
            reader.click("input[type='radio'][value='half']")
    assert reader.run("() => document.querySelector('textarea').value") == "In maart"
    assert text_of(reader, "[data-kb='scan-line']").startswith("2 van ")


# ---------------------------------------------------------------- a session

BLOCKS = "() => Array.from(document.querySelectorAll('li[data-block]'), item => item.dataset.block)"


def test_a_session_is_built_with_the_keyboard_and_shared(
    reader: Reader, site: str, kb: model.KnowledgeBase, tmp_path: Path
) -> None:
    plan = kb.trainings[PLAN]
    reader.go(site + f"trainings/builder.html#plan={PLAN}")
    before = wait(reader, BLOCKS)
    reader.run("() => document.querySelector('[name=title]').focus()")
    tab_to(reader, "li[data-block] [data-action='down']")
    reader.press("Enter")
    moved = [before[1], before[0], *before[2:]]
    until(lambda: reader.run(BLOCKS) == moved, "the first block one down")
    assert reader.run("() => document.activeElement.dataset.action") == "down"
    code = text_of(reader, "[data-kb='builder-code']")
    own = {kit.key_of(plan, block.id): builder.block_code(plan, block) for block in plan.blocks}
    assert "".join(own[key] for key in moved) in code.replace(" ", ""), "the code that every browser gives"
    address = reader.run("() => document.querySelector('[data-kb=builder-address]').value")
    saved = reader.save("[data-action='save']")
    reader.go(site + "trainings/builder.html#" + address.partition("#")[2])
    until(lambda: reader.run(BLOCKS) == moved, "the same by its address")
    reader.go(site + "trainings/builder.html")
    reader.type("#bouw-code", code.lower())
    reader.press("Enter")
    until(lambda: reader.run(BLOCKS) == moved, "the same by its code")
    reader.go(site + "trainings/builder.html")
    (tmp_path / "sessie.json").write_text(saved, encoding="utf-8")
    reader.give("[data-kb='builder-file']", tmp_path / "sessie.json")
    until(lambda: reader.run(BLOCKS) == moved, "the same by its file")


# ---------------------------------------------------------------- width and paper


def test_no_page_sticks_out_of_a_narrow_screen(reader: Reader, site: str, host: str) -> None:
    if host == "file":
        pytest.skip("a page from the disk may not look into its frame; the same pages come from a server")
    look = """url => {
      const inside = document.querySelector("iframe").contentDocument;
      const isThere = inside.URL.endsWith(url) && inside.readyState === "complete";
      return isThere && [inside.documentElement.scrollWidth, inside.documentElement.clientWidth];
    }"""
    reader.go(site + "narrow.html")
    faults = []
    for url in WIDE:
        reader.run("url => { document.querySelector('iframe').src = url }", url)
        needed, width = wait(reader, look, url)
        faults += [f"{url} is {needed} wide, there is room for {width}"] if needed > width else []
    tell_all(faults)


def test_sheets_keep_to_their_number_of_pages(reader: Reader, site: str) -> None:
    faults = []
    for url, most in (("cards/zwolle.html", 1), ("editors/control/zwolle.html", 2)):
        reader.go(site + url)
        if (sheets := reader.count_sheets()) is None:
            pytest.skip("the driver of this browser does not print")
        faults += [] if 1 <= sheets <= most else [f"{url} takes {sheets} sheets, at most {most} are meant"]
    tell_all(faults)
