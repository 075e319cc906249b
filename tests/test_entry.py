"""The page of an intervention: eight answers first, every text of the record on it, open or folded."""

import html
import re

import pytest

from kennisbank import model
from kennisbank.views import entry
from tests.helpers import tell_all

ANSWERS = ["for", "not-for", "asks", "leads", "entry", "where", "certainty", "caution"]


@pytest.fixture(scope="module")
def pages(kb: model.KnowledgeBase, site_dir) -> dict[str, str]:
    """The built page of every published intervention, by id."""
    found = {}
    for item in kb.interventions.values():
        found[item.id] = (site_dir / f"interventions/{item.id}.html").read_text(encoding="utf-8")
    return found


def words(page: str) -> str:
    """The words of a page, tags gone and spaces evened out."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_eight_answers_stand_first_and_in_order(pages: dict[str, str]) -> None:
    tell_all(
        f"{name}: {found}"
        for name, page in pages.items()
        if (found := re.findall(r'data-answer="([a-z-]+)"', page)) != ANSWERS
        or page.index('data-part="minute"') > page.index('data-part="facts"')
    )


def test_every_entry_says_how_it_stands(pages: dict[str, str]) -> None:
    tell_all(f"{name}: no data-standing" for name, page in pages.items() if "data-standing=" not in page)


def test_every_text_of_a_record_stands_on_its_page(kb: model.KnowledgeBase, pages: dict[str, str]) -> None:
    """Open or folded: nothing that an editor wrote is lost."""
    missing = []
    for item in kb.interventions.values():
        seen = words(pages[item.id])
        texts = [item.tagline, item.summary, item.participant_text, item.target_group_note]
        texts += [
            item.dosage.note if item.dosage else None,
            item.evidence.known,
            item.evidence.unknown,
            item.evidence.studied,
        ]
        for name in ("selection", "not_suitable", "open_to", "core_elements", "adaptable", "preconditions"):
            texts += [part.text for part in getattr(item, name)]
        for name in ("success_factors", "challenges", "risks", "claims", "editor_notes", "referred_by"):
            texts += [part.text for part in getattr(item, name)]
        texts += [part.instead for part in item.not_suitable]
        texts += [part.note for part in (*item.delivered_by, *item.claims, *item.figures, *item.links)]
        texts += [figure.label for figure in item.figures]
        texts += [part.note for part in kb.offers_of.get(item.id, ())]
        missing += [f"{item.id}: {text[:60]}" for text in texts if text and " ".join(text.split()) not in seen]
    tell_all(missing)


def test_remarks_about_the_source_stand_together_and_warnings_at_their_part(kb: model.KnowledgeBase) -> None:
    wrong = []
    for item in kb.interventions.values():
        view = entry.show_intervention_end(kb, item.id)
        remarks = {note["text"] for note in view["remarks"]}
        expected = {note.text for note in item.editor_notes if entry.is_remark(kb, note)}
        if remarks != expected:
            wrong.append(item.id)
    tell_all(wrong)
