"""Evidence: a strength that is said to be studied rests on a study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kennisbank import load
from kennisbank.check.context import Context, name_term


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
        sources, are_all = context.sources_of(entry)
        # Sources that are missing, do not exist or are of no kind are a mistake of their own.
        found = [source.data.get("kind") for source in sources]
        if found and are_all and all(isinstance(kind, str) for kind in found) and not studies & set(found):
            values = list_ways_out(context.loaded.vocabularies)
            yield context.at("KB306", entry, ("evidence", "strength"), strength=load.Quoted(strength), **values)


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
