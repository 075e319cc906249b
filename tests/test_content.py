"""The texts themselves, every one of them: length, words, safety, and what must never be said (CONTRIBUTING.md)."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

from kennisbank import model
from kennisbank.check import readability
from kennisbank.views import catalogue, meanings, script_data
from tests.helpers import tell_all

POLITE = re.compile(r"(?<![\w.’'“-])(u|uw|uzelf)(?![\w.’'”-])", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?]+[”’\"]?(?=\s|$)")
# The share of a number of people; never proof, and never in the lines that a reader sees first.
PER_YEAR = re.compile(r"^cursus\w* per jaar")
PERCENTAGE = re.compile(r"\d\s*(%|procent)")


def narratives(root: Path) -> Iterator[tuple[Path, str]]:
    """Every page with its prose, without macros, HTML and addresses."""
    for path in sorted((root / "content").rglob("*.md")):
        text = re.sub(r"<!--\[\[.*?\]\]-->|<svg.*?</svg>|<[^>]+>", " ", path.read_text(encoding="utf-8"), flags=re.S)
        yield path, re.sub(r"\]\([^)]*\)|\{[^}]*\}", " ", text)


def test_nobody_is_addressed_formally(project_root: Path, kb: model.KnowledgeBase) -> None:
    texts = [(path.relative_to(project_root), text) for path, text in narratives(project_root)]
    texts += [
        (entry.id, text)
        for entry in kb.interventions.values()
        for text in (entry.tagline, entry.summary, entry.participant_text or "")
    ]
    found = [(place, text, POLITE.search(text)) for place, text in texts]
    tell_all(f"{place}: …{text[max(0, word.start() - 30) : word.end()]}" for place, text, word in found if word)


def test_a_participant_reads_eight_sentences_at_most(kb: model.KnowledgeBase) -> None:
    texts = {entry.id: entry.participant_text for entry in kb.interventions.values() if entry.participant_text}
    assert texts
    tell_all(entry for entry, text in texts.items() if len(SENTENCE.findall(text)) > 8)


def test_whoever_can_join_gets_a_text(kb: model.KnowledgeBase) -> None:
    """An example from abroad has none: nobody in a Dutch institution can join it or ask for it."""
    others = {"staff", "volunteers", "children-and-family", "victims"}
    joined = [
        entry
        for entry in kb.interventions.values()
        if not set(entry.target_groups) <= others and not meanings.is_abroad(kb, entry)
    ]
    assert joined
    tell_all(entry.id for entry in joined if not entry.participant_text and not entry.learners)


def test_what_is_known_gives_no_number_that_is_no_claim(kb: model.KnowledgeBase) -> None:
    known = {entry.id: entry.evidence.known for entry in kb.interventions.values()}
    assert known
    tell_all(f"{entry}: {text}" for entry, text in known.items() if PERCENTAGE.search(text) and "claim" not in text)


def test_titles_are_short_and_without_colon(kb: model.KnowledgeBase, project_root: Path) -> None:
    titles = [entry.name for entry in kb.interventions.values()] + [plan.title for plan in kb.trainings.values()]
    titles += [
        match.group(1)
        for path in (project_root / "content").rglob("*.md")
        if (match := re.search(r"^# (.+?)(?: \{.*)?$", path.read_text(encoding="utf-8"), re.M))
    ]
    tell_all(title for title in titles if ":" in title)
    tell_all(plan.title for plan in kb.trainings.values() if len(plan.title) > 60)


def test_one_of_something_is_not_plural(kb: model.KnowledgeBase) -> None:
    figures = [(entry.id, figure) for entry in kb.interventions.values() for figure in entry.figures]
    of_many = {figure.unit for _, figure in figures if figure.value != 1}
    wrong = [
        (entry, figure.label, figure.unit) for entry, figure in figures if figure.value == 1 and figure.unit in of_many
    ]
    assert not wrong


def test_no_place_in_a_source_names_somebody(kb: model.KnowledgeBase) -> None:
    """Stories are found by their place: the people in them are participants, volunteers and staff."""
    texts = {entry.id: str(entry) for entry in kb.interventions.values()}
    texts |= {entry.id: str(entry.sources) for entry in (*kb.glossary.values(), *kb.trainings.values())}
    tell_all(entry for entry, text in texts.items() if re.search(r"verhaal (van|over) [A-Z]", text))


def test_a_source_without_a_date_gives_none(kb: model.KnowledgeBase) -> None:
    """Neither the year in which somebody looked nor one that was guessed: only the day of looking, told as such."""
    undated = [source for source in kb.sources.values() if source.as_of == model.UNDATED]
    assert undated
    tell_all(source.id for source in undated if source.year or not source.looked_up_on)
    tell_all(source.id for source in kb.sources.values() if not source.year and source.as_of != model.UNDATED)
    excuse = re.compile(r"bladzijde heeft geen datum|ongedateerd|het jaar is (dat|het jaar) waarin", re.IGNORECASE)
    tell_all(source.id for source in kb.sources.values() if source.year and excuse.search(source.method))


def test_no_internal_address_is_anywhere(project_root: Path) -> None:
    paths = [*(project_root / "content").rglob("*.md"), *(project_root / "data").rglob("*.yaml")]
    assert paths
    tell_all(path for path in paths if re.search(r"minjus|file://///", path.read_text(encoding="utf-8"), re.IGNORECASE))


def test_claims_of_professionals_are_not_told_as_those_of_participants(kb: model.KnowledgeBase) -> None:
    """The studies asked professionals: a claim from them may not be put in the mouth of people in detention."""
    asked_professionals = {"wodc-2021", "vub-2025", "restart-ebook"}
    participants = ("deelnemers", "mensen in detentie", "gedetineerden")
    claims = [(entry.id, claim) for entry in kb.interventions.values() for claim in entry.claims]
    theirs = [(entry, claim) for entry, claim in claims if claim.source.id in asked_professionals]
    assert theirs
    tell_all(
        f"{entry}: {claim.claimed_by}" for entry, claim in theirs if claim.claimed_by.lower().startswith(participants)
    )


def test_belgian_words_are_marked(kb: model.KnowledgeBase) -> None:
    belgian = {"CAW", "JWW", "OCMW", "VDAB", "RVA", "SURB", "PSD", "GTB"}
    marks = {entry.abbreviation or entry.term: entry.jurisdiction for entry in kb.glossary.values()}
    assert belgian & set(marks)
    assert {word for word in belgian & set(marks) if marks[word] != "be"} == set()
    assert len(kb.glossary) >= 80


def test_every_session_plan_is_complete(kb: model.KnowledgeBase) -> None:
    assert len(kb.trainings) >= 20
    lacking = []
    for plan in kb.trainings.values():
        kinds = {sheet.kind for sheet in plan.handouts}
        # A situation for the group, or one by which the trainers prepare; cards hold situations too.
        situations = [sheet for sheet in plan.handouts if sheet.kind in {"vignette", "trainer-key"}]
        holds = {
            "its minutes add up": sum(block.minutes for block in plan.blocks) + plan.buffer == plan.minutes,
            "can be shorter and longer": {"shorter", "longer"} <= {variation.kind for variation in plan.variations},
            "has a hand-out": "handout" in kinds,
            "has a vignette or cards": bool(kinds & {"vignette", "cards"}),
            "says that its situations are made up": all(
                sheet.text.lstrip("*_ ").startswith("Verzonnen voorbeeld") for sheet in situations
            ),
        }
        lacking += [f"{plan.id}: {what}: no" for what, does in holds.items() if not does]
    tell_all(lacking)


def test_a_line_of_a_session_can_be_read_standing(kb: model.KnowledgeBase) -> None:
    """What a trainer says, asks, does or watches is one breath; longer belongs on a sheet or in the background."""
    lines = [
        (plan.id, block.id, text)
        for plan in kb.trainings.values()
        for block in plan.blocks
        for step in block.steps
        for text in (step.do, step.say, step.ask, step.watch)
        if text
    ]
    assert lines
    tell_all(f"{plan}, {block}: {len(text.split())} words" for plan, block, text in lines if len(text.split()) > 48)


def test_no_session_promises_a_secret_that_its_leader_may_not_keep(kb: model.KnowledgeBase) -> None:
    """What stays in the room leaves out what has to be told; who is in detention hears that before speaking."""
    wrong = []
    for plan in kb.trainings.values():
        said = [text for block in plan.blocks for step in block.steps for text in (step.do, step.say) if text]
        wrong += [
            f"{plan.id}: {text}"
            for text in said
            if "blijft hier," in f"{text}," and "melden" not in text and "‘" not in text
        ]
        if "detained" in plan.audience:
            first = [step.say or "" for step in plan.blocks[0].steps + plan.blocks[1].steps]
            wrong += (
                []
                if any("doorgeven" in text or "geef ik door" in text for text in first)
                else [f"{plan.id}: no duty to tell"]
            )
    tell_all(wrong)


def test_sessions_for_people_in_detention_need_no_case(kb: model.KnowledgeBase) -> None:
    """Nobody is asked for the offence: each of these sessions can be joined while the case is still open."""
    theirs = [plan for plan in kb.trainings.values() if "detained" in plan.audience]
    assert len(theirs) >= 6
    tell_all(plan.id for plan in theirs if not plan.open_case or plan.dutch == "fluent-dutch")
    tell_all(plan.id for plan in theirs if {told.kind for told in plan.told} != {"offence", "self-harm", "integrity"})


def test_every_background_page_says_first_what_its_source_cannot_say(project_root: Path) -> None:
    pages = [path for path in sorted((project_root / "content/background").glob("*.md")) if path.name != "index.md"]
    starts = {path.name: path.read_text(encoding="utf-8").partition("\n## ")[0] for path in pages}
    assert starts
    tell_all(name for name, start in starts.items() if "kb-note--caution" not in start)


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


def test_what_a_source_says_in_general_is_marked_so_and_the_comparison_tells_it(kb: model.KnowledgeBase) -> None:
    facts = script_data.show_choice_facts(kb)
    wrong, manners = [], set()
    for item in catalogue.listed(kb):
        mixed = meanings.mixed_groups(item)
        for name in ("not_suitable", "open_to"):
            sides = item.get(name)
            bare = {one for one in facts[item.id].get(name, ()) if isinstance(one, str)}
            general = [one for one in sides if re.search(r"in het algemeen|voor deze \w+ apart", one.text)]
            wrong += [f"{item.id}: {one.group} in general" for one in general if not one.in_general]
            manners |= {one["manner"] for one in facts[item.id].get(name, ()) if isinstance(one, dict)}
            plain = {kb.term("exclusion", one.group).label for one in sides if meanings.manner_of(one, mixed) is None}
            wrong += [f"{item.id}: {name} {label} is bare" for label in bare - plain]
    assert manners == {"mixed", "general", "soft"}
    tell_all(wrong)


def test_how_often_a_course_is_given_a_year_stands_with_how_long_it_is(kb: model.KnowledgeBase) -> None:
    often = [item for item in kb.interventions.values() if any(PER_YEAR.search(one.unit) for one in item.figures)]
    assert often
    tell_all(item.id for item in often if "per jaar" not in (item.dosage and item.dosage.note or ""))


# A sex that a text names as the one it is for, by the target groups of that sex.
SEX_WORDS = {
    "male": re.compile(r"\b(?:[Vv]oor|[Aa]lleen) mannen\b|^Mannen\b"),
    "female": re.compile(r"\b(?:[Vv]oor|[Aa]lleen) vrouwen\b|^Vrouwen\b"),
}


def test_what_is_said_to_be_for_one_sex_is_filed_under_it(kb: model.KnowledgeBase) -> None:
    """Huis van Herstel: its text was for men, its target group all adults, so that a woman was sent there."""
    wrong, looked = [], 0
    for item in kb.interventions.values():
        texts = (item.target_group_note or "", item.participant_text or "", item.tagline)
        named = {sex for sex, pattern in SEX_WORDS.items() if any(pattern.search(text) for text in texts)}
        groups = {kb.term("target_group", group).sex for group in item.target_groups}
        looked += len(named)
        wrong += [f"{item.id}: {named} and {sorted(item.target_groups)}"] if named - groups else []
    assert looked
    tell_all(wrong)
