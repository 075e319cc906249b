"""The kinds stand in one room: what has a form of its own elsewhere says the same."""

import dataclasses
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from kennisbank import build, check, fields, kinds, load, model, views
from kennisbank.views.search import all_documents
from previews import FEW, build_copy

PAGED = [kind for kind in kinds.BY_NAME.values() if kind.pages]


def test_the_knowledge_base_holds_every_kind() -> None:
    fields = {field.name: field for field in dataclasses.fields(model.KnowledgeBase)}
    assert [name for name in fields if name in kinds.NAMES] == list(kinds.NAMES)
    for kind in kinds.RECORDS:
        keys = {field.name: field for field in dataclasses.fields(build.RECORDS[kind.name])}
        required = [name for name, field in keys.items() if field.default is dataclasses.MISSING]
        assert set(kind.key) <= keys.keys(), kind.name
        assert [name in required for name in kind.key] == [place < kind.needed for place in range(len(kind.key))]


def test_a_kind_may_wait_as_a_draft_when_its_schema_knows_that_status() -> None:
    loaded = load.load(check.PROJECT)
    for kind in kinds.RECORDS:
        status = check.record_schema(loaded, kind.name)["properties"].get("status", {"enum": ()})
        assert (kinds.DRAFT in status["enum"]) == kind.drafts, kind.name
        assert not kind.drafts or set(status["enum"]) == {kinds.DRAFT, *kinds.SHOWN}, kind.name


def test_the_overviews_of_a_kind_are_pages() -> None:
    pages = [check.PROJECT / kinds.CONTENT / page for kind in kinds.RECORDS for page in kind.overviews]
    assert pages and all(page.with_suffix(".md").is_file() for page in pages)


def test_every_kind_has_a_dutch_name() -> None:
    assert set(load.words("kinds")) == set(kinds.BY_NAME)


def test_every_page_of_a_record_is_made_by_a_view_and_is_its_own() -> None:
    pages = [page for _, page in kinds.PAGES]
    for page in pages:
        assert {page.macro, page.closing or page.macro} <= views.PAGES.keys(), page
        assert page.read_id(page.file.format(id="x-1")) == "x-1"
    assert len({page.file for page in pages}) == len(pages)
    for kind in PAGED:
        assert kind.pages[0].macro == kind.singular.replace("target-group", "audience_card")


def test_the_views_lead_to_the_pages(kb: model.KnowledgeBase) -> None:
    """The list of cards makes the addresses of companions itself: they are those of the kinds."""
    view = views.PAGES["cards"](kb)
    card, audience = kinds.BY_NAME["institutions"].pages[1], kinds.BY_NAME["target_groups"].pages[0]
    assert {item["url"] for item in view["institutions"]} == {card.address(name) for name in kb.institutions}
    groups = {audience.address(name) for name in kb.vocabularies["target_group"]}
    assert view["audiences"] and {item["url"] for item in view["audiences"]} <= groups


def test_the_search_knows_every_kind_that_can_be_read(project_root: Path, kb: model.KnowledgeBase) -> None:
    found = {document["type"]: document["url"] for document, _, _ in all_documents(kb, [])}
    own = {kind.singular for kind in PAGED if "/" in kind.pages[0].file and kind.name != "target_groups"}
    assert set(found) == own | {"glossary"}
    words = (project_root / "overrides/kennisbank/search-words.html").read_text("utf-8")
    assert set(re.findall(r'data-word="type-([a-z-]+)"', words)) == {*found, "background", "tool"}


def test_the_editor_knows_the_schema_of_every_file(project_root: Path) -> None:
    text = (project_root / ".vscode/settings.json").read_text("utf-8")
    expected = {f"./schema/{kind.schema}": [kind.file, f"data/{kind.name}/*.yaml"] for kind in kinds.RECORDS}
    expected["./schema/vocabularies-file.schema.json"] = kinds.VOCABULARIES_FILE
    assert json.loads(text)["yaml.schemas"] == expected


def test_pages_of_records_are_not_in_the_navigation(project_root: Path) -> None:
    text = (project_root / "mkdocs.yml").read_text("utf-8")
    block = re.search(r"^not_in_nav: \|\n((?:  .*\n)+)", text, re.MULTILINE)[1]
    assert {line.strip() for line in block.splitlines()} == {
        f"/{page.file.rpartition('/')[0]}/*.md" for _, page in kinds.PAGES
    }


def test_the_kinds_that_rules_name_exist() -> None:
    from kennisbank.check import words

    known = fields.read(check.PROJECT)
    named = {field.refers for kind in known.values() for _, field in kind.places(lambda field: bool(field.refers))}
    assert named
    assert named | {kind for kind, _, _ in words.MARKDOWN} <= set(kinds.NAMES)


# --- drafts


