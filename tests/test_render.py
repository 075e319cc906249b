"""Templates print a view; everything that comes from data is escaped."""

import dataclasses
import re
from pathlib import Path

import pytest
from markupsafe import Markup

from kennisbank import model, render, views


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2021", "2021"), ("2021-09", "september 2021"), ("2026-11-21", "21 november 2026")],
)
def test_a_date_is_written_as_precisely_as_it_is_known(value: str, expected: str) -> None:
    assert render.write_date(value) == expected


@pytest.mark.parametrize(("value", "expected"), [(1600, "1.600"), (0.5, "0,5"), (683, "683")])
def test_a_number_is_written_in_dutch(value: float, expected: str) -> None:
    assert render.write_number(value) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Groepsleider (jeugd)", "groepsleider (jeugd)"),
        ("PIW’er of mentor", "PIW’er of mentor"),
        ("Eigen Kracht-coördinator", "Eigen Kracht-coördinator"),
        ("Zorg- en behandelinrichtingswerker (ZBIW’er)", "zorg- en behandelinrichtingswerker (ZBIW’er)"),
        ("", ""),
    ],
)
def test_a_label_inside_a_sentence_keeps_its_names(label: str, expected: str) -> None:
    assert render.start_small(label) == expected


def test_words_that_open_a_line_keep_their_abbreviations() -> None:
    assert render.start_large("na een proef in vier PI’s") == "Na een proef in vier PI’s"


@pytest.mark.parametrize("name", ["Aan de Bak!", "S.T.E.Ps", "Vader & kind (2)", "A_b *c*", "Rap <x>"])
def test_the_title_of_a_page_is_what_its_view_calls_it(kb: model.KnowledgeBase, name: str) -> None:
    item = next(iter(kb.interventions.values()))
    named = dataclasses.replace(kb, interventions={item.id: dataclasses.replace(item, name=name)}, offers=())
    shared = {"label": {}, "part": kb.vocabularies["part"], "list": {}, "today": kb.today, "site_url": ""}
    assert render.render("intervention", views.PAGES["intervention"](named, item.id), "../", shared).title == name


def test_every_heading_of_a_page_is_its_title(project_root: Path) -> None:
    """A heading that is typed instead of set would be no title where something stands before it."""
    for path in (project_root / "scripts/kennisbank/templates").glob("*.md.jinja"):
        headings = re.findall(r"^# .*$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert all(heading == "# {{ title | md }}" for heading in headings), path.name


def test_text_in_a_heading_loses_the_meaning_of_its_signs() -> None:
    assert render.escape_markdown("<b> *a* [x](y)") == Markup(r"&lt;b&gt; \*a\* \[x\]\(y\)")


def test_a_sheet_keeps_markdown_and_loses_html() -> None:
    sheet = render.escape_sheet("### Kop\n\n> a **b** <script>x</script>")
    assert "### Kop" in sheet
    assert "> a **b**" in sheet
    assert "<script" not in sheet


def test_every_template_refuses_what_a_view_does_not_hold() -> None:
    import jinja2

    with pytest.raises(jinja2.UndefinedError):
        render.render("figures", {}, "", {})
