"""Data that the check lets pass and that nobody would write: what is printed of it, and what a fuzz begins from.

Each set starts from the records of the project and changes them in one direction as far as the schemas allow. A set is
plain data by kind, with ``vocabularies`` among it.
"""

from __future__ import annotations

import copy
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from kennisbank import build, calls, check, export, kinds, load, macros, model, views
from kennisbank.cli import scaffold
from kennisbank.fields import find
from tests.helpers import ROOT

Data = dict[str, Any]
LONGEST_ID = 60
# What mkdocs.yml says to the templates.
SETTINGS = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
PLACEHOLDER = re.compile(r"^INVULLEN.*$", re.MULTILINE)
SIGNS = " | ~ ^ ' \" > & ) ] } : ; = + ! / § % $1"


def read() -> Data:
    """The records of the project as plain data."""
    loaded = load.load(ROOT)
    return copy.deepcopy({**loaded.records, kinds.VOCABULARIES: loaded.vocabularies})


def lay_out(root: Path, data: Data) -> Path:
    """A project with this data, all of it promised, in the place of what it had; without pages unless it had them."""
    shutil.rmtree(root / "data", ignore_errors=True)
    (root / "data").mkdir(parents=True)
    (root / "content").mkdir(exist_ok=True)
    shutil.copytree(ROOT / "schema", root / "schema", dirs_exist_ok=True)
    for kind, records in data.items():
        key = kinds.BY_NAME[kind].key if kind in kinds.NAMES else ()
        if key:
            records = sorted(records, key=lambda record: [record.get(name, "") for name in key])
        # JSON is YAML; one record a line, so that places can be found.
        parts = {kind: write_list(records) if key else json.dumps(records, ensure_ascii=False, indent=1)}
        if (ROOT / "data" / kind).is_dir():
            parts = {f"{kind}/{record['id']}": write_list([record]) for record in records}
        for name, text in parts.items():
            (root / f"data/{name}.yaml").parent.mkdir(exist_ok=True)
            (root / f"data/{name}.yaml").write_text(text + "\n", encoding="utf-8")
    loaded = load.load(root)
    present = json.loads((root / "schema" / check.ENUMS).read_text(encoding="utf-8"))
    fresh = check.make_enums(loaded.vocabularies, present)
    (root / "schema" / check.ENUMS).write_text(json.dumps(fresh, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (root / kinds.PROMISES_FILE).write_text("", encoding="utf-8")
    promised = check.promises.renewed(loaded)
    (root / kinds.PROMISES_FILE).write_text(promised, encoding="utf-8")
    return root


def write_list(records: list) -> str:
    """A list of records in YAML that our loader reads as it stands."""
    return "\n".join(f"- {json.dumps(record, ensure_ascii=False)}" for record in records) or "[]"


def print_all(root: Path, today: str, some: bool = False) -> Iterator[str]:
    """What goes wrong when everything is printed of the data of a project: every macro about every record, every file.

    With ``some`` each macro is about its first and its last record only.
    """
    kb = build.build(load.load(root), today)
    for name in views.PAGES:
        records = ids_of(kb, name)
        for record in dict.fromkeys([*records[:1], *records[-1:]]) if some else records:
            page = SimpleNamespace(meta={}, url="interventions/x.html", file=SimpleNamespace(src_uri="x.md"))
            env = SimpleNamespace(page=page, project_dir=root, conf={"site_url": "", "extra": SETTINGS["extra"]})
            try:
                macros.print_page(env, kb, name, *record)
            except Exception as error:
                yield f"{name}{record}: {type(error).__name__}: {str(error)[:200]}"
    with tempfile.TemporaryDirectory() as folder:
        try:
            export.export_site(kb, root, Path(folder))
        except Exception as error:
            yield f"export: {type(error).__name__}: {str(error)[:200]}"


def ids_of(kb: model.KnowledgeBase, name: str) -> list[tuple[str, ...]]:
    """What a macro is about: nothing, or each record that may have its page."""
    kind = calls.ABOUT.get(name)
    if kind is None:
        return [()]
    if kind.vocabulary:
        used = {term for item in kb.interventions.values() for term in getattr(item, kind.used_in or "target_groups")}
        return [(term,) for term in kb.vocabularies[kind.vocabulary] if not kind.used_in or term in used]
    return [
        (record,) for record, item in getattr(kb, kind.name).items() if name != "leaflet" or views.has_leaflet(kb, item)
    ]


# --- the sets


def without(data: Data, kind: str) -> Data:
    """No records of a kind, and nothing that names them."""
    known = load_fields()
    data[kind] = []
    changed = True
    while changed:
        changed = False
        present = {name: {record.get("id") for record in data[name]} for name in kinds.NAMES}
        for name in kinds.NAMES:
            kept = []
            for record in data[name]:
                if forget(record, name, known, present):
                    kept.append(record)
                else:
                    changed = True
            data[name] = kept
    return data


def forget(record: dict, kind: str, known: Mapping, present: Mapping[str, set]) -> bool:
    """Take references to what is gone out of a record; False when it cannot be without."""
    required = {field.name for field in known[kind].all if field.need == "required"}
    for steps, field in known[kind].places(lambda field: bool(field.refers)):
        for path, value in list(find(record, steps)):
            if value in present[field.refers] or value == kinds.EVERYWHERE or not isinstance(value, str):
                continue
            top = path[0]
            if top in required and not isinstance(record.get(top), list):
                return False
            spot = record.get(top)
            if isinstance(spot, list) and len(spot) > 1:
                spot[:] = [item for item in spot if not names(item, value)]
                return forget(record, kind, known, present) if spot else top not in required
            if top in required:
                return False
            record.pop(top, None)
            return forget(record, kind, known, present)
    return True


def names(item: object, value: str) -> bool:
    """Whether a value holds this text, at any depth."""
    if isinstance(item, dict):
        return any(names(part, value) for part in item.values())
    if isinstance(item, list):
        return any(names(part, value) for part in item)
    return item == value


def load_fields() -> Mapping:
    """What the schemas say of the fields."""
    from kennisbank import fields

    return fields.read(ROOT)


def with_status(data: Data, status: str) -> Data:
    """Of every kind a second record of each third one with this status, that nothing refers to."""
    for kind in kinds.RECORDS:
        if not kind.drafts:
            continue
        for record in list(data[kind.name])[::3]:
            twin = copy.deepcopy(record)
            twin |= {"id": f"{record['id'][:50]}-tweede", "status": status}
            for name in ("related", "also_known_as"):
                twin.pop(name, None)
            data[kind.name].append(twin)
    return data


def archived(data: Data) -> Data:
    """Every intervention, organisation and institution archived, without a word on where it went."""
    for kind in ("interventions", "organisations", "institutions", "glossary"):
        for record in data[kind]:
            record["status"] = "archived"
            record.pop("moved_to", None)
            record.pop("related", None)
    return data


def with_texts(data: Data, change: Callable[[str, int | None], str], names_too: bool = True) -> Data:
    """Every text of every record changed; ``change`` gets the text and the most characters that it may have."""
    loaded = load.load(ROOT)
    for kind in kinds.NAMES:
        schema = check.record_schema(loaded, kind)
        for record in data[kind]:
            change_texts(record, schema, change)
    return data


def change_texts(value: Any, schema: Mapping, change: Callable) -> Any:
    """The value with its free texts changed, as far as the schema knows them."""
    if isinstance(value, dict):
        for name, part in schema.get("properties", {}).items():
            if name in value:
                value[name] = change_texts(value[name], part, change)
    elif isinstance(value, list):
        value[:] = [change_texts(item, schema.get("items", {}), change) for item in value]
    elif is_free(value, schema):
        return change(value, schema.get("maxLength"))
    return value


def is_free(value: object, schema: Mapping) -> bool:
    """Whether this is a text in words: no term, id, date, address or sign."""
    closed = {"enum", "pattern", "x-refers"} & schema.keys() or "allOf" in schema
    return isinstance(value, str) and not closed and " " in value and not value.startswith("http")


def broken(text: str, most: int | None) -> str:
    """A line end after the first word."""
    return text.replace(" ", "\n", 1)


def longest(text: str, most: int | None) -> str:
    """As long as it may be."""
    return (text + " meer" * (most or 0))[:most].rstrip() if most else text


def signs(text: str, most: int | None) -> str:
    """Signs that mean something to Markdown, HTML, a template or a shell where nobody escapes them."""
    return (text + SIGNS)[:most].rstrip()


def emoji(data: Data) -> Data:
    """Names of nothing but pictures, or of signs and one letter, each its own."""
    for kind, field in (
        ("interventions", "name"),
        ("organisations", "name"),
        ("institutions", "name"),
        ("glossary", "term"),
    ):
        for number, record in enumerate(data[kind]):
            digits = "".join(chr(0x1F600 + int(digit)) for digit in f"{number}")
            record[field] = digits if number % 2 else f"({digits}) & “~{digits}>"
            record.pop("also_known_as", None)
    return data


def long_ids(data: Data) -> Data:
    """Interventions and institutions with ids as long as they may be."""
    known = load_fields()
    for kind in ("interventions", "institutions"):
        renamed = {record["id"]: (record["id"] + "-x" * LONGEST_ID)[:LONGEST_ID].rstrip("-") for record in data[kind]}
        for record in data[kind]:
            record["id"] = renamed[record["id"]]
        for name in kinds.NAMES:
            for steps, _ in known[name].places(lambda field, kind=kind: field.refers == kind):
                for record in data[name]:
                    for path, value in list(find(record, steps)):
                        put(record, path, renamed.get(value, value))
    return data


def put(value: Any, path: tuple, new: object) -> None:
    """Another value at a place inside a record."""
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = new


def without_terms(data: Data) -> Data:
    """No term that no record uses, of the lists that say nothing to the program."""
    used = {text for name in kinds.NAMES for record in data[name] for _, text in check.context.walk(record)}
    lists = data[kinds.VOCABULARIES]
    for name in ("target_group", "goal", "setting", "format", "role", "phase", "pillar", "kind", "category"):
        lists[name] = {term: meaning for term, meaning in lists[name].items() if term in used}
    return data


def lonely(data: Data) -> Data:
    """An institution and an organisation of which nothing is known but that they exist."""
    place = next(record for record in data["institutions"])
    needed = ("kind", "place", "province", "lat", "lon", "sources", "status")
    data["institutions"].append({"id": "zz-leeg", "name": "PI Leeg", **{name: place[name] for name in needed}})
    other = next(record for record in data["organisations"])
    data["organisations"].append(
        {"id": "zz-leeg", "name": "Leeg", **{name: other[name] for name in ("kind", "summary", "sources", "status")}}
    )
    return data


SETS: dict[str, Callable[[Data], Data]] = {
    **{f"no {kind}": (lambda data, kind=kind: without(data, kind)) for kind in kinds.NAMES if kind != "sources"},
    "drafts": lambda data: with_status(data, kinds.DRAFT),
    "archived twins": lambda data: with_status(data, "archived"),
    "all archived": archived,
    "line ends": lambda data: with_texts(data, broken),
    "longest texts": lambda data: with_texts(data, longest),
    "signs": lambda data: with_texts(data, signs),
    "pictures for names": emoji,
    "longest ids": long_ids,
    "terms dropped": without_terms,
    "lonely": lonely,
}


def make_pages(root: Path, data: Data) -> None:
    """The pages that the records of a project lack, as ``kennisbank new`` makes them and somebody filled them in."""
    for kind in kinds.RECORDS:
        for record in data[kind.name] if kind.pages else ():
            for name, text in scaffold.make_pages(kind, record["id"]).items():
                path = root / name
                if not path.exists():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(PLACEHOLDER.sub("Zo gaat het.", text), encoding="utf-8")
