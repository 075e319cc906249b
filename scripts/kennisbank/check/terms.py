"""The vocabularies agree with themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kennisbank import kinds, load
from kennisbank.check.context import Context, advise

WITH_INVERSE = "relation"
WITH_SYMBOL = "offer_status"


def labels_are_unique(context: Context) -> Iterator[load.Problem]:
    """Two terms of one vocabulary never have the same label."""
    for vocabulary in context.loaded.vocabularies:
        yield from _unique(context, vocabulary, "label", "KB606")


def symbols_are_present(context: Context) -> Iterator[load.Problem]:
    """Every status of an offer has a symbol of its own, so that a table does not rest on colour."""
    for term, entry in _terms(context, WITH_SYMBOL):
        if "symbol" not in entry:
            yield _at(context, "KB604", (WITH_SYMBOL, term))
    yield from _unique(context, WITH_SYMBOL, "symbol", "KB605")


def inverses_are_mutual(context: Context) -> Iterator[load.Problem]:
    """Every relation names the relation that it is from the other side."""
    terms = dict(_terms(context, WITH_INVERSE))
    for term, entry in terms.items():
        inverse = entry.get("inverse")
        if inverse is None:
            yield _at(context, "KB601", (WITH_INVERSE, term))
        elif not isinstance(inverse, str):
            continue  # the schema says so
        elif inverse not in terms:
            path = (WITH_INVERSE, term, "inverse")
            yield _at(context, "KB602", path, inverse=load.Quoted(inverse), advice=advise(str(inverse), terms))
        elif terms[inverse].get("inverse") != term:
            # Of the two the wrong one is the term that others point to: it has to point back.
            others = [name for name, other in terms.items() if other.get("inverse") == term and name != term]
            for other in others[:1]:
                path = (WITH_INVERSE, term, "inverse")
                yield _at(context, "KB603", path, inverse=load.Quoted(inverse), other=load.Quoted(other))


def _unique(context: Context, vocabulary: str, field: str, code: str) -> Iterator[load.Problem]:
    seen: dict[str, str] = {}
    for term, entry in _terms(context, vocabulary):
        value = entry.get(field)
        if not isinstance(value, str):
            continue
        if value.lower() in seen:
            values = {"value": load.Quoted(value), "other": load.Quoted(seen[value.lower()])}
            yield _at(context, code, (vocabulary, term, field), **values)
        seen.setdefault(value.lower(), term)


def _terms(context: Context, vocabulary: str) -> Iterator[tuple[str, Mapping]]:
    terms = context.loaded.vocabularies.get(vocabulary, {})
    yield from ((term, entry) for term, entry in terms.items() if isinstance(entry, dict))


def _at(context: Context, code: str, path: tuple[str, ...], **values: object) -> load.Problem:
    # A mistake in a term as a whole is shown at its name.
    place = context.loaded.position(kinds.VOCABULARIES_FILE, path, key=len(path) == 2)
    return load.make(
        code, kinds.VOCABULARIES_FILE, place, f"{path[0]} · {path[1]}", ".".join(path[2:]), term=path[1], **values
    )