@pytest.fixture(scope="module")
def with_drafts(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which one of each kind that can be is a draft."""
    from kennisbank import cli

    root = tmp_path_factory.mktemp("drafts")
    for name in ("overrides", "scripts"):
        (root / name).symlink_to(project_root / name)
    (root / "mkdocs.yml").write_text((project_root / "mkdocs.yml").read_text("utf-8") + FEW, encoding="utf-8")
    for name in ("content", "data", "schema"):
        link_files(project_root / name, root / name)
    for kind in kinds.RECORDS:
        if kind.drafts:
            assert cli.main(["new", kind.singular, "half-klaar", "--root", str(root)]) == 0
    return root


def link_files(source: Path, target: Path) -> None:
    """The folder with all its files as links; a file that is written anew is then one of its own."""
    for path in source.rglob("*"):
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.hardlink_to(path)


# Lists what a generator would build, in a process of its own: two generators in one replace each other.
LIST_FILES = """
import importlib, json, sys
generator, root = sys.argv[1:]
importlib.import_module(f"{generator}.__main__")
config = importlib.import_module(f"{generator}.config").load_config(f"{root}/mkdocs.yml")
from pathspec.gitignore import GitIgnoreSpec
config["exclude_docs"] = GitIgnoreSpec.from_lines(["/downloads.md"])
config.plugins.on_startup(command="build", dirty=False)
config = config.plugins.on_config(config)
files = importlib.import_module(f"{generator}.structure.files")
found = files.get_files(config)
files.set_exclusions(found, config)
print("LIST", json.dumps({file.src_uri: file.inclusion.is_excluded() for file in found}))
"""


@pytest.mark.slow
@pytest.mark.parametrize("generator", ["mkdocs", pytest.param("properdocs", marks=pytest.mark.long)])
def test_the_pages_of_drafts_are_never_made(generator: str, with_drafts: Path) -> None:
    """Asked of the generator itself: what it is told to leave out is just that, beside what the settings leave out."""
    command = [sys.executable, "-c", LIST_FILES, generator, str(with_drafts)]
    result = subprocess.run(command, capture_output=True, text=True, cwd=with_drafts)
    assert "LIST " in result.stdout, result.stderr
    excluded = json.loads(result.stdout.partition("LIST ")[2])
    drafts = {page.file.format(id="half-klaar") for kind in kinds.RECORDS for page in kind.pages}
    assert {name for name, is_excluded in excluded.items() if is_excluded} == {*drafts, "downloads.md"}
    assert not excluded["interventions/puinruimen.md"]


@pytest.mark.long
@pytest.mark.slow
def test_a_site_with_drafts_says_nothing_of_them(with_drafts: Path, tmp_path: Path) -> None:
    built = build_copy(with_drafts, tmp_path / "site")
    kinds_of_text = (".html", ".json", ".csv", ".js", ".xml", ".txt")
    texts = {address: body for address, body in built.items() if address.endswith(kinds_of_text)}
    assert len(texts) > 100
    assert [address for address, body in texts.items() if b"half-klaar" in body or "half-klaar" in address] == []


# --- schema and model


def read_schema(name: str) -> dict:
    return json.loads((check.PROJECT / "schema" / name).read_text("utf-8"))


def pairs() -> list[tuple[str, dict, type]]:
    """Every group of fields in the schemas with the dataclass that it becomes: records, and what stands in them."""
    loaded = load.load(check.PROJECT)
    todo = [(kind, check.record_schema(loaded, kind), build.RECORDS[kind]) for kind in kinds.NAMES]
    terms = read_schema("vocabularies-file.schema.json")["definitions"]
    todo += [(name, part, model.Term) for name, part in terms.items() if "label" in part.get("properties", {})]
    found = []
    for where, schema, target in todo:
        found.append((where, schema, target))
        for name, part in schema["properties"].items():
            inner = build.field_types(target).get(name)
            inner = build.tuple_item(inner) or inner
            part = part.get("items", part)
            if "properties" in part:
                todo.append((f"{where}.{name}", part, inner))
    return found


def test_schema_and_model_hold_the_same_fields() -> None:
    """In the same order; what the schema requires is what the model has no default for, and the model names no other."""
    wrong = []
    for where, schema, target in pairs():
        if not dataclasses.is_dataclass(target):
            wrong.append(f"{where}: the schema has fields, the model has {target}")
            continue
        # What the model has for fields that only the schema knows is no field of its own.
        fields = {field.name: field for field in dataclasses.fields(target) if field.name != "extra"}
        if target is model.Term:  # each list says which of the attributes it has
            wrong += [f"{where}: the model lacks {name}" for name in schema["properties"] if name not in fields]
            continue
        in_model = [*fields]
        required = [name for name, field in fields.items() if field.default is dataclasses.MISSING]
        # A field that only the schema knows rides along (``Record.extra``), unless it is required or inside a group.
        lacking = set(schema["properties"]) - set(in_model)
        if not issubclass(target, model.Record) or lacking & set(schema.get("required", [])):
            wrong += [f"{where}: model.py lacks {sorted(lacking)}"] if lacking else []
        if extra := set(in_model) - set(schema["properties"]):
            wrong.append(f"{where}: the schema lacks {sorted(extra)}, which model.py has")
        if sorted(required) != sorted(schema.get("required", [])):
            wrong.append(
                f"{where}: {sorted(set(required) ^ set(schema.get('required', [])))} required on one side only"
            )
        # A dataclass has what is required first: within each half the order is that of the schema.
        for part in (required, [name for name in in_model if name not in required]):
            in_schema = [name for name in schema["properties"] if name in part]
            if [name for name in part if name in in_schema] != in_schema:
                wrong.append(f"{where}: the model has {part}, the schema {in_schema}")
    assert not wrong, "\n".join(wrong)


def test_the_comparison_reaches_what_stands_deep() -> None:
    names = {target.__name__ for _, _, target in pairs()}
    everything = {name for name, found in vars(model).items() if dataclasses.is_dataclass(found)}
    # The whole, what all records share, and what the schemas say are no records and stand in none.
    assert names == everything - {"KnowledgeBase", "Record", "Fields"}


def test_the_examples_of_kinds_are_read_by_the_same_table(tmp_path: Path) -> None:
    """A kind in a folder of its own name is read as one in a file."""
    (tmp_path / "data/sources").mkdir(parents=True)
    (tmp_path / "data/vocabularies.yaml").write_text("status: {}\n", "utf-8")
    (tmp_path / "data/sources/a.yaml").write_text(yaml.safe_dump([{"id": "a"}]), "utf-8")
    assert load.load(tmp_path).records["sources"] == [{"id": "a"}]
