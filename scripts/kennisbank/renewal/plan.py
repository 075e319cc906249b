"""A proposal beside the data: which records become what, and where the two are at odds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kennisbank import fields, kinds, load
from kennisbank.check.context import nearest
from kennisbank.renewal import reported
from kennisbank.renewal.proposal import Proposal, identify

THEIRS, OURS = "theirs", "ours"
CHOICES = (THEIRS, OURS)


@dataclass
class Plan:
    """What a proposal comes to: records to change (by file and number), records to add (by kind), and what is wrong.

    ``origins`` leads from a record, as messages call it, to where the proposal speaks of it; ``kept`` are the records,
    called so too, of which all stays as it was because the word of the data counts.
    """

    changed: dict[tuple[str, int], load.Record] = field(default_factory=dict)
    added: dict[str, list[load.Record]] = field(default_factory=dict)
    problems: list[load.Problem] = field(default_factory=list)
    origins: dict[tuple[str, str], load.FieldPath] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


def plan(made: Proposal, loaded: load.Loaded, take: str = "") -> Plan:
    """What the proposal comes to. ``take`` says whose word counts where the data is no longer what its writer saw."""
    planned = _Planner(made, loaded, take)
    planned.run()
    return planned.plan


def same(one: object, other: object) -> bool:
    """Whether two plain values are the same for YAML: ``1`` is not ``true``, the order of names does not count."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


