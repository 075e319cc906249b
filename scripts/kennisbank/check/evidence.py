"""Evidence: a strength that is said to be studied rests on a study, and a report says who reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kennisbank import kinds, load
from kennisbank.check.context import Context, mappings, name_term


def strength_rests_on_study(context: Context) -> Iterator[load.Problem]:
    """Evidence stronger than an explanation needs a study or research report among the sources."""
    if not context.knows("sources"):
        return
    above = context.ids_where("evidence", "studied", True)
    studies = context.ids_where("source_kind", "research", True)
    for entry in context.entries["interventions"]:
        evidence = entry.data.get("evidence")
        strength = evidence.get("strength") if isinstance(evidence, dict) else None
        if not isinstance(strength, str) or strength not in above:
            continue
        names = [source.get("id") for _, source in mappings(entry.data.get("sources"))]
        sources = [context.by_id["sources"].get(name) for name in names if isinstance(name, str)]
        # Sources that are missing, do not exist or are of no kind are a mistake of their own.
        found = [source.data.get("kind") if source else None for source in sources]
        if found and all(isinstance(kind, str) for kind in found) and not studies & set(found):
            values = list_ways_out(context.loaded.vocabularies)
            yield context.at("KB306", entry, ("evidence", "strength"), strength=load.Quoted(strength), **values)


def reports_say_who(context: Context) -> Iterator[load.Problem]:
    """A published report from practice says the function of who reported it."""
    reports = context.ids_where("source_kind", "reported", True)
    for entry in context.entries["sources"]:
        is_public = entry.data.get("status") == kinds.PUBLISHED
        if is_public and str(entry.data.get("kind")) in reports and "reported_by" not in entry.data:
            yield context.at("KB326", entry, ("kind",))


def list_ways_out(vocabularies: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """What somebody can do about it: the kinds of source that are a study, and the strengths that need none."""
    ways = {"kinds": ("source_kind", "research", True), "lower": ("evidence", "studied", False)}
    return {
        name: ", ".join(
            name_term(one, term.get("label"))
            for one, term in vocabularies.get(vocabulary, {}).items()
            if isinstance(term, dict) and bool(term.get(meaning)) is wanted
        )
        for name, (vocabulary, meaning, wanted) in ways.items()
    }
