"""The data of the site for other programs: ``data/*.json``, ``data/*.csv`` and the schemas.

Addresses and form are a promise, see contract.md. A field that is not known is left out of the JSON
and empty in the CSV.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

from kennisbank import build, forms, kinds, model, modules, package, scripts, sheets, styles, theme, views
from kennisbank.render import print_feed
from kennisbank.views import standing
from kennisbank.views.common import url_of

FORMAT_VERSION = "1"
# How a record stands, for those that do: the columns, and who says it.
STANDING = ("standing", "standing_year")
STANDS: Mapping[type, Callable[..., standing.StandingView]] = {
    model.Intervention: standing.of_intervention,
    model.Offer: standing.of_offer,
}
# The kinds of record that have a page of their own, with what one of them is called.
PAGES = {kind.name: kind.singular for kind in kinds.RECORDS if kind.pages}


def export_to(root: Path, target: Path) -> None:
    """Load the data below ``root`` and write everything under ``target``. Raises ``OSError`` when that fails."""
    export_site(build.read(root), root, target)


def export_site(kb: model.KnowledgeBase, root: Path, target: Path, site_url: str = "") -> None:
    """Write the data files, the schemas, the feeds, the data of the scripts and the styles into the folder of the site.

    ``site_url`` is the public address when there is one: a feed is read elsewhere.
    """
    for name, content in data_files(kb, root).items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for feed in views.show_feeds(kb):
        path = target / feed["url"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(print_feed(feed, site_url), encoding="utf-8")
    scripts.write_all(kb, root / "content", target)
    write_form_data(kb, root, target)
    export_looks(root, target)


# What `data_files` made last, and of which records: a page asks for sizes before the files are written.
_made: list[tuple[model.KnowledgeBase, Path, Mapping[str, bytes]]] = []


def export_looks(root: Path, target: Path) -> None:
    """Write our scripts and styles, as they are in a site, into its folder, and trim those of the theme there.

    Raises ``OSError``.
    """
    modules.write_all(root, target)
    styles.write_all(root, target)
    theme.write_all(root, target)


def data_files(kb: model.KnowledgeBase, root: Path) -> Mapping[str, bytes]:
    """The data and the schemas for other programs, by their addresses on the site. Made once for each state of the data."""
    if not _made or _made[0][0] is not kb or _made[0][1] != root:
        _made[:] = [(kb, root, make_files(kb, root))]
    return _made[0][2]


def make_files(kb: model.KnowledgeBase, root: Path) -> Mapping[str, bytes]:
    """See ``data_files``."""
    files: dict[str, bytes] = {}
    for kind in build.RECORDS:
        page = PAGES.get(kind)
        records = [record_data(kb, record, page) for record in records_of(kb, kind)]
        files[f"data/{kind}.json"] = write_json({"meta": meta(kb, kind), kind: records})
        files[f"data/{kind}.csv"] = write_csv(column_names(kb, kind, page), records)
    terms = {name: [plain(term) for term in terms.values()] for name, terms in kb.vocabularies.items()}
    files["data/vocabularies.json"] = write_json({"meta": meta(kb, "vocabularies"), "vocabularies": terms})
    rows = [{"vocabulary": name, **term} for name, members in terms.items() for term in members]
    files["data/vocabularies.csv"] = write_csv(["vocabulary", *field_names(model.Term)], rows)
    pairs = views.matrix_rows(kb)
    files["data/matrix.csv"] = write_csv(list(pairs[0]) if pairs else ["intervention"], pairs)
    found = views.show_sheets(kb)
    files |= {f"data/{sheet['id']}.nl.csv": sheets.write_dutch(sheet) for sheet in found}
    files["data/kennisbank.xlsx"] = sheets.write_book(
        [sheets.read_me(found, package.tell_origin(kb)), *found], kb.today
    )
    files |= {f"schema/{path.name}": path.read_bytes() for path in sorted((root / "schema").glob("*.json"))}
    files["data/datapackage.json"] = write_json(package.describe(kb, files))
    files["data/dcat.jsonld"] = write_json(package.catalogue(kb, files))
    return files


def write_form_data(kb: model.KnowledgeBase, root: Path, target: Path) -> None:
    """Write what the form for proposals asks, each record as it is now, and lists to choose from, for its scripts.

    A record has a file of its own, because a browser that opens the site from a disk can only load whole scripts; what
    joins two records has one for each of the last. The names of a kind are a file too, asked for when somebody chooses.
    """
    asked = forms.show_forms(kb, root)
    for name, form in asked.items():
        scripts.write_module(target, f"forms/{name}", form)
    for name, names in forms.show_names(kb).items():
        scripts.write_module(target, f"names/{name}", names)
    for kind in forms.KINDS:
        files: dict[str, list] = {}
        for record in records_of(kb, kind.name):
            data = stated(record)
            files.setdefault(data[kind.key[kind.needed - 1]], []).append(data)
        for name, records in files.items():
            data = forms.show_records(kb, asked[kind.name], records)
            scripts.write_module(target, f"records/{kind.name}/{name}", data)
        if not kind.has_id:
            # Where nothing is known yet a browser must find that too.
            others = getattr(kb, kinds.BY_SINGULAR[kind.key[kind.needed - 1]].name)
            for name in {*others, kinds.EVERYWHERE} - files.keys():
                scripts.write_module(target, f"records/{kind.name}/{name}", forms.show_records(kb, {}, []))


def stated(value):
    """A record as its file has it: as ``plain``, and without what the model fills in where the file says nothing."""
    if is_dataclass(value):
        own = {field.name: getattr(value, field.name) for field in fields(value) if field.name != "extra"}
        silent = {field.name for field in fields(value) if field.name in own and own[field.name] == field.default}
        own |= getattr(value, "extra", {})
        return {name: stated(item) for name, item in own.items() if name not in silent}
    return [stated(item) for item in value] if isinstance(value, tuple) else value


def records_of(kb: model.KnowledgeBase, kind: str) -> Iterable:
    """The records of one kind, in file order."""
    collection = getattr(kb, kind)
    return collection.values() if isinstance(collection, Mapping) else collection


def record_data(kb: model.KnowledgeBase, record, page: str | None) -> dict:
    """One record with the keys of data-model.md, its address where it has a page, and how it stands on the day of export."""
    data = plain(record)
    if page:
        data["url"] = url_of(page, record.id)
    judge = STANDS.get(type(record))
    if judge and (not isinstance(record, model.Offer) or record.intervention in kb.interventions):
        view = judge(kb, record)
        data["standing"] = view["id"]
        if year := standing.last_year(view):
            data["standing_year"] = year
    return data


def plain(value):
    """A record as plain data, with everything left out that is not known; tuples become lists."""
    if is_dataclass(value):
        pairs = [(name, getattr(value, name)) for name in field_names(type(value)) if name != "extra"]
        pairs += getattr(value, "extra", {}).items()
        return {name: plain(item) for name, item in pairs if item is not None and item != ()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


@cache
def field_names(record_type: type) -> tuple[str, ...]:
    """The names of the fields of a dataclass, in order."""
    return tuple(field.name for field in fields(record_type))


def meta(kb: model.KnowledgeBase, kind: str) -> dict:
    """What a file says of itself: version, licence, day, source and schema."""
    return {
        "version": FORMAT_VERSION,
        "licence": package.LICENCE,
        "as_of": kb.today,
        "source": f"{kinds.DATA}/{kind}.yaml",
        "schema": f"../schema/{kind if kind != 'vocabularies' else 'vocabularies-file'}.schema.json",
    }


def column_names(kb: model.KnowledgeBase, kind: str, page: str | None) -> list[str]:
    """The columns of a CSV file: the fields of the kind, those of the model first, and its address where it has a page."""
    own = [name for name in field_names(build.RECORDS[kind]) if name != "extra"]
    added = [*(["url"] if page else []), *(STANDING if build.RECORDS[kind] in STANDS else [])]
    return [*own, *(name for name in kb.fields[kind].by_name if name not in own), *added]


def write_json(data: Mapping) -> bytes:
    """Readable JSON in UTF-8."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def write_csv(columns: list[str], records: Iterable[Mapping]) -> bytes:
    """CSV in UTF-8 with BOM: lists joined with ``|``, nested values as JSON, no cell that is a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([cell(record.get(column)) for column in columns] for record in records)
    return ("\ufeff" + buffer.getvalue()).encode()


def cell(value) -> str:
    """One cell as text; a leading ``=``, ``+``, ``-`` or ``@`` gets an apostrophe so that no program runs it."""
    if value is None:
        return ""
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        text = "|".join(str(item) for item in value)
    elif isinstance(value, (dict, list)):
        text = json.dumps(value, ensure_ascii=False)
    elif isinstance(value, bool):
        text = json.dumps(value)
    else:
        text = str(value)
    return sheets.disarm(text) if isinstance(value, (str, list)) else text
