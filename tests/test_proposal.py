"""The form of a proposal file: what the form in the browser writes and `kennisbank apply` reads."""

from collections.abc import Callable

import pytest
import yaml

from kennisbank import kinds, load
from kennisbank.check import PROJECT
from kennisbank.check.schemas import Schemas
from tests.helpers import ROOT, read_schema, tell_all

EXAMPLES = sorted((ROOT / "tests/proposals").glob("*.yaml"))


@pytest.fixture(scope="module")
def judge(loaded: load.Loaded) -> Callable[[object], list]:
    """A function that gives what the schema of a proposal refuses."""
    schemas = Schemas(PROJECT, loaded.vocabularies)
    return lambda data: list(schemas.judge("proposal.schema.json", "", data))


def test_the_examples_have_the_form_of_a_proposal(judge: Callable[[object], list]) -> None:
    assert EXAMPLES
    tell_all(f"{path.name}: {error.message}" for path in EXAMPLES for error in judge(yaml.safe_load(path.read_text())))


@pytest.mark.parametrize(
    "change",
    [
        {"proposal": 2},
        {"made_on": "november"},
        {"from": {"role": "Jan"}},
        {"from": {}},
        {"basis": {"kind": "gossip"}},
        {"changes": []},
        {"changes": [{"key": {"id": "noord"}}]},
        {"changes": [{"kind": "people", "add": {"id": "x"}}]},
        {"changes": [{"kind": "offers", "key": {"intervention": "../x"}}]},
        {"changes": [{"kind": "offers", "set": "stopped"}]},
        {"name": "iemand"},
    ],
)
def test_the_schema_refuses_what_is_no_proposal(judge: Callable[[object], list], change: dict) -> None:
    data = yaml.safe_load(EXAMPLES[0].read_text())
    assert judge(data | change)


def test_a_proposal_can_be_about_every_kind_of_record() -> None:
    change = read_schema("proposal")["properties"]["changes"]["items"]["properties"]
    assert change["kind"]["enum"] == list(kinds.WRITTEN)
    assert read_schema("changes")["items"]["properties"]["kind"]["enum"] == list(kinds.WRITTEN)
