"""The builder of sessions: with the keyboard, by dragging, shared by address, code and file, and on paper."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kennisbank import model
from kennisbank.views import builder, kit, shapes
from tests.browser.axe import WAYS, find_faults
from tests.helpers import some_or_all, tell_all

PLAN = "buddy-begeleiden"
ADDRESS = f"trainings/builder.html#plan={PLAN}"


def order(page: Page) -> list[str]:
    """The keys of the blocks in the session."""
    return [item.get_attribute("data-block") or "" for item in page.locator("li[data-block]").all()]


def totals(page: Page) -> dict[str, int]:
    return {
        name: int(page.locator(f"[data-total='{name}']").get_attribute("data-value") or "")
        for name in ("blocks", "minutes", "buffer")
    }


def test_every_block_has_a_code_of_its_own(kb: model.KnowledgeBase) -> None:
    codes: dict[str, str] = {}
    twice = []
    for plan in kb.trainings.values():
        for block in plan.blocks:
            other = codes.setdefault(builder.block_code(plan, block), kit.key_of(plan, block.id))
            twice += [f"{plan.id}.{block.id} and {other}"] if other != kit.key_of(plan, block.id) else []
    assert codes
    tell_all(twice)


def test_a_session_is_put_together_with_the_keyboard_and_comes_back(
    visit: Callable[..., Page], kb: model.KnowledgeBase, tmp_path: Path
) -> None:
    page = visit(ADDRESS)
    plan = kb.trainings[PLAN]
    blocks = [f"{PLAN}.{block.id}" for block in plan.blocks]
    assert order(page) == blocks
    minutes = sum(block.minutes for block in plan.blocks)
    assert totals(page) == {"blocks": len(blocks), "minutes": minutes, "buffer": plan.minutes - minutes}
    expect(page.locator("[data-warning]")).to_have_count(0)

    # Up and down, announced, with the focus on the same button.
    down = page.locator("li[data-block]").first.get_by_role("button", name="Omlaag")
    down.focus()
    page.keyboard.press("Enter")
    assert order(page) == [blocks[1], blocks[0], *blocks[2:]]
    expect(page.locator("[data-kb='builder-told']")).to_contain_text("plaats 2 van")
    assert page.evaluate("document.activeElement.dataset.action") == "down"
    expect(page.locator("[data-warning='first']")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # takes it away
    assert order(page) == blocks[1:]
    expect(page.locator("[data-warning='opening']")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.locator("li[data-block]").first).to_have_attribute("data-block", blocks[0])
    assert order(page) == blocks

    # By drag.
    items = page.locator("li[data-block]")
    items.nth(2).drag_to(items.nth(1), target_position={"x": 30, "y": 2})
    moved = [blocks[0], blocks[2], blocks[1], *blocks[3:]]
    assert order(page) == moved

    # Another group and another time; the same elsewhere by address, code and file.
    page.get_by_label("Deelnemers").fill("9")
    page.get_by_label("Minuten die je hebt").fill("115")
    expect(page.locator("[data-warning='over']")).to_be_visible()
    address = page.get_by_label("Adres van deze sessie").input_value()
    code = page.locator("[data-kb='builder-code']").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Bewaar als bestand").click()
    saved = tmp_path / "sessie.json"
    download.value.save_as(saved)
    assert json.loads(saved.read_text("utf-8"))["blocks"] == moved

    def is_same(other: Page) -> None:
        assert order(other) == moved
        assert other.get_by_label("Deelnemers").input_value() == "9"
        assert other.get_by_label("Minuten die je hebt").input_value() == "115"

    other = visit("trainings/builder.html#" + address.partition("#")[2])
    is_same(other)
    other.goto(other.url.partition("#")[0] + "#group=4")
    other.get_by_label("Een code van papier").fill(code.lower())
    other.get_by_role("button", name="Open", exact=True).click()
    is_same(other)
    other.get_by_label("Een code van papier").fill(code[:-1])
    other.get_by_role("button", name="Open", exact=True).click()
    expect(other.locator("[data-kb='builder-said']")).to_contain_text("vier tekens per blok")
    third = visit("trainings/builder.html")
    third.get_by_label("Open een bestand").set_input_files(saved)
    expect(third.locator("[data-kb='builder-said']")).to_contain_text("Geopend")
    is_same(third)
    broken = tmp_path / "ander.json"
    broken.write_text("geen json", "utf-8")
    third.get_by_label("Open een bestand").set_input_files(broken)
    expect(third.locator("[data-kb='builder-said']")).to_contain_text("niet van deze pagina")
    is_same(third)


def test_the_library_narrows_and_a_block_goes_where_it_belongs(visit: Callable[..., Page]) -> None:
    page = visit(ADDRESS)
    before = order(page)
    page.get_by_label("Thema").select_option("reading-sources")
    page.get_by_label("Hooguit minuten").fill("12")
    shown = page.locator(".kb-builder__block:visible")
    assert shown.count() > 1
    themes = {item.get_attribute("data-theme") for item in shown.all()}
    assert themes == {"reading-sources"}
    page.locator(".kb-builder__block:visible:not([data-does]) [data-add]").first.click()
    after = order(page)
    assert len(after) == len(before) + 1
    assert after[-1] == before[-1], "the end stays the end"


def test_the_builder_prints_one_kit(visit: Callable[..., Page], kb: model.KnowledgeBase) -> None:
    page = visit(ADDRESS)
    plan = kb.trainings[PLAN]
    sheets = {sheet for block in plan.blocks for sheet in block.uses}
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("[data-kb='builder-paper'] > .kb-block")).to_have_count(len(plan.blocks) + 1)
    expect(page.locator("[data-kb='builder-paper'] > .kb-sheet[data-sheet]")).to_have_count(len(sheets))
    expect(page.locator("h1")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.locator("[data-kb='builder-copies']").evaluate("box => { box.checked = true }")
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    copies = sum(int(row.inner_text()) for row in page.locator("tr[data-printed] td").all())
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) > copies


# What the print of a plan leaves to the screen.
ON_SCREEN = {"series", "themes", "buffer"}


def texts_of(kb: model.KnowledgeBase, plan: model.Training) -> list[str]:
    """All that the print of a plan holds beside its sheets: its texts, and what is chosen of lists in words."""
    fields = [field for field in kb.fields["trainings"].all if field.part and field.name not in ON_SCREEN]
    assert {"tips", "follow_up", "debrief", "variations"} <= {field.name for field in fields}
    texts = [text for field in fields for text in shapes.texts_of(field, plan.get(field.name))]
    return [*texts, kb.term("tried_out", plan.tried_out).label, kb.term("dutch_needed", plan.dutch).label]


def paper(page: Page) -> str:
    """The words of the package as somebody would print it now."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    return " ".join(page.locator("[data-kb='builder-paper']").inner_text().split())


