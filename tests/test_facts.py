"""The built pages against the data, over every record: what a page must show, and what it may never show."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kennisbank import model, render
from kennisbank.views.menu import audiences
from tests.helpers import tell_all, words

Read = Callable[[str], str]

PARTS = [
    "minute",
    "facts",
    "suitability",
    "offers",
    "how",
    "needs",
    "practice",
    "evidence",
    "claims",
    "related",
    "links",
]
PARTS += ["about", "sources"]
SOURCED = (
    *("selection", "referred_by", "not_suitable", "preconditions", "core_elements", "adaptable"),
    *("success_factors", "challenges", "risks", "stop_rules", "claims", "editor_notes", "open_to"),
)
ROW = re.compile(r"<tr([^>]*data-intervention[^>]*)>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
HIDDEN = re.compile(r"<(script|style|template|svg)\b.*?</\1>", re.DOTALL)


def stands(offer: model.Offer, today: str) -> str:
    """The status that a page shows: what the source says, unless the last day that it names is behind us."""
    return "stopped" if offer.until and offer.until < today[: len(offer.until)] else offer.status


def pages_of(kb: model.KnowledgeBase, offer: model.Offer) -> list[str]:
    """Every page on which an offer stands with all that is known of it."""
    record = kb.interventions[offer.intervention]
    adult = [item.id for item in kb.institutions.values() if item.kind in {"pi", "jc"}]
    here = {other.institution for other in kb.offers_of[offer.intervention]}
    everywhere = [item for item in adult if item not in here]
    places = everywhere if offer.institution == model.EVERYWHERE else [offer.institution]
    given = {offer.provider, *(giver.organisation for giver in offer.given_by)} - {None}
    providers = given if given or offer.given_by else set(record.providers)
    urls = [f"institutions/{place}.html" for place in places]
    urls += [f"organisations/{item}.html" for item in providers if item in kb.organisations]
    return [f"interventions/{offer.intervention}.html", *urls]


@pytest.fixture(scope="module")
def pages(site_dir: Path, read_page: Read) -> dict[str, str]:
    """The text of every page as a reader sees it, by its address."""
    urls = [path.relative_to(site_dir).as_posix() for path in sorted(site_dir.rglob("*.html"))]
    assert urls
    return {url: words(HIDDEN.sub(" ", read_page(url))) for url in urls}


def entry_page(entry: model.Intervention) -> str:
    """The address of the page of an entry."""
    return f"interventions/{entry.id}.html"


def test_every_page_has_its_heading_as_its_title(read_page: Read, project_root: Path) -> None:
    """On the tab, in a list of bookmarks and in the menu; a page may have a title of its own in its front matter."""
    wrong = []
    for path in sorted((project_root / "content").rglob("*.md")):
        url = path.relative_to(project_root / "content").with_suffix(".html").as_posix()
        if url == "index.html" or re.search(r"^title:", path.read_text(encoding="utf-8"), re.MULTILINE):
            continue
        source = read_page(url)
        heading = words(re.search(r"<h1[^>]*>(.*?)</h1>", source, re.DOTALL)[1])
        title = words(re.search(r"<title>(.*?)</title>", source, re.DOTALL)[1])
        wrong += [] if title == f"{heading} - RESTART Kennisbank" else [f"{url}: {heading!r} has the title {title!r}"]
    tell_all(wrong)


def test_the_menu_has_no_word_that_is_a_file_name(read_page: Read) -> None:
    navigation = re.search(r'<nav class="md-nav md-nav--primary.*?</nav>\s*</div>', read_page("index.html"), re.DOTALL)
    menu = words(navigation[0]).split()
    assert "Interventies" in menu
    assert not {"Roles", "Gaps", "Matrix", "Index"} & set(menu)


def test_an_address_that_is_not_there_is_answered_in_dutch(read_page: Read) -> None:
    assert "Deze bladzijde is er niet" in read_page("404.html")
    assert "Not found" not in read_page("404.html")


def test_every_entry_has_its_parts_in_the_one_order(kb: model.KnowledgeBase, read_page: Read) -> None:
    parts = {
        entry.id: re.findall(r'<section data-part="([a-z]+)"', read_page(entry_page(entry)))
        for entry in kb.interventions.values()
    }
    tell_all(f"{entry}: {found}" for entry, found in parts.items() if found != PARTS)


def test_every_entry_shows_all_that_is_known_of_it(kb: model.KnowledgeBase, read_page: Read) -> None:
    lacking = []
    for entry in kb.interventions.values():
        shown = words(read_page(entry_page(entry)))
        texts = [item.text for name in (*SOURCED, "advice") for item in getattr(entry, name)]
        texts += [item.instead for item in entry.not_suitable if item.instead]
        texts += [item.label for item in entry.figures]
        texts += [entry.summary, entry.tagline, entry.evidence.known, entry.evidence.unknown, entry.evidence.studied]
        texts += [entry.participant_text, entry.target_group_note, entry.dosage.note if entry.dosage else None]
        texts += [item.note for item in (*entry.delivered_by, *entry.claims, *entry.figures, *entry.links)]
        texts += [offer.note for offer in kb.offers_of.get(entry.id, ())]
        lacking += [f"{entry.id}: {text}" for text in texts if text and " ".join(text.split()) not in shown]
    tell_all(lacking)


def test_every_fact_shows_the_place_in_its_source(kb: model.KnowledgeBase, read_page: Read) -> None:
    lacking = []
    for entry in kb.interventions.values():
        shown = words(read_page(entry_page(entry)))
        sources = [item.source for name in SOURCED for item in getattr(entry, name) if item.source]
        lacking += [f"{entry.id}: {source.where}" for source in sources if source.where not in shown]
    tell_all(lacking)


def test_a_source_without_a_date_says_so_wherever_it_stands(kb: model.KnowledgeBase, pages: dict[str, str]) -> None:
    undated = [source for source in kb.sources.values() if source.as_of == model.UNDATED]
    assert undated
    told = pages["sources.html"]
    tell_all(source.id for source in undated if not re.search(f"{re.escape(words(source.title))}.*?zonder datum", told))
    bare = [re.compile(rf"{re.escape(words(source.title))} \((?:19|20)\d\d\)") for source in undated]
    tell_all((url, found[0]) for url, text in pages.items() for one in bare if (found := one.search(text)))


def test_an_organisation_tells_its_website_and_when_it_was_looked_up(
    kb: model.KnowledgeBase, pages: dict[str, str]
) -> None:
    """Or where was looked for it without finding one. What staff give in their own house has no website to look for."""
    lacking = []
    for item in kb.organisations.values():
        if item.kind == "in-house":
            continue
        shown = pages[f"organisations/{item.id}.html"]
        told = [item.website] if item.website else [one.result for one in item.searched]
        told += [f"nagekeken op {render.write_date(item.looked_up_on)}"] if item.looked_up_on else []
        lacking += [] if told else [f"{item.id}: nothing"]
        lacking += [f"{item.id}: {text}" for text in told if text not in shown]
    tell_all(lacking)


def test_every_claim_stands_with_its_verdict(kb: model.KnowledgeBase, read_page: Read) -> None:
    wrong = []
    for entry in kb.interventions.values():
        shown = re.findall(r'data-verdict="([a-z-]+)"', read_page(entry_page(entry)))
        known = [claim.verdict for claim in entry.claims]
        wrong += [] if shown == known else [f"{entry.id}: {shown}, known are {known}"]
    tell_all(wrong)


def test_a_withheld_address_is_nowhere_a_link(kb: model.KnowledgeBase, read_page: Read) -> None:
    withheld = [
        (entry, link) for entry in kb.interventions.values() for link in entry.links if link.status == "withheld"
    ]
    assert withheld
    tell_all(
        f"{entry.id}: {link.url}"
        for entry, link in withheld
        if f'href="{html.escape(link.url)}"' in read_page(entry_page(entry))
    )


def test_every_institution_lists_exactly_its_offers(kb: model.KnowledgeBase, read_page: Read) -> None:
    wrong = []
    for institution in kb.institutions:
        table = re.search(
            r'<table[^>]*data-table="offers".*?</table>', read_page(f"institutions/{institution}.html"), re.DOTALL
        )
        rows = [dict(ATTRIBUTE.findall(row)) for row in ROW.findall(table.group())] if table else []
        shown = sorted((row["data-intervention"], row["data-status"], row["data-as-of"]) for row in rows)
        known = sorted(
            (offer.intervention, stands(offer, kb.today), offer.as_of)
            for offer in kb.offers
            if offer.institution == institution
        )
        wrong += [] if shown == known else [f"{institution}: {set(shown) ^ set(known)}"]
    tell_all(wrong)


def test_a_copy_without_the_book_says_where_the_book_is(read_page: Read) -> None:
    """And what the search tells of the page promises no book."""
    page = read_page("downloads.html")
    part = page.split('id="boek"')[1].split("<h2")[0]
    assert "uitgave" in part and 'href="about/continuity.html#uitgave"' in part
    assert "als boek" not in re.search(r'<meta name="description" content="([^"]*)"', page)[1]


def test_the_legend_of_the_matrix_is_in_the_past_where_all_cells_are(kb: model.KnowledgeBase, read_page: Read) -> None:
    page = read_page("institutions/matrix.html")
    legend = page.split('class="kb-legend"')[1].split("</ul>")[0]
    cells = page.split('data-table="matrix"')[1]
    for term in kb.vocabularies["offer_status"].values():
        if term.past and f"{term.past}, " in cells and f"{term.label}, " not in cells:
            assert f"</span> {term.past}<" in legend and f"</span> {term.label}<" not in legend
    assert "Werd aangeboden" in legend


def test_a_cell_of_the_matrix_shows_its_year_where_it_is_not_that_of_most(read_page: Read) -> None:
    """On paper there is nothing to point at."""
    page = read_page("institutions/matrix.html")
    cells = re.findall(r'<td[^>]*data-as-of="([^"]*)"[^>]*>(.*?)</td>', page)
    years = [date[:4] for date, _ in cells]
    most = max(set(years), key=years.count)
    wrong = []
    for (date, cell), year in zip(cells, years, strict=True):
        shown = re.search(r'kb-cell__year"[^>]*>([^<]*)<', cell)
        wanted = None if year == most else "’" + year[2:] if year.isdigit() else "z.d."
        wrong += [f"{date}: {cell}"] if (shown[1] if shown else None) != wanted else []
    assert len(set(years)) > 2
    tell_all(wrong)


def test_the_matrix_says_the_same_as_the_offers(kb: model.KnowledgeBase, read_page: Read) -> None:
    cells = [
        dict(ATTRIBUTE.findall(cell))
        for cell in re.findall(r"<td([^>]*data-institution[^>]*)>", read_page("institutions/matrix.html"))
    ]
    shown = {
        (cell["data-intervention"], cell["data-institution"]): cell["data-status"]
        for cell in cells
        if cell["data-status"] != "no-data"
    }
    places = {(offer.intervention, offer.institution) for offer in kb.offers if offer.institution in kb.institutions}
    assert set(shown) == places
    statuses = {(offer.intervention, offer.institution, stands(offer, kb.today)) for offer in kb.offers}
    tell_all((*pair, status) for pair, status in shown.items() if (*pair, status) not in statuses)


def test_what_is_everywhere_is_told_apart_from_what_is_here(kb: model.KnowledgeBase, read_page: Read) -> None:
    everywhere = {offer.intervention for offer in kb.offers if offer.institution == model.EVERYWHERE}
    assert everywhere
    wrong = []
    for institution in kb.institutions.values():
        part = read_page(f"institutions/{institution.id}.html").partition('<h2 id="overal"')[2].partition("<h2")[0]
        shown = set(re.findall(r'<li data-intervention="([^"]+)"', part))
        named = {offer.intervention for offer in kb.offers_at.get(institution.id, ())}
        meant = everywhere - named if institution.kind in {"pi", "jc"} else set()
        wrong += [] if shown == meant else [f"{institution.id}: {shown ^ meant}"]
    tell_all(wrong)


def test_every_conflict_shows_both_sides(kb: model.KnowledgeBase, read_page: Read) -> None:
    """On every page on which the offer stands; a card tells it in short, see test_menu."""
    doubted = [offer for offer in kb.offers if offer.conflict]
    assert any(offer.institution == model.EVERYWHERE for offer in doubted)
    missing = []
    for offer in doubted:
        for url in (*pages_of(kb, offer), "about/data-quality.html"):
            shown = words(read_page(url))
            missing += [f"{url}: {side}" for side in (offer.conflict.a, offer.conflict.b) if side not in shown]
    tell_all(missing)


def test_every_reservation_stands_with_its_offer(kb: model.KnowledgeBase, read_page: Read) -> None:
    """Place, remark, beginning and end are in the row of the offer, on every page on which that stands."""
    missing = []
    for offer in kb.offers:
        institution = kb.institutions.get(offer.institution)
        told = [item.name for item in institution.locations if item.id == offer.location] if institution else []
        told += [text[1:] for text in (offer.note, offer.since_text) if text]
        told += ["dus afgelopen"] if offer.until and offer.until < kb.today[: len(offer.until)] else []
        for url in pages_of(kb, offer):
            shown = words(read_page(url))
            missing += [f"{url}: {text}" for text in told if " ".join(text.split()) not in shown]
    tell_all(missing)


def test_no_page_says_that_nothing_is_left_out(pages: dict[str, str]) -> None:
    """What no source places anywhere can be anywhere: nobody can say that all of it is told."""
    tell_all(url for url, text in pages.items() if "Alles wat elders wordt genoemd" in text)


def test_one_is_never_told_as_more(pages: dict[str, str]) -> None:
    """ "1 interventies" is no Dutch."""
    several = "interventies|inrichtingen|regels|sessies|organisaties|categorieën|bronnen|weken|bijeenkomsten"
    more = re.compile(rf"(?<![\d.,§-])\b1 (?:{several})\b.{{20}}")
    tell_all(f"{url}: {found}" for url, text in pages.items() for found in more.findall(text))


def test_the_catalogue_holds_every_entry_once(kb: model.KnowledgeBase, read_page: Read) -> None:
    ids = re.findall(r'<article[^>]*data-id="([^"]+)"', read_page("interventions/index.html"))
    assert sorted(ids) == sorted(entry.id for entry in kb.interventions.values() if entry.status == "published")


def test_every_card_of_an_institution_and_an_audience_has_its_page(project_root: Path, kb: model.KnowledgeBase) -> None:
    expected = {*kb.institutions, *(f"voor-{group}" for group in audiences(kb)), "index"}
    found = {path.stem for path in (project_root / "content/cards").glob("*.md")}
    assert {name for name in found if not name.startswith("uitleg-")} == expected


def test_no_page_prints_a_name_of_code_or_an_empty_value(pages: dict[str, str]) -> None:
    signs = ("None", "Undefined", "[[", "]]", "{{", "}}", "{%")
    tell_all(f"{url}: {sign}" for url, text in pages.items() for sign in signs if sign in text)


def test_figures_on_the_home_page_are_counted_from_the_data(kb: model.KnowledgeBase, read_page: Read) -> None:
    found = re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", read_page("index.html"))
    figures = {label: int(value) for label, value in found}
    assert figures["interventies"] == sum(entry.status == "published" for entry in kb.interventions.values())
    assert figures["inrichtingen"] == len(kb.institutions)
    assert figures["regels aanbod"] == len(kb.offers)


def test_code_and_templates_know_no_record_by_name(project_root: Path, kb: model.KnowledgeBase) -> None:
    files = [*(project_root / "scripts/kennisbank").rglob("*"), *(project_root / "overrides").rglob("*")]
    sources = [path for path in files if path.suffix in {".py", ".jinja", ".html"}]
    assert sources
    names = {entry.name for entry in kb.interventions.values()} | {item.name for item in kb.institutions.values()}
    # One pattern for all: a hundred of them take two seconds. Where a name begins another, the longest is tried first.
    any_name = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?![\w-])")
    tell_all(
        f"{path.relative_to(project_root)}: {name}"
        for path in sources
        for name in any_name.findall(path.read_text(encoding="utf-8"))
    )


def test_the_search_knows_every_page_of_a_record(kb: model.KnowledgeBase, search_data: dict) -> None:
    urls = {document["url"] for document in search_data["documents"]}
    pages = {
        f"{kind}/{record.id}.html"
        for kind in ("interventions", "institutions", "organisations", "trainings")
        for record in getattr(kb, kind).values()
        if record.status == "published"
    }
    assert pages
    assert pages - urls == set()


def test_every_page_of_a_foreign_or_belgian_entry_says_so(kb: model.KnowledgeBase, read_page: Read) -> None:
    lacking = []
    for entry in kb.interventions.values():
        shown = words(read_page(entry_page(entry)))
        marks = [kb.term("country", country).label for country in entry.countries]
        marks += [kb.term("jurisdiction", "be").label] if entry.jurisdiction == "be" else []
        lacking += [f"{entry.id}: {mark}" for mark in marks if mark not in shown]
    tell_all(lacking)


def test_every_page_has_a_way_past_the_header_and_the_same_foot(site_dir: Path, read_page: Read) -> None:
    addresses = (
        "choose/list",
        "choose/compare",
        "downloads",
        "about/privacy",
        "about/accessibility",
        "about/changelog",
    )
    wrong = []
    for path in sorted(site_dir.rglob("*.html")):
        url = path.relative_to(site_dir).as_posix()
        source = read_page(url)
        foot = re.search(r'<nav class="kb-foot".*?</nav>', source, re.DOTALL)
        targets = [
            path.parent / link.partition("#")[0] for link in re.findall(r'href="([^"]+)"', foot[0] if foot else "")
        ]
        found = {target.resolve().relative_to(site_dir.resolve()).as_posix() for target in targets if url != "404.html"}
        meant = set() if url == "404.html" else {f"{address}.html" for address in addresses}
        wrong += [] if foot and found == meant and "Versie" in foot[0] else [f"{url}: foot {found ^ meant}"]
        wrong += [] if 'href="#hoofddeel"' in source and source.count('id="hoofddeel"') == 1 else [f"{url}: skip link"]
    tell_all(wrong)


def test_the_pages_of_a_section_stand_on_every_page_of_it(site_dir: Path, read_page: Read) -> None:
    """What only the drawer of a telephone held: comparison, my list, who may do what, the transfer."""
    wrong = []
    for folder, page in (
        ("interventions", "choose/roles"),
        ("institutions", "institutions/transfer"),
        ("cards", "cards/index"),
    ):
        for path in sorted((site_dir / folder).glob("*.html")):
            row = re.search(r'<nav class="kb-section".*?</nav>', path.read_text(encoding="utf-8"), re.DOTALL)
            shown = {(path.parent / link).resolve() for link in re.findall(r'href="([^"#]+)"', row[0] if row else "")}
            wrong += [] if (site_dir / f"{page}.html").resolve() in shown else [f"{folder}/{path.name}: {page}"]
    tell_all(wrong)
