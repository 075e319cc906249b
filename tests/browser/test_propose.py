"""The form for proposals and the control sheets, as somebody in an institution uses them: from the page to a file."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from kennisbank import forms, load, model
from kennisbank.check import PROJECT
from kennisbank.check.schemas import Schemas
from tests.browser.axe import WAYS, find_faults, open_all_details
from tests.helpers import some_or_all, tell_all

RESULT = 'pre[data-result="proposal"]'
STOPPED = "editors/propose.html#kind=offers&intervention=puinruimen&institution=arnhem"
MOST_ACTIONS = 8  # of the promise: from the page of an institution to a file that says "stopped"


@pytest.fixture(scope="module")
def judge(loaded: load.Loaded) -> Callable[[str], dict]:
    """A function that reads a proposal as the project does, and fails where its schema refuses it."""
    schemas = Schemas(PROJECT, loaded.vocabularies)

    def read(text: str) -> dict:
        parsed = load.parse(text, "voorstel.yaml")
        assert parsed.fatal is None and parsed.data == yaml.safe_load(text)
        tell_all(error.message for error in schemas.judge("proposal.schema.json", "", parsed.data))
        return parsed.data

    return read


def result_of(page: Page) -> str:
    """The text of the file that the form made."""
    expect(page.locator(RESULT)).to_be_visible()
    return page.locator(RESULT).text_content()


def finish(page: Page) -> None:
    """Asks for the proposal."""
    page.get_by_role("button", name="Kijk na").click()


def fill_sender(page: Page) -> None:
    """How somebody knows, and their function."""
    page.get_by_label("Zelf gezien").check()
    page.get_by_label("Je functie").select_option("case-manager")


def test_who_leaves_the_status_as_it_is_reads_that_it_stays(visit: Callable[..., Page]) -> None:
    page = visit("editors/propose.html#kind=offers&intervention=puinruimen&institution=arnhem")
    fill_sender(page)
    page.get_by_role("button", name="Kijk na").click()
    expect(page.locator("[data-kb='summary']")).to_contain_text("status blijft Wordt aangeboden")


@pytest.mark.long
def test_from_the_page_of_an_institution_to_a_file_that_says_stopped(
    visit: Callable[..., Page], judge: Callable[[str], dict], tmp_path: Path
) -> None:
    page = visit("institutions/arnhem.html")
    runs = page.locator(".kb-runs li", has_text="Puinruimen")
    with page.expect_download() as download:
        actions = [
            lambda: runs.locator("a[data-action='report']").click(),
            lambda: page.get_by_label("Gestopt", exact=True).check(),
            lambda: page.get_by_label("Zelf gezien").check(),
            lambda: page.get_by_label("Je functie").select_option("case-manager"),
            lambda: page.get_by_role("button", name="Kijk na en maak het voorstel").click(),
            lambda: page.get_by_role("link", name="Bewaar als bestand").click(),
        ]
        for action in actions:
            action()
    assert len(actions) <= MOST_ACTIONS
    assert download.value.suggested_filename == "voorstel-puinruimen-arnhem.yaml"
    saved = tmp_path / "voorstel.yaml"
    download.value.save_as(saved)
    data = judge(saved.read_text(encoding="utf-8"))
    month = data["made_on"][:7]
    assert data["from"] == {"role": "case-manager", "institution": "arnhem"}
    assert data["changes"] == [
        {
            "kind": "offers",
            "key": {"intervention": "puinruimen", "institution": "arnhem"},
            "set": {"status": "stopped", "as_of": month},
            "was": {"status": "runs", "as_of": "2021-09"},
        }
    ]
    expect(page.locator("[data-kb='summary'] li").first).to_contain_text(
        "Puinruimen in PI Arnhem: status wordt Gestopt"
    )
    expect(page.locator("[data-kb='code']")).to_have_text(re.compile(r"^([0-9A-Z]{3} ){7}[0-9A-Z]$"))
    # On paper nobody looks for who says it in the text of the file.
    expect(page.locator("[data-kb='summary'] li").last).to_have_text(
        re.compile("^Doorgegeven door: .+, PI Arnhem, op ")
    )
    open_all_details(page)
    tell_all(find_faults(page, "main", WAYS[1:]))
    # This copy of the site has no address.
    expect(page.locator("[data-kb='result']")).to_contain_text("de afdeling ICT of de redactie")
    # Of what ended is asked until when it ran, beside the answer and not folded away.
    until = page.get_by_label("Tot wanneer liep het? (als je het weet)")
    page.locator("details", has_text="Meer: ").evaluate("fold => { fold.open = false }")
    expect(until).to_be_visible()
    until.press_sequentially("zomer 2025")
    expect(until).to_have_value("zomer 2025")
    until.blur()
    # Which notation is asked is said in the words of the form.
    expect(page.locator("[data-path='f-until'] [data-kb='told']")).to_contain_text(
        "Schrijf een maand zoals november 2026"
    )
    until.fill("6/2025")
    finish(page)
    assert 'until: "2025-06"' in result_of(page)
    expect(page.locator("[data-kb='code']")).to_have_text(re.compile(r"^([0-9A-Z]{3} ){8}[0-9A-Z]$"))
    page.get_by_label("Wil je de redactie nog iets zeggen?").fill("Ook de andere groep is gestopt.")
    finish(page)
    expect(page.locator("[data-kb='code']")).to_be_hidden()
    expect(page.locator("[data-kb='no-code']")).to_contain_text("Een code om van papier over te typen is er niet")
    until.fill("")
    # What was made of other answers is not given any more; nor is what somebody will see next year.
    page.get_by_label("Ligt stil", exact=True).check()
    expect(page.get_by_label("Tot", exact=True)).to_be_hidden()
    expect(page.locator("[data-kb='result']")).to_be_hidden()
    expect(page.locator("[data-kb='line']")).to_contain_text("Kijk het opnieuw na")
    page.get_by_label("Wanneer heb je dit gezien?").fill("mei 2099")
    page.get_by_role("button", name="Kijk na").click()
    expect(page.locator("[data-kb='faults'] li")).to_contain_text("ligt in de toekomst")


def test_the_keyboard_alone_makes_a_proposal(visit: Callable[..., Page], judge: Callable[[str], dict]) -> None:
    page = visit(STOPPED)
    page.locator("input[value='runs']").focus()
    page.keyboard.press("ArrowUp")  # the last of the list
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "basis":
            page.keyboard.press("Space")
        if page.evaluate("document.activeElement.name") == "role":
            page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    data = judge(result_of(page))
    assert data["changes"][0]["set"]["status"] == "unknown"
    # Who listens hears where the result begins.
    assert page.evaluate("document.activeElement.textContent") == "Dit stel je voor"


def test_what_is_wrong_is_told_at_once_and_at_the_end(visit: Callable[..., Page]) -> None:
    page = visit("editors/propose.html#kind=interventions&id=puinruimen&field=tagline")
    field = page.get_by_label("Wat het is, in één zin")
    expect(field).to_be_focused()
    field.fill("Bel mevrouw Jansen op 06-12345678, of mail jan.jansen@voorbeeld.nl")
    person = page.locator("[data-kb='person']")
    expect(person).to_contain_text("06-12345678")
    expect(person).to_contain_text("mevrouw Jansen")
    field.fill("x" * 161)
    field.blur()
    told = page.locator("[data-path='f-tagline'] [data-kb='told']")
    # The words are those of the check.
    expect(told).to_have_text(
        "Deze tekst is 1 tekens te lang: 161 van hooguit 160. Maak hem korter, of verplaats een deel naar een ander veld of naar de pagina."
    )
    page.get_by_role("button", name="Kijk na").click()
    faults = page.locator("[data-kb='faults']")
    expect(faults).to_be_focused()
    expect(faults.locator("li")).to_have_count(3)  # and how somebody knows, and the function
    tell_all(find_faults(page, "main", WAYS[1:]))
    faults.locator("a").first.click()
    expect(field).to_be_focused()
    field.fill("Groepscursus over herstel na een delict.")
    field.blur()
    expect(told).to_be_hidden()
    expect(page.locator(RESULT)).to_be_hidden()


# A draft of another record in the browser.
KEEP_ANOTHER = """() => {
  const kept = JSON.parse(localStorage.getItem("kennisbank.proposal"));
  kept.all["een/ander"] = Object.values(kept.all)[0];
  localStorage.setItem("kennisbank.proposal", JSON.stringify(kept));
}"""


@pytest.mark.long
def test_a_long_list_comes_when_somebody_chooses(visit: Callable[..., Page], kb: model.KnowledgeBase) -> None:
    entry = next(item for item in kb.interventions.values() if item.providers)
    other = next(name for name in kb.organisations if name not in entry.providers)
    page = visit(f"editors/propose.html#kind=interventions&id={entry.id}&field=providers")
    choice = page.get_by_label("Wie biedt het aan 1")
    expect(choice).to_be_focused()  # so its list comes, and no other
    page.wait_for_function("Kennisbank.modules.has('names/organisations')")
    assert not page.evaluate("Kennisbank.modules.has('names/sources')")
    now = choice.input_value()
    # What stands there had its name before.
    source = page.locator("[data-path='f-sources'] select").first
    assert source.locator("option:checked").text_content() != source.input_value() != ""
    expect(choice.locator("option").nth(20)).to_be_attached()
    assert choice.input_value() == now
    # What is chosen of it is known from then on.
    choice.select_option(other)
    fill_sender(page)
    finish(page)
    assert "providers:" in result_of(page)


def test_a_link_that_says_where_asks_only_what(visit: Callable[..., Page]) -> None:
    page = visit("editors/propose.html#kind=offers&institution=arnhem")
    expect(page.get_by_label("Hier loopt iets dat er niet staat")).to_be_checked()
    expect(page.get_by_label("Inrichting", exact=True)).to_have_value("arnhem")


def test_nothing_is_lost_on_reload_and_all_of_it_can_be_wiped(visit: Callable[..., Page]) -> None:
    page = visit(STOPPED)
    page.get_by_label("Gestopt", exact=True).check()
    page.get_by_text("Meer: ").click()
    page.get_by_label("Bijzonderheden").fill("Sinds de zomer niet meer gegeven.")
    page.wait_for_timeout(400)
    draft = page.locator("[data-kb='draft']")
    expect(draft).to_be_hidden()
    page.reload()
    expect(page.get_by_label("Gestopt", exact=True)).to_be_checked()
    expect(page.get_by_label("Bijzonderheden")).to_have_value("Sinds de zomer niet meer gegeven.")
    # An old draft is never opened in silence, and one button begins anew with this record only.
    expect(draft).to_contain_text("was je hier al mee bezig")
    page.evaluate(KEEP_ANOTHER)
    draft.get_by_role("button", name="Begin opnieuw").click()
    expect(page.get_by_label("Wordt aangeboden")).to_be_checked()
    expect(draft).to_be_hidden()
    assert page.evaluate("Object.keys(JSON.parse(localStorage.getItem('kennisbank.proposal')).all)") == ["een/ander"]
    page.get_by_role("button", name="Wis wat ik heb ingevuld").click()
    expect(page.get_by_label("Wordt aangeboden")).to_be_checked()
    assert page.evaluate("localStorage.getItem('kennisbank.proposal')") is None


@pytest.mark.long
def test_a_saved_file_and_a_code_from_paper_are_opened_again(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit(STOPPED)
    page.get_by_label("Gestopt", exact=True).check()
    fill_sender(page)
    page.get_by_role("button", name="Kijk na").click()
    text, code = result_of(page), page.locator("[data-kb='code']").text_content()
    saved = tmp_path / "voorstel.yaml"
    saved.write_text(text, encoding="utf-8")
    for way in ("file", "code"):
        page.get_by_role("button", name="Wis wat ik heb ingevuld").click()
        expect(page.get_by_label("Wordt aangeboden")).to_be_checked()
        page.locator("[data-kb='choose'] summary").click()
        if way == "file":
            page.locator("[data-kb='open']").set_input_files(saved)
        else:
            page.locator("[data-kb='typed']").fill(code.lower().replace(" ", ""))
            page.locator("[data-kb='typed']").press("Enter")
        expect(page.get_by_label("Gestopt", exact=True)).to_be_checked()
        page.get_by_role("button", name="Kijk na").click()
        assert result_of(page) == text, way
    saved.write_text("zomaar: [iets", encoding="utf-8")
    page.locator("[data-kb='open']").set_input_files(saved)
    expect(page.locator("[data-kb='failed']")).to_have_text("Dit bestand is geen voorstel dat hier is gemaakt.")


def test_something_new_is_chosen_and_asked(
    visit: Callable[..., Page], judge: Callable[[str], dict], kb: model.KnowledgeBase
) -> None:
    named = {offer.institution for offer in kb.offers_of["puinruimen"]}
    institution = next(item.id for item in kb.institutions.values() if item.id not in named and not item.locations)
    page = visit("editors/propose.html")
    page.get_by_label("Hier loopt iets dat er niet staat").check()
    page.get_by_label("Inrichting", exact=True).select_option(institution)
    page.get_by_label("Interventie", exact=True).select_option("puinruimen")
    page.get_by_label("Wordt aangeboden").check()
    fill_sender(page)
    page.get_by_role("button", name="Kijk na").click()
    added = judge(result_of(page))["changes"][0]["add"]
    assert len(added.pop("as_of")) == len("2026-11")
    assert added == {"intervention": "puinruimen", "institution": institution, "status": "runs"}
    page.locator("[data-kb='choose'] summary").click()
    page.get_by_label("Een nieuwe interventie").check()
    page.get_by_label("Soort", exact=True).first.select_option("organisations")
    page.get_by_label("Naam (nodig)").fill("Stichting Één & Ander")
    expect(page.get_by_label("Id (nodig)")).to_have_value("stichting-een-ander")


# Every record in the questions as they are made, as if somebody had typed it all, and read again.
FILL_ALL = """async names => {
  const bring = list => new Promise(done => Kennisbank.ask(list, done));
  const wrong = [];
  await bring(["forms/common", "forms/proposal", "pages/question-form", "propose/judge"]);
  const { same } = Kennisbank.modules.get("propose/judge");
  let count = 0;
  // Ticked terms come in the order of the list, and blanks around a text are no part of it.
  const settle = (node, value) => {
    if (Array.isArray(value)) return node.items.vocabulary ? [...value].sort() : value.map(one => settle(node.items, one));
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, settle(node.properties[name], one)]));
    return typeof value === "string" ? value.trim() : value;
  };
  for (const [kind, files] of Object.entries(names)) {
    await bring(["forms/" + kind, ...files]);
    const asked = Kennisbank.modules.get("forms/" + kind);
    const { properties, required } = asked.schema;
    const { join } = Kennisbank.modules.get("propose/rules");
    const common = join(join(Kennisbank.modules.get("forms/common"), Kennisbank.modules.get("forms/proposal")), asked);
    const made = Kennisbank.modules.get("pages/question-form").make(common, () => {});
    for (const record of files.map(file => Kennisbank.modules.get(file).records).flat()) {
      count += 1;
      for (const [name, node] of Object.entries(properties)) {
        const question = made.ask(node, { label: name, id: "t-" + name, needed: required.includes(name) });
        question.fill(record[name], false);
        const now = record[name];
        if (!same(settle(node, question.read()), settle(node, now))) wrong.push(`${kind} ${record.id || record.intervention} ${name}: ${JSON.stringify(question.read())} is not ${JSON.stringify(now)}`);
      }
    }
  }
  return { count, wrong };
}"""


@some_or_all
def test_every_record_comes_back_from_the_questions(
    stride: int, visit: Callable[..., Page], kb: model.KnowledgeBase
) -> None:
    page = visit("editors/propose.html")
    names = {
        kind.name: [f"records/{kind.name}/{record}" for record in getattr(kb, kind.name)]
        if kind.has_id
        else [f"records/{kind.name}/{name}" for name in sorted({offer.institution for offer in getattr(kb, kind.name)})]
        for kind in forms.KINDS
    }
    found = page.evaluate(FILL_ALL, {kind: files[::stride] for kind, files in names.items()})
    assert found["count"] > 400 / stride
    tell_all(found["wrong"])


@pytest.mark.long
def test_a_sheet_is_typed_over_with_one_key_a_row(visit: Callable[..., Page], judge: Callable[[str], dict]) -> None:
    page = visit("editors/control/enter.html#institution=arnhem")
    rows = page.locator("table[data-table='control'] tr[data-intervention]")
    expect(rows.first.locator("input").first).to_be_focused()
    total = rows.count()
    page.keyboard.press("g")
    for _ in range(total - 1):
        page.keyboard.press("l")
    page.keyboard.press("n")  # the first of what is in principle everywhere
    # Until when it ran is asked behind the answer, and keeps nobody from the next row.
    until = page.get_by_label("Tot wanneer liep het? (als je het weet)")
    until.first.fill("juni 2025")
    until.first.press("Enter")
    expect(rows.nth(1).locator("input:checked")).to_be_focused()
    expect(until.nth(1)).to_be_hidden()
    fill_sender(page)
    page.evaluate("scrollTo(0, 0)")  # what is half behind the bar that stays on top counts as too small
    tell_all(find_faults(page, "main", WAYS[1:]))
    page.get_by_role("button", name="Maak één bestand").click()
    data = judge(result_of(page))
    changes = data["changes"]
    assert len(changes) == total + 1
    first = rows.first.get_attribute("data-intervention")
    assert changes[0]["key"] == {"intervention": first, "institution": "arnhem"}
    assert (changes[0]["set"]["status"], changes[0]["set"]["until"]) == ("stopped", "2025-06")
    expect(page.locator("[data-kb='summary'] li").nth(1)).to_contain_text("Gestopt, tot juni 2025")
    assert all(set(change["set"]) == {"as_of"} for change in changes[1:total])
    assert changes[-1]["add"]["status"] == "not_offered"
    page.reload()
    expect(rows.first.locator("input[value='ends']")).to_be_checked()
    expect(until.first).to_have_value("juni 2025")
    page.locator("[data-kb='draft']").get_by_role("button", name="Begin opnieuw").click()
    expect(rows.first.locator("input:checked")).to_have_count(0)
    rows.first.locator("input[value='differs']").check()
    fill_sender(page)
    page.get_by_role("button", name="Maak één bestand").click()
    expect(page.locator("[data-kb='faults']")).to_contain_text("alles is nog hetzelfde")


def test_a_paper_sheet_has_a_box_for_every_answer_on_every_row(
    read_page: Callable[[str], str], kb: model.KnowledgeBase
) -> None:
    wrong = []
    for institution in kb.institutions.values():
        source = read_page(f"editors/control/{institution.id}.html")
        rows = re.findall(r'<tr data-intervention="([^"]+)".*?</tr>', source, re.DOTALL)
        own = [offer.intervention for offer in kb.offers_at.get(institution.id, ())]
        wrong += [f"{institution.id}: {name} is missing" for name in own if name not in rows]
        boxes = re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)"', source)
        wrong += [f"{institution.id}: {name}" for name in own if not any(box[0].startswith(name) for box in boxes)]
    tell_all(wrong)
