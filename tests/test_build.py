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
            key: strip(item) for key, item in value.items() if item is not None and item is not False and item != ()
        }
    if isinstance(value, tuple):
        return [strip(item) for item in value]
    return value


@pytest.mark.parametrize("kind", build.RECORDS)
def test_every_record_keeps_all_its_data(kind: str, loaded: load.Loaded, kb: model.KnowledgeBase) -> None:
    raw = [record for record in loaded.records[kind] if record.get("status") != "draft"]
    collection = getattr(kb, kind)
    made = list(collection) if kind == "offers" else list(collection.values())
    assert [strip(record) for record in made] == raw


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
