"""The source that a proposal becomes: a report from practice, with a function and a date, never a name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from kennisbank import kinds, load
from kennisbank.render import write_date
from kennisbank.renewal.proposal import Proposal

LONGEST_PLACE = 34  # so that the id stays within the 60 of the schema
MARK = 6


def make_source(made: Proposal, loaded: load.Loaded) -> load.Record:
    """The record in the sources. The same report gives the same id, so that it is there once."""
    basis, reporter = made.data["basis"], made.data["from"]
    terms = loaded.vocabularies
    day = basis.get("date", made.data["made_on"])
    role = str(terms["role"][reporter["role"]]["label"])
    place = reporter.get("institution", "")
    names = {record["id"]: record["name"] for record in loaded.records["institutions"] if "id" in record}
    told = " · ".join(part for part in (role, names.get(place, "")) if part)
    how = "from_document" if "title" in basis else "by_eye"
    return {
        "id": make_id(made),
        "title": load.say("reported.title", who=told, date=write_date(made.data["made_on"])),
        "short": load.say("reported.short", date=write_date(made.data["made_on"])),
        "year": int(made.data["made_on"][:4]),
        "kind": find_term(terms["source_kind"], "reported", True),
        "reported_by": reporter,
        "second_reader": find_term(terms["second_reader"], "pending", True),
        "country": find_term(terms["country"], "home", True),
        "method": load.say(f"reported.{how}", role=role, title=basis.get("title", "")),
        "limits": load.say("reported.limits"),
        **({"url": basis["url"]} if "url" in basis else {}),
        "as_of": day,
        "outside": True,
        "status": kinds.PUBLISHED,
    }


def make_id(made: Proposal) -> str:
    """The id of the source: the place, the day, and a mark of who says it and what it rests on."""
    said = json.dumps([made.data["made_on"], made.data["from"], made.data["basis"]], sort_keys=True)
    mark = hashlib.sha256(said.encode()).hexdigest()[:MARK]
    place = made.data["from"].get("institution", load.say("reported.nowhere"))[:LONGEST_PLACE].strip("-")
    return load.say("reported.id", place=place, date=made.data["made_on"], mark=mark)


def refer(source_id: str) -> load.Record:
    """The reference to it in a record."""
    return {"id": source_id, "where": load.say("reported.where")}


def find_term(terms: Mapping[str, Any], meaning: str, value: object) -> str:
    """The first term of a closed list that has this meaning. Raises ``StopIteration`` when a list has none."""
    return next(name for name, term in terms.items() if term.get(meaning) == value)
