"""Things worth a look that are no mistakes: warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kennisbank import kinds, load
from kennisbank.check import readability
from kennisbank.check.context import Context, Entry, is_text, name_some, texts_in

# Field, code, and the score below which it is named: professionals read B1, participants A2.
READ = (
    ("summary", "KB903", readability.VERY_DIFFICULT),
    ("participant_text", "KB904", readability.DIFFICULT),
)
# What says that it works: on the first lines of a page no source stands beside it.
PROMISE = re.compile(
    r"\b(?:zorgt|zorgen) (?:er ?voor|dat)\b|\bvoork(?:omt|omen) (?:dat|recidive|herhaling)\b|\brecidiv\w*|\bbewezen\b"
    r"|\bgarande\w*|\bminder (?:vaak|snel) (?:opnieuw|terug)\b|\d+ ?(?:%|procent\b)",
    re.IGNORECASE,
)
PROMISING = ("name", "tagline", "summary", "participant_text")
TOLD = ("tagline", "summary", "participant_text")
FEWEST_WORDS = 2
ENOUGH = 1 / 3  # share of the wanted fields
NAMED = 5  # records that a summarising message names


def first_lines_promise_nothing(context: Context) -> Iterator[load.Problem]:
    """What an intervention brings about stands in its claims, beside the source that says so."""
    for entry in context.entries["interventions"]:
        for name in PROMISING:
            text = entry.data.get(name)
            if is_text(text) and (found := PROMISE.search(text)):
                yield context.at("KB908", entry, (name,), found=load.Quoted(found[0]))


def aliases_are_nobody_elses_name(context: Context) -> Iterator[load.Problem]:
    """Another name of one record is its own name nor any name of another record of that kind, in whatever letters."""
    for entries in context.entries.values():
        names: dict[str, Entry] = {}
        for entry in entries:
            for name in (entry.data.get("name"), entry.data.get("term")):
                if is_text(name):
                    names.setdefault(name.lower(), entry)
        for entry in entries:
            for index, alias in enumerate(texts_in(entry.data.get("also_known_as"))):
                other = names.setdefault(alias.lower(), entry)
                if other is not entry and other.data.get("id") != entry.data.get("id"):
                    values = {"alias": load.Quoted(alias), "other": load.Quoted(other.id)}
                    yield context.at("KB902", entry, ("also_known_as", index), **values)
                elif alias.lower() == str(entry.data.get("name", "")).lower():
                    yield context.at("KB921", entry, ("also_known_as", index), alias=load.Quoted(alias))


def participants_are_told(context: Context) -> Iterator[load.Problem]:
    """A published intervention says in the participant's words what it is, or that others learn from it.

    An example from abroad needs none: nobody here can join it or ask for it.
    """
    home = context.ids_where("country", "home", True)
    for entry in context.entries["interventions"]:
        countries = entry.data.get("countries")
        abroad = isinstance(countries, list) and not home & {str(country) for country in countries}
        told = entry.data.keys() & {"participant_text", "learners"}
        if entry.data.get("status") == kinds.PUBLISHED and not abroad and not told:
            yield context.at("KB129", entry, ("participant_text",))


def texts_are_easy(context: Context) -> Iterator[load.Problem]:
    """Summaries and texts for participants are not hard to read by the measure of Flesch and Douma."""
    for entry in context.entries["interventions"]:
        for field, code, limit in READ:
            text = entry.data.get(field)
            value = readability.score(text) if is_text(text) else None
            if value is not None and value < limit:
                yield context.at(code, entry, (field,), score=round(value), limit=limit)


def texts_say_something(context: Context) -> Iterator[load.Problem]:
    """A summary is more than a word or two."""
    for entry in context.all_entries:
        for field in TOLD:
            text = entry.data.get(field)
            if is_text(text) and text.strip() and len(text.split()) < FEWEST_WORDS:
                yield context.at("KB920", entry, (field,))


def records_are_filled(context: Context) -> Iterator[load.Problem]:
    """One line about the published interventions with less than a third of the wanted fields."""
    published = [entry for entry in context.entries["interventions"] if entry.data.get("status") == "published"]
    known = context.fields.get("interventions")
    wanted = [field.name for field in known.all if field.need == "wanted"] if known else []
    thin = [entry for entry in published if sum(name in entry.data for name in wanted) < ENOUGH * len(wanted)]
    if thin:
        names = name_some([load.shown(entry.id) for entry in thin], NAMED)
        place = context.loaded.position(thin[0].file, thin[0].path)
        yield load.make("KB905", thin[0].file, place, count=len(thin), total=len(published), names=names)
