"""The plots: every number is the one that other pages tell, every sign is the standing that the entry has."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kennisbank import model
from kennisbank.views import meanings, plots, standing
from tests.helpers import tell_all

PAGE = "about/figures.html"


@pytest.fixture(scope="module")
def tables(read_page: Callable[[str], str]) -> dict[str, list[list[str]]]:
    """The table behind each plot, by its name: rows of text, the heading first."""
    found = re.findall(r'<table[^>]*data-table="plot-(\w+)">(.*?)</table>', read_page(PAGE), re.DOTALL)
    return {
        name: [[text_of(cell) for cell in cells(row)] for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)]
        for name, table in found
    }


def cells(row: str) -> list[str]:
    """The cells of a row."""
    return re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)


def text_of(fragment: str) -> str:
    """The words of a piece of a page."""
    return html.unescape(re.sub(r"<[^>]+>", "", fragment)).strip()


def table_of(page: str, name: str) -> list[list[str]]:
    """The cells of the rows of a table, as they stand."""
    part = page.split(f'data-table="{name}"')[1].split("</table>")[0]
    return [cells(row) for row in re.findall(r"<tr.*?</tr>", part, re.DOTALL)]


def figures(cell: str) -> tuple[int, int]:
    """How many ran and how many are only named, in a cell."""
    ran, named = (sum(map(int, re.findall(rf"data-{name}[^>]*>(\d+)<", cell))) for name in ("ran", "named"))
    return ran, named


def test_there_are_five_plots_each_with_a_table_and_words_for_who_sees_no_drawing(
    read_page: Callable[[str], str], tables: dict
) -> None:
    page = read_page(PAGE)
    assert list(tables) == ["evidence", "research", "ages", "themes", "moments", "weeks"]
    assert page.count('<figure class="kb-plot') == 5
    drawings = re.findall(r'<svg role="img"[^>]*aria-label="([^"]*)"', page)
    assert len(drawings) > 5 and all(words.strip() for words in drawings)
    assert "<script" not in page[page.index("<article") : page.index("</article>")]


def test_the_number_of_a_category_is_that_of_the_home_page(read_page: Callable[[str], str], tables: dict) -> None:
    tiles = re.findall(r'kb-tile__name">(.*?)</span><span class="kb-tile__count">(\d+)<', read_page("index.html"))
    plotted = {row[0]: int(row[-2]) for row in tables["evidence"][1:-1]}
    assert {text_of(name): int(count) for name, count in tiles} == plotted
    assert int(tables["evidence"][-1][-2]) == sum(plotted.values())


def test_the_strength_of_evidence_is_counted_as_on_the_page_of_quality(
    read_page: Callable[[str], str], tables: dict
) -> None:
    part = read_page("about/data-quality.html").split('id="bewijs"')[1].split("</table>")[0]
    told = {text_of(row[0]): int(row[1]) for row in map(cells, re.findall(r"<tr>.*?</tr>", part, re.DOTALL)[1:])}
    heads, sums = tables["evidence"][0][1:-2], tables["evidence"][-1][1:-2]
    assert {head: int(count) for head, count in zip(heads, sums, strict=True)} == {
        head: sum(told[label] for label in re.split(r", (?=[A-Z])", head)) for head in heads
    }
    studied = re.search(r"Bij (\d+) van de (\d+)", text_of(read_page("index.html")))
    assert studied and f"Bij {studied[1]} van de {studied[2]} interventies noemt een bron onderzoek" in read_page(PAGE)


def test_the_themes_are_counted_as_in_the_white_spots(read_page: Callable[[str], str], tables: dict) -> None:
    heads, *rows = table_of(read_page("institutions/gaps.html"), "gaps-institution")
    told = {
        (text_of(name), text_of(row[0])): figures(cell)
        for row in rows
        for name, cell in zip(heads[1:], row[1:], strict=True)
        if any(figures(cell))
    }
    columns, *lines = table_of(read_page(PAGE), "plot-themes")
    plotted = {
        (text_of(row[0]), text_of(theme)): figures(cell)
        for row in lines
        for theme, cell in zip(columns[1:-2], row[1:-2], strict=True)
        if any(figures(cell))
    }
    assert plotted == told
    assert any(named for _, named in plotted.values())
    themes = tables["themes"]
    on_map = re.findall(r'class="kb-dot"[^>]*><title>(.*?): (\d+)[,<]', read_page("institutions/index.html"))
    assert {text_of(name): int(count) for name, count in on_map} == {row[0]: int(row[-2]) for row in themes[1:]}


def test_the_numbers_of_an_institution_are_those_of_its_page(
    kb: model.KnowledgeBase, read_page: Callable[[str], str], tables: dict
) -> None:
    plotted = {row[0]: (int(row[-2]), int(row[-1])) for row in tables["themes"][1:]}
    told = {}
    for place in kb.institutions.values():
        found = re.search(r'data-ran="(\d+)" data-named="(\d+)"', read_page(f"institutions/{place.id}.html"))
        told[place.name] = (int(found[1]), int(found[2])) if found else (0, 0)
    assert plotted == told


def test_what_is_only_named_has_a_broken_ring_and_every_step_of_the_evidence_its_words(
    kb: model.KnowledgeBase, read_page: Callable[[str], str], tables: dict
) -> None:
    drawings = read_page(PAGE).split('<figure class="kb-plot')
    rings = re.findall(r'<circle data-standing="(unknown|coming|resting|idea)"', drawings[3])
    groups = re.findall(r'data-named data-standing="([a-z]+)"', drawings[3])
    assert sorted(rings) == sorted(groups) and groups
    heads = [text_of(head) for head in re.findall(r"<li>.*?</li>", drawings[1], re.DOTALL)]
    assert [head.casefold() for head in heads] == [head.casefold() for head in tables["evidence"][0][1:-2]]


def test_the_moments_are_counted_as_by_the_filter(read_page: Callable[[str], str], tables: dict) -> None:
    part = read_page("interventions/index.html").split('data-facet="phase"')[1].split("</fieldset>")[0]
    filters = re.findall(r"<span>([^<]*)</span> <span class=\"kb-count\">(\d+)<", part)
    plotted = {row[0]: int(row[1]) for row in tables["moments"][1:] if int(row[1])}
    assert {html.unescape(label): int(count) for label, count in filters} == plotted


def test_the_rows_of_an_institution_are_all_in_the_plot_of_ages(kb: model.KnowledgeBase, tables: dict) -> None:
    told = {place.name: len(kb.offers_at.get(place.id, ())) for place in kb.institutions.values()}
    assert {row[0]: int(row[-1]) for row in tables["ages"][1:]} == told


def test_every_number_of_the_ages_that_is_drawn_stands_in_the_table(
    read_page: Callable[[str], str], tables: dict
) -> None:
    figure = read_page(PAGE).split('aria-labelledby="leeftijd"')[1].split("</figure>")[0]
    drawn = [
        [int(number) for number in re.findall(r'class="kb-plot__number"[^>]*>(\d+)<', row)]
        for row in figure.split('<div class="kb-plot__row">')[1:]
    ]
    assert sum(map(len, drawn)) > 20
    head, *rows = tables["ages"]
    years = range(1, head.index("Oudste"))
    assert drawn == [[int(row[at]) for at in years if int(row[at])] for row in rows]


def test_what_is_only_named_is_told_by_how_it_stands(kb: model.KnowledgeBase, tables: dict) -> None:
    """Resting, being prepared, and not known are three things; in the table each has its sign and its words."""
    told = " ".join(cell for row in tables["themes"][1:] for cell in row)
    named = {
        standing.of_offer(kb, offer)["id"]
        for offer in kb.offers
        if meanings.is_present(kb, offer) and not meanings.is_running(kb, offer)
    } - {"unknown"}
    assert named
    tell_all(name for name in named if kb.term("standing", name).label.lower() not in told)


def test_every_edge_of_a_bar_is_explained(
    kb: model.KnowledgeBase, read_page: Callable[[str], str], project_root: Path
) -> None:
    """The caption names each standing whose bar has a broken edge."""
    styles = (project_root / "content/assets/pages/plots.css").read_text(encoding="utf-8")
    rule = next(line for line in styles.splitlines() if "data-standing" in line and "stroke-dasharray" in line)
    figure = read_page(PAGE).split('aria-labelledby="weken"')[1].split("</figure>")[0]
    broken = set(re.findall(r'data-standing="(\w+)"', rule))
    assert broken & set(re.findall(r'kb-plot__bar" data-standing="(\w+)"', figure))
    told = text_of(figure.split("</figcaption>")[0]).partition("gebroken rand")[2].partition(".")[0].lower()
    tell_all(name for name in broken if kb.term("standing", name).label.lower() not in told)


def test_every_sign_is_the_standing_of_its_entry(kb: model.KnowledgeBase, read_page: Callable[[str], str]) -> None:
    named = {item.id: standing.of_intervention(kb, item) for item in kb.interventions.values()}
    plot = read_page(PAGE).split('<figure class="kb-plot')[1]
    signs = re.findall(r'data-entry="([^"]+)" data-standing="(\w+)">([^<]+)<title>', plot)
    assert len(signs) == sum(item.status == "published" for item in kb.interventions.values())
    tell_all(
        f"{entry}: {found} {sign}"
        for entry, found, sign in signs
        if (found, sign) != (named[entry]["id"], named[entry]["symbol"])
    )


def test_how_long_it_lasts_and_how_long_somebody_has_to_stay_are_told_apart(
    kb: model.KnowledgeBase, read_page: Callable[[str], str]
) -> None:
    groups = plots.show_plots(kb)["weeks"]["groups"]
    items = [item for item in kb.interventions.values() if item.status == "published"]
    lasts = {item.name: item.dosage.weeks for item in items if item.dosage and item.dosage.weeks}
    asks = {item.name: item.min_stay_weeks for item in items if item.min_stay_weeks}
    assert [{row["label"]: row["weeks"] for row in group["rows"]} for group in groups] == [lasts, asks]
    notes = {item.name: item.dosage.note for item in items if item.dosage and item.dosage.note}
    drawn = text_of(read_page(PAGE).split('aria-labelledby="weken"')[1].split("</figure>")[0])
    tell_all(f"{name}: {notes[name]}" for name in {*lasts, *asks} & notes.keys() if notes[name] not in drawn)


def test_a_column_of_the_evidence_names_only_what_stands_in_it(kb: model.KnowledgeBase) -> None:
    plot = plots.show_plots(kb)["evidence"]
    found = {kb.term("evidence", item.evidence.strength).label for item in kb.interventions.values()}
    tell_all(
        label
        for column, count in zip(plot["columns"], plot["counts"], strict=True)
        for label in column["labels"]
        if count and label not in found
    )


def test_research_elsewhere_is_drawn_apart_from_research_in_a_dutch_institution(
    kb: model.KnowledgeBase, read_page: Callable[[str], str], tables: dict
) -> None:
    """Every ring and every row says where the records say that it was studied; what was not studied has no ring."""
    items = [item for item in kb.interventions.values() if item.status == "published"]
    at = {
        item.id: "here" if "dutch-prison" in item.evidence.contexts else "away" if item.evidence.contexts else "unsaid"
        for item in items
        if kb.term("evidence", item.evidence.strength).studied
    }
    assert set(at.values()) >= {"here", "away"}
    figure = read_page(PAGE).split('<figure class="kb-plot')[1].split("</figure>")[0]
    rings = re.findall(r'<circle data-research="(\w+)"[^>]*/><text[^>]*data-entry="([^"]+)"', figure)
    assert {entry: ring for ring, entry in rings} == at
    contexts = {
        item.name: [
            term.label for term in kb.vocabularies["evidence_context"].values() if term.id in item.evidence.contexts
        ]
        for item in items
        if item.id in at
    }
    assert {row[0]: row[2] for row in tables["research"][1:]} == {
        name: ", ".join(one) for name, one in contexts.items()
    }
    here = sum(one == "here" for one in at.values())
    assert f"Van de {len(at)} is bij {here} in een Nederlandse inrichting" in text_of(figure)
