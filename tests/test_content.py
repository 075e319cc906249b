"""The texts themselves, every one of them: length, words, safety, and what must never be said (CONTRIBUTING.md)."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

from kennisbank import model
from kennisbank.check import readability

POLITE = re.compile(r"(?<![\w.’'“-])(u|uw|uzelf)(?![\w.’'”-])", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?]+[”’\"]?(?=\s|$)")
# The share of a number of people; never proof, and never in the lines that a reader sees first.
PERCENTAGE = re.compile(r"\d\s*(%|procent)")


def narratives(root: Path) -> Iterator[tuple[Path, str]]:
    """Every page with its prose, without macros, HTML and addresses."""
    for path in sorted((root / "content").rglob("*.md")):
        text = re.sub(r"<!--\[\[.*?\]\]-->|<svg.*?</svg>|<[^>]+>", " ", path.read_text(encoding="utf-8"), flags=re.S)
        yield path, re.sub(r"\]\([^)]*\)|\{[^}]*\}", " ", text)


def test_nobody_is_addressed_formally(project_root: Path, kb: model.KnowledgeBase) -> None:
    for path, text in narratives(project_root):
        assert not POLITE.search(text), (path, POLITE.search(text))
    for entry in kb.interventions.values():
        for text in (entry.tagline, entry.summary, entry.participant_text or ""):
            assert not POLITE.search(text), (entry.id, text)


def test_a_participant_reads_eight_sentences_at_most(kb: model.KnowledgeBase) -> None:
    for entry in kb.interventions.values():
        if entry.participant_text:
            assert len(SENTENCE.findall(entry.participant_text)) <= 8, entry.id


def test_whoever_can_join_gets_a_text(kb: model.KnowledgeBase) -> None:
    for entry in kb.interventions.values():
        if not set(entry.target_groups) <= {"staff", "volunteers", "children-and-family", "victims"}:
            assert entry.participant_text or entry.learners, entry.id


def test_the_first_lines_promise_nothing(kb: model.KnowledgeBase) -> None:
    for entry in kb.interventions.values():
        for text in (entry.name, entry.tagline, entry.participant_text or ""):
            assert not PERCENTAGE.search(text), (entry.id, text)
            assert "recidive" not in text.lower(), (entry.id, text)
            assert "bewezen" not in text.lower(), (entry.id, text)
        assert not PERCENTAGE.search(entry.evidence.known) or "claim" in entry.evidence.known, entry.id


def test_titles_are_short_and_without_colon(kb: model.KnowledgeBase, project_root: Path) -> None:
    titles = [entry.name for entry in kb.interventions.values()] + [plan.title for plan in kb.trainings.values()]
    titles += [
        match.group(1)
        for path in (project_root / "content").rglob("*.md")
        if (match := re.search(r"^# (.+?)(?: \{.*)?$", path.read_text(encoding="utf-8"), re.M))
    ]
    for title in titles:
        assert ":" not in title, title
    assert not [plan.title for plan in kb.trainings.values() if len(plan.title) > 60]


def test_one_of_something_is_not_plural(kb: model.KnowledgeBase) -> None:
    figures = [(entry.id, figure) for entry in kb.interventions.values() for figure in entry.figures]
    of_many = {figure.unit for _, figure in figures if figure.value != 1}
    wrong = [
        (entry, figure.label, figure.unit) for entry, figure in figures if figure.value == 1 and figure.unit in of_many
    ]
    assert not wrong


def test_no_place_in_a_source_names_somebody(kb: model.KnowledgeBase) -> None:
    """Stories are found by their place: the people in them are participants, volunteers and staff."""
    for entry in kb.interventions.values():
        assert not re.search(r"verhaal (van|over) [A-Z]", str(entry)), entry.id
    for entry in (*kb.glossary.values(), *kb.trainings.values()):
        assert not re.search(r"verhaal (van|over) [A-Z]", str(entry.sources)), entry.id


def test_no_internal_address_is_anywhere(project_root: Path) -> None:
    for folder in ("content", "data"):
        for path in (project_root / folder).rglob("*"):
            if path.suffix in {".md", ".yaml"}:
                text = path.read_text(encoding="utf-8").lower()
                assert "minjus" not in text, path
                assert "file://///" not in text, path


def test_claims_of_professionals_are_not_told_as_those_of_participants(kb: model.KnowledgeBase) -> None:
    """The studies asked professionals: a claim from them may not be put in the mouth of people in detention."""
    asked_professionals = {"wodc-2021", "vub-2025", "restart-ebook"}
    for entry in kb.interventions.values():
        for claim in entry.claims:
            if claim.source.id in asked_professionals:
                assert not claim.claimed_by.lower().startswith(("deelnemers", "mensen in detentie", "gedetineerden")), (
                    entry.id
                )


def test_belgian_words_are_marked(kb: model.KnowledgeBase) -> None:
    belgian = {"CAW", "JWW", "OCMW", "VDAB", "RVA", "SURB", "PSD", "GTB"}
    marks = {entry.abbreviation or entry.term: entry.jurisdiction for entry in kb.glossary.values()}
    for word in belgian & set(marks):
        assert marks[word] == "be", word
    assert len(kb.glossary) >= 80


def test_every_session_plan_is_complete(kb: model.KnowledgeBase) -> None:
    assert len(kb.trainings) >= 10
    for plan in kb.trainings.values():
        assert 60 <= plan.minutes <= 150, plan.id
        assert sum(step.minutes for step in plan.steps) == plan.minutes, plan.id
        assert {"shorter", "longer"} <= {variation.kind for variation in plan.variations}, plan.id
        kinds = [sheet.kind for sheet in plan.handouts]
        assert "handout" in kinds, plan.id
        assert "vignette" in kinds, plan.id
        for sheet in plan.handouts:
            if sheet.kind == "vignette":
                assert sheet.text.lstrip("*_ ").startswith("Verzonnen voorbeeld"), plan.id


def test_every_background_page_says_first_what_its_source_cannot_say(project_root: Path) -> None:
    for path in sorted((project_root / "content/background").glob("*.md")):
        if path.name != "index.md":
            start = path.read_text(encoding="utf-8").partition("\n## ")[0]
            assert "kb-note--caution" in start, path.name


def test_hard_texts_are_named_with_their_score(kb: model.KnowledgeBase) -> None:
    """Flesch-Douma: a warning with the figure, so that somebody reads the text again; never a failure by itself."""
    scores = sorted(
        (round(score), field, entry.id)
        for entry in kb.interventions.values()
        for field, limit in (("summary", readability.VERY_DIFFICULT), ("participant_text", readability.DIFFICULT))
        if getattr(entry, field) and (score := readability.score(getattr(entry, field))) is not None and score < limit
    )
    if scores:
        warnings.warn(f"hard to read (Flesch-Douma): {scores}", stacklevel=1)