@some_or_all
def test_the_package_has_all_that_the_print_of_every_plan_has(
    stride: int, visit: Callable[..., Page], kb: model.KnowledgeBase
) -> None:
    page = visit("trainings/builder.html")
    page.emulate_media(media="print")
    general = [term.then for term in kb.vocabularies["disclosure"].values()]
    plans = [plan for plan in kb.trainings.values() if plan.status == "published"]
    assert all(plan.safety for plan in plans[:3])
    faults = []
    for plan in plans[::stride]:
        page.evaluate("hash => { location.hash = hash }", f"plan={plan.id}")
        expect(page.locator("li[data-block]").first).to_have_attribute(
            "data-block", kit.key_of(plan, plan.blocks[0].id)
        )
        shown = paper(page)
        wanted = [*general, *texts_of(kb, plan)]
        faults += [f"{plan.id}: {text}" for text in wanted if " ".join(text.split()) not in shown]
    # Blocks of two sessions, one of which is used twice over: each session once, by its name.
    first, second = plans[:2]
    keys = [kit.key_of(plan, block.id) for plan, block in ((first, first.blocks[0]), (second, second.blocks[1]))]
    page.evaluate(
        "hash => { location.hash = hash }", "blocks=" + ",".join([*keys, kit.key_of(first, first.blocks[-1].id)])
    )
    expect(page.locator("li[data-block]")).to_have_count(3)
    shown = paper(page)
    faults += [
        f"{plan.id}: not once" for plan in (first, second) if shown.count(" ".join((plan.safety or "").split())) != 1
    ]
    tell_all(faults)
    heads = page.locator("[data-kb='builder-paper'] [data-along] > h2").all_inner_texts()
    assert [plan.title in head for plan, head in zip((first, second), heads, strict=True)] == [True, True]


@pytest.mark.long
def test_the_builder_is_for_everybody(visit: Callable[..., Page], kb: model.KnowledgeBase) -> None:
    page = visit(ADDRESS)
    tell_all(find_faults(page, ways=WAYS[1:]))
    plain = visit("trainings/builder.html", javascript=False)
    blocks = sum(len(plan.blocks) for plan in kb.trainings.values() if plan.status == "published")
    expect(plain.locator(".kb-builder__block:visible")).to_have_count(blocks)
    expect(plain.locator(".kb-js-only:visible")).to_have_count(0)
