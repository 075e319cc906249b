"""What pages tell programs: of the right things, as data that ends nothing, and in the form of schema.org."""

import dataclasses
import json
import types

import pytest

from kennisbank import model, views
from kennisbank.render import print_linked, share
from tests.helpers import tell_all
from tests.test_views import FILES

EVIL = '</script><script>alert(1)</script><!-- "&\u2028'


def read(kb: model.KnowledgeBase, name: str, *record: str) -> dict:
    """What a page says."""
    text = print_linked(name, views.LINKED[name](kb, *record), share(kb, "https://x.nl/", lambda: FILES))
    assert "<" not in text and ">" not in text
    return json.loads(text)


@pytest.mark.parametrize(
    ("page", "kind", "type_"),
    [("intervention", "interventions", "WebPage"), ("organisation", "organisations", "Organization")],
)
def test_every_record_says_what_it_is(kb: model.KnowledgeBase, page: str, kind: str, type_: str) -> None:
    records = getattr(kb, kind)
    said = {name: read(kb, page, name) for name in records}
    tell_all(
        name
        for name, data in said.items()
        if (data["@context"], data["@type"], data["name"]) != ("https://schema.org", type_, records[name].name)
        or not data["description"]
    )


def test_an_intervention_cites_its_sources(kb: model.KnowledgeBase) -> None:
    said = read(kb, "intervention", "puinruimen")
    titles = {kb.sources[ref.id].title for ref in kb.interventions["puinruimen"].sources}
    assert {source["name"] for source in said["citation"]} == titles
    assert said["url"] == "https://x.nl/interventions/puinruimen.html"


def test_the_data_set_names_its_files_with_their_checksums(kb: model.KnowledgeBase) -> None:
    said = read(kb, "downloads")
    assert said["@type"] == "Dataset"
    assert {file["contentUrl"] for file in said["distribution"]} == {f"https://x.nl/{name}" for name in FILES}
    assert all(file["sha256"] for file in said["distribution"])
    assert said["license"].startswith("https://creativecommons.org/")


def test_no_text_ends_the_element_it_stands_in(kb: model.KnowledgeBase) -> None:
    item = dataclasses.replace(kb.interventions["puinruimen"], name=EVIL, tagline=EVIL)
    evil = dataclasses.replace(kb, interventions=types.MappingProxyType({**kb.interventions, "puinruimen": item}))
    assert read(evil, "intervention", "puinruimen")["name"] == EVIL
