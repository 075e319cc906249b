"""Habits of language that readers stumbled over: what can be told by a pattern stays away from every text."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from kennisbank.load import messages
from tests.helpers import tell_all

# The pattern, and what to write instead.
HABITS = {
    r"\b(hang|gebruik|print|toont|ververst|vastlegt|dwingt) haar\b": "een ding is geen zij: hem, die of deze",
    r"\bhaar (niet )?(gelezen|bekeken)\b": "een ding is geen zij: die niet gelezen",
    r"\bop haar (eigen )?site\b": "op de eigen site",
    r"Vraag het (aan|bij)[^.?!]{0,60} of (dit|dat|er|het) ": "Vraag je mentor of casemanager of …",
    r"\bstempels?\b": "taboe, stigma",
    r"\blezingen (naast|blijven)\b": "versies",
    r"\bgaten in [^.]{0,30}opgevuld\b": "vertaald uit het Engels",
    r"\bmiddelen om hun emoties\b": "middelen zijn in een gevangenis iets anders",
    r"\bgeen (knop|ademoefening)\b": "een spreuk in plaats van een zin",
    r"\bis meer waard dan\b": "een spreuk in plaats van een zin",
}
FIELD_NAMES = {"settings", "goals", "figures", "formats", "formats en settings"}


def texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every text in a record with its place; addresses and the words of others in a hand-out are left out."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in {"url", "where", "id"}:
                yield from texts(part, f"{path}.{key}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from texts(part, f"{path}[{number}]")
    elif isinstance(value, str):
        yield path, " ".join(value.split())


@pytest.fixture(scope="module")
def written(project_root: Path) -> list[tuple[str, str]]:
    """Every text of the data, the pages and the templates."""
    found = []
    for path in sorted((project_root / "data").glob("*.yaml")):
        if path.stem != "vocabularies":
            for record in yaml.load(
                path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            ):
                name = record.get("id") or "/".join(str(record.get(key)) for key in ("intervention", "institution"))
                found += texts(record, f"{path.stem} {name}")
    for folder in ("content", "scripts/kennisbank/templates", "overrides"):
        for path in sorted((project_root / folder).rglob("*")):
            if path.suffix in {".md", ".jinja", ".html"}:
                found.append((str(path.relative_to(project_root)), " ".join(path.read_text(encoding="utf-8").split())))
    return found


@pytest.mark.slow
def test_no_text_has_a_habit_that_readers_stumbled_over(written: list[tuple[str, str]]) -> None:
    tell_all(
        f"{place}: {hit[0]} ({advice})"
        for pattern, advice in HABITS.items()
        for place, text in written
        for hit in re.finditer(pattern, text)
    )


def test_advice_of_the_editors_cites_no_source(loaded) -> None:
    """Three voices, never mixed: what the editors advise has a field of its own, without a source behind it."""
    mixed = []

    def look(value: object, place: str) -> None:
        if isinstance(value, dict):
            if "source" in value and re.search(r"(Advies|Opmerking) van de redactie", str(value.get("text", ""))):
                mixed.append(place)
            for key, part in value.items():
                look(part, f"{place}.{key}")
        elif isinstance(value, list):
            for number, part in enumerate(value):
                look(part, f"{place}[{number}]")

    for record in loaded.records["interventions"]:
        look(record, record["id"])
    tell_all(mixed)


def test_a_note_is_about_something_in_dutch(loaded) -> None:
    tell_all(
        f"{record['id']}: {note['about']}"
        for kind in ("interventions", "institutions", "organisations")
        for record in loaded.records[kind]
        for note in record.get("editor_notes", ())
        if note.get("about") in FIELD_NAMES
    )


# What is counted, in the plural: after a number that can be one there has to be another form.
MANY = (
    "interventies|inrichtingen|regels|sessies|trainingen|kaarten|bronnen|organisaties|beweringen|opdrachten|records|weken|"
    "bijeenkomsten|deelnemers|veranderingen|bestanden|blokken|rijen|dingen|fouten|resultaten|teksten|woorden|"
    "onderdelen|waarschuwingen|antwoorden|bladen|berichten"
)
# Of a whole that cannot be one thing, or that is a limit of more.
OF_ALL = r"(?:[Vv]an de |[Aa]lle |[Dd]e |van )"
# Said only of more than a limit.
ALWAYS_MORE = {"KB128", "KB521"}


def test_a_number_agrees_with_its_noun(project_root: Path) -> None:
    """On a page by `count` of parts.jinja or a choice; a word of a script has its ``-one``, one of the command line ``_one``."""
    wrong = []
    files = [
        *(project_root / "scripts/kennisbank/templates").rglob("*.*"),
        *(project_root / "overrides").rglob("*.html"),
    ]
    printed = re.compile(rf"({OF_ALL})?\{{\{{ ?[^{{}}\"]*\}}\}} (?:{MANY})\b")
    # The minutes of a session are never one; what is left of them can be.
    scripted = re.compile(rf'data-word="([a-z-]+)">([^<]*?({OF_ALL})?\{{(?:n|total)\}} (?:minuten|{MANY})\b)')
    for path in files:
        if path.suffix not in {".jinja", ".html", ".txt"}:
            continue
        text = path.read_text(encoding="utf-8")
        wrong += [f"{path.name}: {found[0]}" for found in printed.finditer(text) if not found[1]]
        wrong += [
            f"{path.name}: {found[1]}: {found[2]}"
            for found in scripted.finditer(text)
            if not found[3] and f'data-word="{found[1]}-one"' not in text
        ]
    said = yaml.safe_load(messages.PATH.read_bytes())
    counted = re.compile(rf"(?<!van de )\{{(?!limit|sum|total|most|least)[a-z]+\}} (?:{MANY})\b")
    for code, problem in said["problems"].items():
        texts_of = (problem["message"], problem["hint"])
        wrong += [f"{code}: {text}" for text in texts_of if counted.search(text) and code not in ALWAYS_MORE]
    for group, named in said["words"].items():
        wrong += [
            f"{group}.{name}: {text}"
            for name, text in named.items()
            if counted.search(str(text)) and f"{name}_one" not in named and not name.endswith("_one")
        ]
    tell_all(wrong)
