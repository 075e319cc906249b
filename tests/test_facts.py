"""The built pages against the data, over every record: what a page must show, and what it may never show."""

import html
import json
import re
from pathlib import Path

from kennisbank import model

PARTS = [
    *("facts", "suitability", "how", "needs", "practice", "evidence"),
    *("claims", "offers", "links", "related", "sources"),
]
SOURCED = (
    *("selection", "referred_by", "not_suitable", "preconditions", "core_elements", "adaptable"),
    *("success_factors", "challenges", "risks", "claims", "editor_notes"),
)
ROW = re.compile(r"<tr([^>]*data-intervention[^>]*)>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
HIDDEN = re.compile(r"<(script|style|template|svg)\b.*?</\1>", re.DOTALL)


def read(site: Path, url: str) -> str:
    """The source of a page."""
    return (site / url).read_text(encoding="utf-8")


def words(source: str) -> str:
    """The text of a page as a reader sees it, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source)).split())


def stands(offer: model.Offer, today: str) -> str:
    """The status that a page shows: what the source says, unless the last day that it names is behind us."""
    return "stopped" if offer.until and offer.until < today[: len(offer.until)] else offer.status


def rows_of(source: str, tag: str, name: str, value: str) -> str:
    """The elements of a page with an attribute of that value, one after the other."""
    return "".join(re.findall(rf'<{tag}[^>]*{name}="{re.escape(value)}".*?</{tag}>', source, re.DOTALL))


def pages_of(kb: model.KnowledgeBase, offer: model.Offer) -> list[str]:
    """Every page on which an offer stands with all that is known of it."""
    record = kb.interventions[offer.intervention]
    adult = [item.id for item in kb.institutions.values() if item.kind in {"pi", "jc"}]
    places = adult if offer.institution == model.EVERYWHERE else [offer.institution]
    providers = {offer.provider} & set(record.providers) if offer.provider else set(record.providers)
    urls = [f"institutions/{place}.html" for place in places]
    urls += [f"organisations/{item}.html" for item in providers if item in kb.organisations]
    return [f"interventions/{offer.intervention}.html", *urls]


def test_every_page_has_its_heading_as_its_title(site_dir: Path, project_root: Path) -> None:
    """On the tab, in a list of bookmarks and in the menu; a page may have a title of its own in its front matter."""
    for path in sorted((project_root / "content").rglob("*.md")):
        url = path.relative_to(project_root / "content").with_suffix(".html").as_posix()
        if url == "index.html" or re.search(r"^title:", path.read_text(encoding="utf-8"), re.MULTILINE):
            continue
        source = read(site_dir, url)
        heading = words(re.search(r"<h1[^>]*>(.*?)</h1>", source, re.DOTALL)[1])
        title = words(re.search(r"<title>(.*?)</title>", source, re.DOTALL)[1])
        assert title == f"{heading} - RESTART Kennisbank", url


def test_the_menu_has_no_word_that_is_a_file_name(site_dir: Path) -> None:
    menu = words(
        re.search(r'<nav class="md-nav md-nav--primary.*?</nav>\s*</div>', read(site_dir, "index.html"), re.DOTALL)[0]
    )
    for word in ("Roles", "Gaps", "Matrix", "Index"):
        assert word not in menu.split(), menu


def test_an_address_that_is_not_there_is_answered_in_dutch(site_dir: Path) -> None:
    source = read(site_dir, "404.html")
    assert "Deze bladzijde is er niet" in source
    assert "Not found" not in source


def test_every_entry_has_its_parts_in_the_one_order(kb: model.KnowledgeBase, site_dir: Path) -> None:
    for entry in kb.interventions.values():
        source = read(site_dir, f"interventions/{entry.id}.html")
        assert re.findall(r'<section data-part="([a-z]+)"', source) == PARTS, entry.id


def test_every_entry_shows_all_that_is_known_of_it(kb: model.KnowledgeBase, site_dir: Path) -> None:
    for entry in kb.interventions.values():
        shown = words(read(site_dir, f"interventions/{entry.id}.html"))
        texts = [item.text for name in SOURCED for item in getattr(entry, name)]
        texts += [item.instead for item in entry.not_suitable if item.instead]
        texts += [item.label for item in entry.figures]
        texts += [entry.summary, entry.tagline, entry.evidence.known, entry.evidence.unknown, entry.evidence.studied]
        texts += [entry.participant_text] if entry.participant_text else []
        for text in texts:
            assert " ".join(text.split()) in shown, (entry.id, text)


def test_every_fact_shows_the_place_in_its_source(kb: model.KnowledgeBase, site_dir: Path) -> None:
    for entry in kb.interventions.values():
        shown = words(read(site_dir, f"interventions/{entry.id}.html"))
        for name in SOURCED:
            for item in getattr(entry, name):
                assert item.source is None or item.source.where in shown, (entry.id, item)


def test_every_claim_stands_with_its_verdict(kb: model.KnowledgeBase, site_dir: Path) -> None:
    for entry in kb.interventions.values():
        source = read(site_dir, f"interventions/{entry.id}.html")
        assert re.findall(r"kb-verdict--([a-z-]+)", source) == [claim.verdict for claim in entry.claims], entry.id


def test_a_withheld_address_is_nowhere_a_link(kb: model.KnowledgeBase, site_dir: Path) -> None:
    withheld = {
        (entry.id, link.url) for entry in kb.interventions.values() for link in entry.links if link.status == "withheld"
    }
    for entry_id, url in withheld:
        assert f'href="{html.escape(url)}"' not in read(site_dir, f"interventions/{entry_id}.html"), (entry_id, url)


def test_every_institution_lists_exactly_its_offers(kb: model.KnowledgeBase, site_dir: Path) -> None:
    for institution in kb.institutions.values():
        source = read(site_dir, f"institutions/{institution.id}.html")
        table = re.search(r'<table[^>]*data-table="offers".*?</table>', source, re.DOTALL)
        rows = [dict(ATTRIBUTE.findall(row)) for row in ROW.findall(table.group())] if table else []
        shown = sorted((row["data-intervention"], row["data-status"], row["data-as-of"]) for row in rows)
        known = sorted(
            (offer.intervention, stands(offer, kb.today), offer.as_of)
            for offer in kb.offers
            if offer.institution == institution.id
        )
        assert shown == known, institution.id


def test_the_matrix_says_the_same_as_the_offers(kb: model.KnowledgeBase, site_dir: Path) -> None:
    cells = [
        dict(ATTRIBUTE.findall(cell))
        for cell in re.findall(r"<td([^>]*data-institution[^>]*)>", read(site_dir, "institutions/matrix.html"))
    ]
    shown = {
        (cell["data-intervention"], cell["data-institution"]): cell["data-status"]
        for cell in cells
        if cell["data-status"] != "no-data"
    }
    places = {(offer.intervention, offer.institution) for offer in kb.offers if offer.institution in kb.institutions}
    assert set(shown) == places
    statuses = {(offer.intervention, offer.institution, stands(offer, kb.today)) for offer in kb.offers}
    assert all((*pair, status) in statuses for pair, status in shown.items())


def test_what_is_everywhere_is_told_apart_from_what_is_here(kb: model.KnowledgeBase, site_dir: Path) -> None:
    everywhere = {offer.intervention for offer in kb.offers if offer.institution == model.EVERYWHERE}
    assert everywhere
    for institution in kb.institutions.values():
        source = read(site_dir, f"institutions/{institution.id}.html")
        part = source.partition('<h2 id="overal"')[2].partition("<h2")[0]
        shown = set(re.findall(r'<li data-intervention="([^"]+)"', part))
        assert shown == (everywhere if institution.kind in {"pi", "jc"} else set()), institution.id


def test_every_conflict_shows_both_sides(kb: model.KnowledgeBase, site_dir: Path) -> None:
    """On every page on which the offer stands; a card tells it in short, see test_menu."""
    doubted = [offer for offer in kb.offers if offer.conflict]
    assert any(offer.institution == model.EVERYWHERE for offer in doubted)
    missing = []
    for offer in doubted:
        for url in (*pages_of(kb, offer), "about/data-quality.html"):
            shown = words(read(site_dir, url))
            missing += [(url, side) for side in (offer.conflict.a, offer.conflict.b) if side not in shown]
    assert not missing, missing


def test_every_reservation_stands_with_its_offer(kb: model.KnowledgeBase, site_dir: Path) -> None:
    """Place, remark, beginning and end are in the row of the offer, on every page on which that stands."""
    missing = []
    for offer in kb.offers:
        institution = kb.institutions.get(offer.institution)
        told = [item.name for item in institution.locations if item.id == offer.location] if institution else []
        told += [text[1:] for text in (offer.note, offer.since_text) if text]
        told += ["dus afgelopen"] if offer.until and offer.until < kb.today[: len(offer.until)] else []
        for url in pages_of(kb, offer):
            shown = words(read(site_dir, url))
            missing += [(url, text) for text in told if " ".join(text.split()) not in shown]
    assert not missing, missing


def test_no_page_says_that_nothing_is_left_out(site_dir: Path) -> None:
    """What no source places anywhere can be anywhere: nobody can say that all of it is told."""
    for path in site_dir.rglob("*.html"):
        assert "Alles wat elders wordt genoemd" not in path.read_text(encoding="utf-8"), path.name


def test_one_is_never_told_as_more(site_dir: Path) -> None:
    """ "1 interventies" is no Dutch."""
    several = "interventies|inrichtingen|regels|sessies|organisaties|categorieën|bronnen|weken|bijeenkomsten"
    wrong = [
        (path.name, found)
        for path in site_dir.rglob("*.html")
        for found in re.findall(
            rf"(?<![\d.,§-])\b1 (?:{several})\b.{{20}}", words(HIDDEN.sub(" ", path.read_text(encoding="utf-8")))
        )
    ]
    assert not wrong, wrong


def test_the_catalogue_holds_every_entry_once(kb: model.KnowledgeBase, site_dir: Path) -> None:
    ids = re.findall(r'<article[^>]*data-id="([^"]+)"', read(site_dir, "interventions/index.html"))
    assert sorted(ids) == sorted(entry.id for entry in kb.interventions.values() if entry.status == "published")


def test_every_card_of_an_institution_and_an_audience_has_its_page(project_root: Path, kb: model.KnowledgeBase) -> None:
    from kennisbank.views.menu import audiences

    expected = {*kb.institutions, *(f"voor-{group}" for group in audiences(kb)), "index"}
    assert {path.stem for path in (project_root / "content/cards").glob("*.md")} == expected


def test_no_page_prints_a_name_of_code_or_an_empty_value(site_dir: Path) -> None:
    for path in site_dir.rglob("*.html"):
        text = words(HIDDEN.sub(" ", path.read_text(encoding="utf-8")))
        for sign in ("None", "Undefined", "[[", "]]", "{{", "}}", "{%"):
            assert sign not in text, (path.name, sign)


def test_figures_on_the_home_page_are_counted_from_the_data(kb: model.KnowledgeBase, site_dir: Path) -> None:
    found = re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", read(site_dir, "index.html"))
    figures = {label: int(value) for label, value in found}
    assert figures["interventies"] == sum(entry.status == "published" for entry in kb.interventions.values())
    assert figures["inrichtingen"] == len(kb.institutions)
    assert figures["regels aanbod"] == len(kb.offers)


def test_code_and_templates_know_no_record_by_name(project_root: Path, kb: model.KnowledgeBase) -> None:
    files = [*(project_root / "scripts/kennisbank").rglob("*"), *(project_root / "overrides").rglob("*")]
    sources = {path: path.read_text(encoding="utf-8") for path in files if path.suffix in {".py", ".jinja", ".html"}}
    names = {entry.name for entry in kb.interventions.values()} | {item.name for item in kb.institutions.values()}
    for path, source in sources.items():
        found = [name for name in names if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", source)]
        assert not found, (path, found)


def test_the_search_knows_every_page_of_a_record(kb: model.KnowledgeBase, site_dir: Path) -> None:
    data = read(site_dir, "assets/search-data.js").partition(" = ")[2].rstrip().removesuffix(";")
    urls = {document["url"] for document in json.loads(data)["documents"]}
    for kind in ("interventions", "institutions", "organisations", "trainings"):
        for record in getattr(kb, kind).values():
            if record.status == "published":
                assert f"{kind}/{record.id}.html" in urls


def test_every_page_of_a_foreign_or_belgian_entry_says_so(kb: model.KnowledgeBase, site_dir: Path) -> None:
    for entry in kb.interventions.values():
        shown = words(read(site_dir, f"interventions/{entry.id}.html"))
        for country in entry.countries:
            assert kb.term("country", country).label in shown, entry.id
        if entry.jurisdiction == "be":
            assert kb.term("jurisdiction", "be").label in shown, entry.id