class _Planner:
    def __init__(self, made: Proposal, loaded: load.Loaded, take: str) -> None:
        self.made, self.loaded, self.take = made, loaded, take
        self.plan = Plan()
        self.fields = fields.read(loaded.root)
        self.source_id = reported.make_id(made)
        self.records = {
            (file.kind, *load.sort_key(file.kind, record)): (file, index)
            for file in reversed(loaded.files)
            if file.kind in kinds.NAMES
            for index, record in reversed(list(enumerate(file.data)))
            if isinstance(record, dict)
        }

    def run(self) -> None:
        for index, change in enumerate(self.made.changes):
            if "add" in change:
                self._add(index, change)
            else:
                self._change(index, change)
        references = any(
            reference.get("id") == self.source_id
            for record in (*self.plan.changed.values(), *(item for items in self.plan.added.values() for item in items))
            for reference in record.get("sources", ())
            if isinstance(reference, dict)
        )
        if references and ("sources", self.source_id) not in self.records:
            self.plan.added.setdefault("sources", []).append(reported.make_source(self.made, self.loaded))
            self.plan.origins["sources", self.source_id] = ("basis",)

    def _find(self, change: load.Record, part: str) -> tuple[load.File, int] | None:
        return self.records.get((change["kind"], *load.sort_key(change["kind"], change[part])))

    def _add(self, index: int, change: load.Record) -> None:
        record, kind = dict(change["add"]), change["kind"]
        found = self._find(change, "add")
        here: load.FieldPath = ("changes", index, "add")
        known = self.fields[kind].by_name
        if found:
            file, number = found
            present = file.data[number]
            differing = {name: value for name, value in record.items() if not same(present.get(name), value)}
            # What apply itself filled in the first time is no difference.
            if differing and self.take == THEIRS:
                self._put(change, found, {**present, **self._founded(kind, present, differing)}, here)
            elif differing and self.take == OURS:
                self.plan.kept.append(identify(change))
            elif differing:
                where = f"{file.name}:{self.loaded.position(file.name, (number,))[0]}"
                values = {"kind": load.words("kinds")[kind], "id": load.Quoted(identify(change)), "where": where}
                self.plan.problems.append(self.made.at("KB704", here, False, identify(change), **values))
            return
        if "status" not in record and kinds.BY_NAME[kind].drafts:
            record["status"] = kinds.DRAFT
        if "sources" in known and "sources" not in record:
            record["sources"] = [reported.refer(self.source_id)]
        if "basis" in known and "basis" not in record:
            record["basis"] = self._basis()
        self.plan.added.setdefault(kind, []).append(record)
        self.plan.origins[kind, identify(change)] = here

    def _change(self, index: int, change: load.Record) -> None:
        found = self._find(change, "key")
        here: load.FieldPath = ("changes", index)
        kind = change["kind"]
        if found is None:
            values = {"kind": load.words("kinds")[kind], "id": load.Quoted(identify(change))}
            self.plan.problems.append(
                self.made.at("KB703", (*here, "key"), False, identify(change), advice=self._advise(change), **values)
            )
            return
        file, number = found
        present = file.data[number]
        wanted, gone = dict(change.get("set", {})), list(change.get("remove", ()))
        after = self._founded(kind, present, wanted) if self._claims(kind, (*wanted, *gone)) else wanted
        if all(same(present.get(name), after[name]) for name in wanted) and not set(gone) & present.keys():
            return  # applied already
        was = change.get("was", {})
        odd = [
            name
            for name in dict.fromkeys((*was, *wanted, *gone))
            if not same(present.get(name), was.get(name)) and not self._is_done(name, present, after, gone)
        ]
        if odd and self.take not in CHOICES:
            self.plan.problems += self._conflicts(index, change, found, odd)
            return
        if odd and self.take == OURS:
            # A report whose claim is not taken founds nothing: neither its date nor its source may stand beside ours.
            if set(odd) - {*wanted, *gone} or self._claims(kind, tuple(odd)):
                self.plan.kept.append(identify(change))
                return
            wanted = {name: value for name, value in wanted.items() if name not in odd}
            gone = [name for name in gone if name not in odd]
            if not wanted and not gone:
                self.plan.kept.append(identify(change))
                return
            after = self._founded(kind, present, wanted) if self._claims(kind, (*wanted, *gone)) else wanted
        record = {name: value for name, value in {**present, **after}.items() if name not in gone}
        self._put(change, found, record, here)

    def _is_done(self, name: str, present: load.Record, after: load.Record, gone: list[str]) -> bool:
        return (name in after and same(present.get(name), after[name])) or (name in gone and name not in present)

    def _put(self, change: load.Record, found: tuple[load.File, int], record: load.Record, here: Any) -> None:
        self.plan.changed[found[0].name, found[1]] = record
        self.plan.origins[change["kind"], identify(change)] = here

    def _claims(self, kind: str, names: tuple[str, ...]) -> bool:
        """Whether the fields say how something stands: then the record rests on the report.

        That is of records that say what they rest on, and of those more than the wording.
        """
        known = self.fields[kind].by_name
        return "basis" in known and any(name not in known or known[name].shape != "text" for name in names)

    def _founded(self, kind: str, present: load.Record, wanted: load.Record) -> load.Record:
        """The wanted fields with the report among the sources, and as what the record rests on."""
        known = self.fields[kind].by_name
        after = dict(wanted)
        if "sources" in known:
            sources = wanted.get("sources", present.get("sources", []))
            reference = reported.refer(self.source_id)
            listed = sources if isinstance(sources, list) else []
            if not any(isinstance(item, dict) and item.get("id") == self.source_id for item in listed):
                after["sources"] = [*listed, reference]
        if "basis" in known and "basis" not in wanted:
            after["basis"] = self._basis()
        return after

    def _basis(self) -> str:
        return reported.find_term(self.loaded.vocabularies["basis"], "reported", True)

    def _advise(self, change: load.Record) -> str:
        """The record that was meant, when one is nearly called so."""
        names = [load.label(kind, file.data[number], 1) for (kind, *_), (file, number) in self.records.items()
                 if kind == change["kind"]]  # fmt: skip
        near = nearest(identify(change), names)
        return load.say("advice.near", near=near) + " " if near else ""

    def _conflicts(
        self, index: int, change: load.Record, found: tuple[load.File, int], odd: list[str]
    ) -> Iterator[load.Problem]:
        file, number = found
        present, was = file.data[number], change.get("was", {})
        for name in odd:
            part = "set" if name in change.get("set", ()) else "remove" if name in change.get("remove", ()) else "was"
            path: load.FieldPath = ("changes", index, part, *((name,) if part != "remove" else ()))
            where = f"{file.name}:{self.loaded.position(file.name, (number, name))[0]}"
            wanted = {**was, **change.get("set", {})} if part != "remove" else {}
            yield self.made.at(
                "KB708",
                path,
                False,
                identify(change),
                field=load.Quoted(self.made.call((*path[:2], "set", name)) or name),
                present=self._say(change["kind"], name, present),
                was=self._say(change["kind"], name, was),
                wanted=self._say(change["kind"], name, wanted),
                where=where,
            )

    def _say(self, kind: str, name: str, record: load.Record) -> str:
        """A value as a message repeats it: of a term also the label."""
        if name not in record:
            return load.say("renewal.empty")
        value = record[name]
        known = self.fields[kind].by_name.get(name)
        term = self.loaded.vocabularies.get(known.vocabulary if known else "", {}).get(str(value))
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return load.shown(f"{text} ({term['label']})" if isinstance(term, dict) else text)
