"""What the search engine is given: the words of the pages turned round, the words for places, what is everywhere."""

import gzip
from pathlib import Path

import pytest

from kennisbank import model, narrative, scripts
from kennisbank.views import search
from tests.helpers import read_script, tell_all


@pytest.fixture(scope="module")
def script(project_root: Path, kb: model.KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The search data of the project as it is loaded."""
    folder = tmp_path_factory.mktemp("search")
    scripts.write_all(kb, project_root / "content", folder)
    return (folder / "assets/search-data.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def data(script: str) -> dict:
    """All that the search knows of the project."""
    return read_script(script)


def found_in(data: dict, word: str) -> set[str]:
    """The ids of the documents that have the word in the text of their page, read as the engine does; without notes."""
    steps = dict(zip(data["words"].split(), data["found_in"].split(), strict=True))[word].partition(";")[0]
    positions, position = [], 0
    for step in steps.split(","):
        position += int(step, 36)
        positions.append(position)
    return {data["documents"][position]["id"] for position in positions}


def make(title: str, **other) -> dict:
    """A document with what turn_round looks at."""
    return {"title": title, "tagline": "", "aliases": [], "keywords": [], **other}


def test_words_are_turned_round() -> None:
    documents = [make("Eerste"), make("Tweede", aliases=["Coördinator"]), make("Derde")]
    texts = ["De coördinator belt.", "Een coördinator en een brief.", "Brief, re-integratie, S.T.E.Ps en 2021."]
    words, places = search.turn_round(documents, texts)
    assert dict(zip(words.split(), places.split(), strict=True)) == {
        "belt": "0",
        "brief": "1,1",
        "coördinator": "0",  # not the second: there it is a name
        "de": "0",
        "een": "1",
        "en": "1,1",
        "integratie": "2",
        "re": "2",
        "reintegratie": "2",
        "steps": "2",
    }


def test_what_only_notes_say_stands_apart() -> None:
    words, places = search.turn_round([make("Eerste"), make("Tweede")], ["brief", ""], ["brief, bron", "brief"])
    assert dict(zip(words.split(), places.split(), strict=True)) == {"brief": "0;1", "bron": ";0"}


def test_words_that_most_pages_share_are_left_out() -> None:
    documents = [make(f"Titel {number}") for number in range(30)]
    words, _ = search.turn_round(documents, [f"overal {'half' if number % 4 else 'kwart'}" for number in range(30)])
    assert words == "kwart"


@pytest.mark.parametrize("positions", [[0], [3, 5, 40], [0, 1, 2, 1296]])
def test_steps_can_be_read_back(positions: list[int]) -> None:
    total, read = 0, []
    for step in search.steps(positions).split(","):
        total += int(step, 36)
        read.append(total)
    assert read == positions


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        ("zwolle", {"zwolle"}),
        ("zaanstad", {"zaanstad"}),
        ("westzaan", {"zaanstad"}),
        ("haaglanden", {"haaglanden"}),
        ("scheveningen", {"haaglanden"}),
        ("zuid-oost", {"zuid-oost"}),
        ("evertsoord", {"zuid-oost"}),
        ("alphen", {"alphen-aan-den-rijn"}),
        ("pi alphen", {"alphen-aan-den-rijn"}),
        ("hunnerberg", {"rjji-de-hunnerberg"}),
        ("lelystad", {"pi-lelystad", "jji-lelystad"}),
        ("pi lelystad", {"pi-lelystad"}),
        ("limburg", {"sittard", "zuid-oost"}),
    ],
)
def test_a_place_is_known_by_the_words_people_use(kb: model.KnowledgeBase, word: str, ids: set[str]) -> None:
    assert set(search.place_words(kb)[word]) == ids


def test_every_institution_has_a_word_for_its_place(kb: model.KnowledgeBase) -> None:
    named = {institution for ids in search.place_words(kb).values() for institution in ids}
    assert named == {item.id for item in kb.institutions.values() if item.status == "published"}


def test_in_principle_everywhere_means_where_no_source_says_more(kb: model.KnowledgeBase, data: dict) -> None:
    everywhere = [offer.intervention for offer in kb.offers if offer.institution == model.EVERYWHERE]
    assert everywhere
    documents = {document["id"]: document for document in data["documents"] if document["type"] == "intervention"}
    wrong = []
    for intervention in everywhere:
        places = set(documents[intervention]["principle"])
        wrong += [] if places else [f"{intervention} is nowhere"]
        wrong += [
            f"{intervention}: {place} has no adults"
            for place in places
            if kb.institutions[place].kind not in {"pi", "jc"}
        ]
        wrong += [
            f"{intervention}: a source says more of {offer.institution}"
            for offer in kb.offers_of[intervention]
            if offer.institution in places
        ]
    tell_all(wrong)


def test_the_text_of_a_page_is_known(kb: model.KnowledgeBase, data: dict) -> None:
    exclusion = next(item for item in kb.interventions.values() if item.not_suitable)
    step = next(step.ask for step in next(iter(kb.trainings.values())).blocks[0].steps if step.ask)
    words = set(data["words"].split())
    texts = {exclusion.id: exclusion.not_suitable[0].text, next(iter(kb.trainings)): step}
    found = {
        identity: {word for word in search.words_in(text) if word in words and identity in found_in(data, word)}
        for identity, text in texts.items()
    }
    assert all(found.values()), found


def test_a_session_for_an_open_case_is_found_by_that_and_by_where_people_wait(
    kb: model.KnowledgeBase, data: dict
) -> None:
    told = {
        document["id"]: " ".join([*document["headings"], *(data["terms"][term][0] for term in document["terms"])])
        for document in data["documents"]
        if document["type"] == "training"
    }
    open_case = {item.id for item in kb.trainings.values() if item.open_case}
    assert open_case
    for words in ("Huis van bewaring", "als de zaak nog loopt"):
        assert {one for one, text in told.items() if words in text} == open_case, words


def test_terms_are_shared(data: dict) -> None:
    places = {place for document in data["documents"] for place in document["terms"]}
    assert places == set(range(len(data["terms"])))
    assert all(words and all(words) for words in data["terms"])


def test_a_number_is_reckoned_in_a_measure_that_is_known(
    kb: model.KnowledgeBase, data: dict, project_root: Path
) -> None:
    known = {measure["id"]: measure for measure in data["measures"]}
    faults = [
        f"{name}: {one['of']}" for name, one in known.items() if "of" in one and "label" not in known.get(one["of"], {})
    ]
    faults += [
        f"{document['id']}: {name}"
        for document in data["documents"]
        for name in document.get("amounts", {})
        if "label" not in known.get(name, {})
    ]
    addresses = [one["page"] for one in known.values() if one.get("page")]
    addresses.append(data["sessions"])
    pages = {address.partition("#")[0] for address in addresses}
    faults += [page for page in pages if not (project_root / "content" / page).with_suffix(".md").is_file()]
    assert any(document.get("amounts") for document in data["documents"]) and len(pages) == 2
    tell_all(faults)


def test_nothing_is_there_twice(data: dict) -> None:
    assert data["documents"]
    tell_all(document["id"] for document in data["documents"] if len(set(document["terms"])) != len(document["terms"]))
    assert len(set(data["words"].split())) == len(data["words"].split())


def test_the_weight_stays_within_reach_of_a_phone(script: str) -> None:
    # Measured 81 kB at 328 documents, 97 kB at 380, most of it session plans; whole texts of fewer fields weighed 137 kB.
    documents = script.count('"type":')
    assert documents > 300
    assert len(gzip.compress(script.encode(), 9, mtime=0)) < 275 * documents


def test_a_mark_of_byte_order_is_no_word_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("\ufeff---\ntitle: Over ons\n---\nEen zin.\n".encode())
    assert narrative.read_all(tmp_path)[0] == {"a.html": "Een zin."}
