"""Templates print a view; everything that comes from data is escaped."""

import pytest
from markupsafe import Markup

from kennisbank import render


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
def test_a_title_is_read_back_as_it_was_given(name: str) -> None:
    assert render.read_title(f"<nav></nav>\n\n# {render.escape_markdown(name)} {{ #kop }}\n\n## Verder\n") == name


def test_a_view_without_a_heading_has_no_title() -> None:
    assert render.read_title("## Deel\n\ntekst") is None


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
