"""Plain data becomes the knowledge base: nothing lost, nothing invented."""

import dataclasses

import pytest

from kennisbank import build, load, model


def strip(value):
    """Objects back to plain data without what is unknown."""
    if dataclasses.is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {
            key: strip(item)
            for key, item in value.items()
            if item is not None and item is not False and item != () and key != "extra"
        }
    if isinstance(value, tuple | list):
        return [strip(item) for item in value]
    return value


@pytest.mark.parametrize("kind", build.RECORDS)
def test_every_record_keeps_all_its_data(kind: str, loaded: load.Loaded, kb: model.KnowledgeBase) -> None:
    raw = [record for record in loaded.records[kind] if record.get("status") != "draft"]
    collection = getattr(kb, kind)
    made = list(collection) if isinstance(collection, tuple) else list(collection.values())
    assert [strip(record) for record in made] == [strip(record) for record in raw]


def test_a_draft_is_left_out(loaded: load.Loaded) -> None:
    first, *rest = loaded.records["interventions"]
    records = {**loaded.records, "interventions": [{**first, "status": "draft"}, *rest]}
    made = build.build(dataclasses.replace(loaded, records=records))
    assert first["id"] not in made.interventions
    assert all(offer.intervention != first["id"] for offer in made.offers)


def test_the_indexes_hold_every_offer_once(kb: model.KnowledgeBase) -> None:
    assert sum(len(offers) for offers in kb.offers_of.values()) == len(kb.offers)
    assert sum(len(offers) for offers in kb.offers_at.values()) == len(kb.offers)


def test_the_day_of_the_build_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert build.build_date() == "2026-01-01"


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(KeyError):
        build.make(model.SourceRef, {"id": "a", "where": "b", "page": 3})


def test_a_field_that_neither_schema_nor_model_knows_is_refused(loaded: load.Loaded) -> None:
    first, *rest = loaded.records["interventions"]
    records = {**loaded.records, "interventions": [{**first, "colour": "blue"}, *rest]}
    with pytest.raises(TypeError, match="colour"):
        build.build(dataclasses.replace(loaded, records=records))


def test_the_model_names_every_field_of_the_schema(kb: model.KnowledgeBase) -> None:
    """What only the schema knows works as well; here it gets a name, so that readers of the code and mypy know it."""
    wrong = []
    for kind, record_type in build.RECORDS.items():
        known = {field.name: field for field in dataclasses.fields(record_type) if field.name != "extra"}
        wrong += [f"{kind}.{name}" for name in known.keys() ^ kb.fields[kind].by_name.keys()]
        needed = {name for name, field in known.items() if field.default is dataclasses.MISSING}
        wrong += [
            f"{kind}.{field.name} required"
            for field in kb.fields[kind].all
            if (field.need == "required") != (field.name in needed)
        ]
    assert not wrong
