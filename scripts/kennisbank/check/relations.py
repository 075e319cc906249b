"""Relations between interventions: stated once, on one side, to something that still exists."""

from __future__ import annotations

from collections.abc import Iterator

from kennisbank import load
from kennisbank.check.context import Context, Entry, is_text, mappings


def relations_are_sound(context: Context) -> Iterator[load.Problem]:
    """An intervention is related to others, not to itself, not twice the same, and not to an archived one."""
    for entry in context.entries["interventions"]:
        seen = set()
        for index, relation in mappings(entry.data.get("related")):
            target, kind = relation.get("id"), relation.get("relation")
            if not (is_text(target) and is_text(kind)):
                continue
            path = ("related", index, "id")
            other = context.by_id["interventions"].get(target)
            if target == entry.data.get("id"):
                yield context.at("KB210", entry, path)
            elif (target, kind) in seen:
                yield context.at("KB212", entry, path, id=load.Quoted(target))
            elif other and other.data.get("status") == "archived" and entry.data.get("status") == "published":
                moved = other.data.get("moved_to")
                advice = load.say("advice.near", near=load.shown(moved)) + " " if moved else ""
                yield context.at("KB211", entry, path, id=load.Quoted(target), advice=advice)
            seen.add((target, kind))


def relations_stand_on_one_side(context: Context) -> Iterator[load.Problem]:
    """A relation is written at one of the two; the site shows it at both."""
    terms = context.loaded.vocabularies.get("relation", {})
    stated: dict[tuple[str, str], list[tuple[Entry, str]]] = {}
    for entry in context.entries["interventions"]:
        name = entry.data.get("id")
        for index, relation in mappings(entry.data.get("related")):
            target, kind = relation.get("id"), relation.get("relation")
            if not (is_text(name) and is_text(target) and is_text(kind)) or name == target:
                continue
            term = terms.get(kind)
            inverse = term.get("inverse") if isinstance(term, dict) else None
            for other, earlier in stated.get((target, name), ()):
                values = {"id": load.Quoted(other.id), "earlier": load.Quoted(context.call_term("relation", earlier))}
                if earlier == inverse:
                    yield context.at("KB213", entry, ("related", index, "id"), **values)
                elif earlier == kind:
                    yield context.at("KB214", entry, ("related", index, "relation"), **values)
            stated.setdefault((name, target), []).append((entry, kind))
