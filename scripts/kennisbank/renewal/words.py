"""What changed, in words for a reader: per institution, per intervention, and what else; as text, Markdown or data."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from kennisbank import fields, kinds, load, order
from kennisbank.check import endings
from kennisbank.render import environment, write_date
from kennisbank.renewal.compare import Difference

FORMATS = ("text", "markdown", "json")
_TEMPLATES = {"text": "diff.txt.jinja", "markdown": "diff.markdown.jinja"}
_WORD = re.compile(r"\s+|[^\s]+")
# A text that keeps less than this of its words is told whole: as it was, and as it is.
ALIKE = 0.4
CARDS = "cards/"


def tell(found: Iterable[Difference], before: load.Loaded, after: load.Loaded, form: str) -> str:
    """The differences in one of ``FORMATS``."""
    view = show(list(found), before, after)
    if form == "json":
        return json.dumps(view, ensure_ascii=False, indent=2)
    template = environment().get_template(_TEMPLATES[form])
    text = template.render(view=view, kinds=load.words("kinds"))
    # What was not checked may hold what a terminal would obey.
    text = "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in text)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def show(found: list[Difference], before: load.Loaded, after: load.Loaded) -> dict[str, Any]:
    """The differences as plain data: ``institutions``, ``interventions`` and ``others``, each a list of groups.

    A group has ``id``, ``name``, ``url`` and ``changes``; a change has ``kind``, ``how`` (``new``, ``gone``, ``archived``,
    ``changed``), ``name`` and ``fields``, each with ``label``, ``old``, ``new`` and ``lines`` (see ``match``), and
    ``is_undated`` where a status is another one and its day and sources are the same. ``touched`` are
    ``pages``, ``cards`` and ``plans``; ``sources`` the names of those that are new.
    """
    teller = Teller(before, after)
    groups: dict[str, dict[str, dict[str, Any]]] = {"institutions": {}, "interventions": {}, "others": {}}
    for item in found:
        if item.kind == "sources" and item.old is None:
            continue
        for side, record_id in teller.places(item):
            name = teller.name("institutions" if side == "others" else side, record_id) if side != "others" else ""
            key = record_id if side != "others" else item.kind
            group = groups[side].setdefault(key, {"id": key, "name": name, "changes": []})
            group["changes"].append(teller.change(item, side))
    return {
        **{
            side: sorted(groups[side].values(), key=lambda group: order.key(str(group["name"]) or group["id"]))
            for side in groups
        },
        "sources": [
            teller.name("sources", item.key[0]) for item in found if item.kind == "sources" and item.old is None
        ],
        "touched": teller.touched(found),
        "count": len(found),
    }


class Teller:
    """Says what a difference is, with the names and labels of both states."""

    def __init__(self, before: load.Loaded, after: load.Loaded) -> None:
        self.vocabularies = {**before.vocabularies, **after.vocabularies}
        self.fields = fields.read(after.root)
        self.records: dict[str, dict[str, load.Record]] = {
            kind.name: {
                str(record.get("id")): record for loaded in (before, after) for record in loaded.records[kind.name]
            }
            for kind in kinds.RECORDS
            if kind.has_id
        }

    def name(self, kind: str, record_id: str) -> str:
        """What a record is called: its name, or the words for every institution."""
        record = self.records.get(kind, {}).get(record_id, {})
        if kind == "institutions" and record_id == kinds.EVERYWHERE:
            return load.say("diff.everywhere")
        return kinds.call(record.get, record_id)

    def places(self, item: Difference) -> list[tuple[str, str]]:
        """Under which heads a difference is told: the kinds that are told of themselves, and what the record joins."""
        if item.kind in ("institutions", "interventions"):
            return [(item.kind, item.key[0])]
        named = {} if kinds.BY_NAME[item.kind].has_id else kinds.joined(item.kind, item.key)
        return list(named.items()) or [("others", item.kind)]

    def change(self, item: Difference, side: str) -> dict[str, Any]:
        """One difference, told under one head."""
        return {
            "kind": item.kind,
            "how": self.how(item),
            "name": self.call(item, side),
            "key": [part for part in item.key if part],
            "fields": [self.field(item.kind, *part) for part in item.fields] or self.summary(item),
            "is_undated": self.is_undated(item),
        }

    def is_undated(self, item: Difference) -> bool:
        """Whether the status of an offer changed, and neither the day of which that is nor what it rests on."""
        is_offer = not kinds.BY_NAME[item.kind].has_id
        return is_offer and item.old is not None and item.new is not None and endings.is_undated(item.old, item.new)

    def how(self, item: Difference) -> str:
        """What happened to the record."""
        if item.old is None:
            return "new"
        if item.new is None:
            return "gone"
        after = [new for name, _, new in item.fields if name == "status"]
        is_archived = kinds.BY_NAME[item.kind].has_id and after and after[0] in kinds.SHOWN[1:]
        return "archived" if is_archived else "changed"

    def call(self, item: Difference, side: str) -> str:
        """The record's own name; of what joins two records the name of the other one."""
        if kinds.BY_NAME[item.kind].has_id:
            return load.words("kinds")[item.kind] if side == item.kind else self.name(item.kind, item.key[0])
        intervention, institution, location = item.key
        place = f" · {location}" if location else ""
        if side == "institutions":
            return self.name("interventions", intervention) + place
        return self.name("institutions", institution) + place

    def summary(self, item: Difference) -> list[dict[str, Any]]:
        """Of a record that came or went the terms and dates that say how it stands."""
        known = self.fields[item.kind].by_name
        return [
            self.field(item.kind, name, *((None, value) if item.old is None else (value, None)))
            for name, value in item.record.items()
            if name in known
            and known[name].shape in ("term", "date", "state")
            and known[name].need == "required"
            and known[name].vocabulary != "basis"
        ]

    def field(self, kind: str, name: str, old: Any, new: Any) -> dict[str, Any]:
        """One field with its values in words; of a running text the words that changed."""
        known = self.fields[kind].by_name.get(name)
        was, becomes = self.value(known, old), self.value(known, new)
        is_text = isinstance(old, str) and isinstance(new, str) and known is not None and known.shape == "text"
        is_many = isinstance(old if old is not None else new, list | dict)
        return {
            "name": name,
            "label": known.label if known else name,
            "old": was,
            "new": becomes,
            "lines": match(was, becomes) if is_many or (is_text and mark(old, new)) else [],
        }

    def value(self, field: fields.Field | None, value: Any) -> list[str]:
        """A value in words, an item a line."""
        if value is None:
            return []
        if isinstance(value, list):
            return [line for item in value for line in self.value(field, item)]
        if isinstance(value, dict):
            inner = {part.name: part for part in field.inner} if field else {}
            said = [(inner.get(name), self.value(inner.get(name), part)) for name, part in value.items()]
            return [", ".join(", ".join(lines) for _, lines in said if lines)]
        if isinstance(value, bool):
            return [load.say("diff.yes" if value else "diff.no")]
        text = str(value)
        if field and field.vocabulary:
            term = self.vocabularies.get(field.vocabulary, {}).get(text)
            return [str(term["label"])] if isinstance(term, dict) and "label" in term else [text]
        if field and field.refers:
            return [self.name(field.refers, text)]
        if field and field.shape == "date" and re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}|unknown", text):
            try:
                return [write_date(text)]
            except ValueError:
                return [text]
        return [text]

    def touched(self, found: list[Difference]) -> dict[str, list[str]]:
        """What a reader sees otherwise: pages, cards to print again, and session plans of what changed."""
        pages = {address for item in found for address in self.addresses(item)}
        changed = {item.key[0] for item in found if item.kind == "interventions"}
        plans = [
            kinds.address("training", training_id)
            for training_id, record in self.records["trainings"].items()
            if changed.intersection(record.get("interventions") or ())
        ]
        return {
            "pages": sorted(page for page in pages if not page.startswith(CARDS)),
            "cards": sorted(page for page in pages if page.startswith(CARDS)),
            "plans": sorted(plans),
        }

    def addresses(self, item: Difference) -> Iterator[str]:
        """The pages of a record; of what joins two records those of both, but not the sheets that tell of one alone.

        With an intervention go the sheets of the terms it names, such as the poster of each of its target groups.
        """
        has_id = kinds.BY_NAME[item.kind].has_id
        yield from kinds.BY_NAME[item.kind].overviews
        for kind, record_id in kinds.joined(item.kind, item.key).items():
            names = self.records["institutions"] if record_id == kinds.EVERYWHERE else [record_id]
            for page in kinds.BY_NAME[kind].pages:
                if has_id or not page.by_some:
                    yield from map(page.address, names)
            if kind == "interventions":
                record = self.records[kind].get(record_id, {})
                for terms in kinds.TERMS:
                    for page in terms.pages if terms.used_in else ():
                        yield from map(page.address, record.get(terms.used_in) or ())


def match(old: list[str], new: list[str]) -> list[list[dict[str, str]]]:
    """The lines that differ, each as stretches (see ``mark``): one that was and one that is on one line when alike."""
    lost = [line for line in old if line not in new]
    added = [line for line in new if line not in old]
    found = []
    for line in lost:
        other = next((other for other in added if mark(line, other)), None)
        if other is None:
            found.append([{"how": "old", "text": line}])
        else:
            added.remove(other)
            found.append(mark(line, other))
    return found + [[{"how": "new", "text": line}] for line in added]


def mark(old: str, new: str) -> list[dict[str, str]]:
    """A text with what changed in it, word by word: stretches that are ``same``, ``old`` or ``new``.

    Empty when so little stays that the two are easier read whole.
    """
    was, becomes = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(None, was, becomes, False)
    if matcher.ratio() < ALIKE:
        return []
    parts = []
    for how, start, end, first, last in matcher.get_opcodes():
        if how == "equal":
            parts.append({"how": "same", "text": "".join(was[start:end])})
            continue
        for name, text in (("old", "".join(was[start:end])), ("new", "".join(becomes[first:last]))):
            if text:
                parts.append({"how": name, "text": text})
    return parts
