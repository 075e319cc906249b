"""The scripts of the pages, without a browser: their tests in node, their types, their layout, and what none may hold."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from kennisbank import forms, modules, scripts, views
from kennisbank.model import KnowledgeBase
from kennisbank.views import search
from tests.helpers import ROOT, read_script, some_or_all, tell_all
from tests.js import tools
from tests.test_forms import make_shelf

ASSETS = ROOT / "content/assets"
TESTS = ROOT / "tests/js"
MODULES = dict(modules.find_modules(ROOT))
SCRIPTS = {**MODULES, "kb": ASSETS / modules.FIRST}
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in SCRIPTS.items()}

# What makes HTML or a program from text, or asks for something from elsewhere. Scripts are added by kb.js only.
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|\beval\(|\bFunction\("
    r"|\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\bimport\b(?! date)|\bWorker\("
    r"|[\"'`](?:https?:)?//"
)
REMARKS = re.compile(r'("(?:[^"\\\n]|\\.)*")|/\*.*?\*/|//[^\n]*', re.DOTALL)
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
# Two words with a space, or a word with a capital: that is language, unless it is a name of the browser's own.
SENTENCE = re.compile(r"[A-Za-zÀ-ÿ][\w'’,]*(?: [a-zà-ÿ]{2,})+[.?!:]?|[A-ZÀ-Þ][a-zà-ÿ]+[.?!:]?")
NAMES = {"use strict", "Enter", "Escape"}
# What several pages share.
SHARED = {"pages/facet-form", "pages/hand-over", "pages/question-form", "pages/session-question"}
# Knowledge of the language, and so full of its words.
LANGUAGE = {"search/dutch"}


# --- in node ---------------------------------------------------------------------------------------------


def entry(identity: str, title: str, kind: str = "intervention", text: str = "", **other) -> tuple[dict, str]:
    """A document of the search as the export makes it, and the text of its page."""
    empty = {"aliases": [], "tagline": "", "keywords": [], "terms": [], "url": f"{identity}.html"}
    return {"id": identity, "type": kind, "title": title, **empty, **other}, text


def collect(*entries: tuple[dict, str], **other) -> dict:
    """All that the search knows, of some documents, the texts of their pages and the ``notes`` on their sources."""
    documents = [document for document, _ in entries]
    notes = [document.pop("notes", "") for document in documents]
    words, found_in = search.turn_round(documents, [text for _, text in entries], notes)
    return {"version": "test", "documents": documents, "words": words, "found_in": found_in, **other}


COLLECTION = collect(
    entry(
        "vadergroep",
        "Papa blijft papa",
        tagline="Groepscursus waarin vaders oefenen met bellen en schrijven naar hun kind.",
        terms=[0, 1],
        institutions=["vught", "zwolle"],
        amounts={"sessions": [10, 10], "people": [None, 8]},
        ask={"": 0, "vught": 1},
        told={"vught": 0, "zwolle": 0},
    ),
    entry("praatgroep", "Praatgroep", tagline="Vertellen in een kring.", terms=[2], open=[2], institutions=["zwolle"]),
    entry(
        "avondgroep", "Avondgroep", tagline="Vertellen in een kring.", terms=[2], closed=[2], institutions=["zwolle"]
    ),
    entry("buurman", "De buurman", tagline="Elkaar helpen.", terms=[2], open=[2], unplaced=True),
    entry(
        "moeders",
        "Samen groeien",
        tagline="Cursus voor moeders met jonge kinderen.",
        institutions=["zwolle"],
        amounts={"sessions": [4, 4]},
        notes="De bron heeft een Engelse samenvatting.",
    ),
    entry("elders", "Kalm blijven", tagline="Training over agressie en spanning.", keywords=["boosheid"], away=True),
    entry(
        "schuldkring",
        "De kring",
        tagline="Gesprekken over schuldgevoelens en slachtofferbewustzijn.",
        keywords=["herstel"],
        text="Een deelnemer praat soms ook over vader worden en over de daad.",
    ),
    entry("rustig", "Rustig blijven", tagline="Training over agressie en spanning.", keywords=["boosheid"]),
    entry(
        "huis",
        "Huis van de buurt",
        tagline="Een plek om te wonen na detentie.",
        institutions=[],
        principle=["vught", "zwolle"],
    ),
    entry("straat", "Huis van de straat", tagline="Een kamer na detentie.", told={"vught": 0}),
    entry("tolk", "Tolken", text="Wie Engels spreekt, krijgt een tolk."),
    entry("woud", "Stichting Bos", "organisation"),
    entry("stukken", "Downloads", "tool", keywords=["rekenblad"], url="downloads.html"),
    entry(
        *("wissel", "Verhuizing", "tool"),
        keywords=["overstap"],
        url="move.html",
        takes={"from": ["van", "uit"], "to": ["naar"]},
    ),
    entry("podium", "Podium", tagline="Theater maken in de inrichting.", aliases=["P.O.D."]),
    entry("reis", "Re-integratie op maat", tagline="Begeleiding bij de terugkeer."),
    entry("vught", "PI Vught", "institution", keywords=["Vught", "Noord-Brabant"]),
    entry("zwolle", "PI Zwolle", "institution", keywords=["Zwolle", "Overijssel"]),
    entry("sessie", "Zonder woorden", "training", suits=[0, 1, 2, 3]),
    entry("woord", "Detentiefasering", "glossary", tagline="Het stap voor stap teruggeven van vrijheid."),
    terms=[["Cursus", "training"], ["Vaders", "vader"], ["Rokers"]],
    asked=["Mentor, Stichting Bos", "Kapelaan"],
    states=[{"id": "absent", "symbol": "–", "words": "Niet aangeboden 2021"}],
    synonyms={
        "toneel": ["theater"],
        "slachtofferbewustzijn": ["praten met slachtoffer"],
        "vader": ["papa", "dad", "geen moeder"],
        "boos": ["boosheid"],
    },
    apart={"boos": ["bos"]},
    cares=[{"names": ["Contact met het slachtoffer", "excuses"], "text": "Vraag het eerst."}],
    measures=[
        {"id": "sessions", "names": ["keer", "weken"], "label": "keer", "within": True, "page": None},
        {"id": "doubles", "names": ["paar"], "of": "sessions", "times": 2},
        {
            **{"id": "people", "names": ["mensen"], "label": "mensen", "within": False},
            "page": "downloads.html#people=",
        },
    ],
    sessions="list.html",
    filters=[
        {"facet": "group", "id": "small", "label": "Klein", "measure": "people", "low": 1, "high": 5},
        {
            "facet": "dutch",
            "id": "few",
            "label": "Weinig taal",
            "names": ["weinig taal", "anderstalig"],
            "joins": False,
        },
        {"facet": "who", "id": "in", "label": "Binnen", "names": ["binnen"], "meant": ["mannen"], "joins": True},
        {"facet": "who", "id": "staff", "label": "Personeel", "names": ["personeel"], "joins": True},
    ],
    places={"vught": ["vught"], "zwolle": ["zwolle"], "overijssel": ["zwolle"], "zuid-oost": ["zuid-oost"]},
)


@pytest.fixture(scope="module")
def given(kb: KnowledgeBase, project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What the tests in node get of the project, see tests/js/given.js; without the shelf."""
    folder = tmp_path_factory.mktemp("given")
    scripts.write_all(kb, project_root / "content", folder)
    words = read_script((folder / "assets/search-data.js").read_text(encoding="utf-8"))["words"].split(" ")
    return {
        "choice": views.show_choice(kb),
        "guide": views.show_guide_data(kb),
        "collection": COLLECTION,
        "words": words,
        "forms": forms.show_forms(kb, project_root),
        "names": forms.show_names(kb),
        "graph": dict(modules.read_graph(project_root)),
    }


def run_node(*arguments: str | Path, **environment: str) -> None:
    """Run a program with the node of Playwright; what it prints is the message when it fails."""
    command = [str(argument) for argument in (tools.find_node(), *arguments)]
    result = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True)
    assert result.returncode == 0, f"{result.stdout}{result.stderr}"


@pytest.mark.slow
@some_or_all
def test_the_modules_do_what_their_tests_say(stride: int, given: dict, tmp_path: Path) -> None:
    files = sorted(TESTS.glob("*.test.js"))
    assert files
    path = tmp_path / "given.json"
    path.write_text(json.dumps(given | {"shelf": make_shelf(tmp_path / "shelf", stride)}), encoding="utf-8")
    run_node("--test", "--test-isolation=none", "--test-reporter=dot", *files, KENNISBANK_GIVEN=str(path))


# --- types and layout ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed() -> Path:
    """The folder with TypeScript and ESLint."""
    try:
        return tools.install()
    except tools.UnreachableError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"TypeScript and ESLint are not here and cannot be fetched: {error}")


@pytest.mark.slow
def test_types_are_right(installed: Path) -> None:
    run_node(installed / "node_modules/typescript/bin/tsc", "--project", TESTS)


@pytest.mark.slow
def test_eslint_finds_nothing(installed: Path) -> None:
    config = TESTS / "eslint.config.mjs"
    command = ("--no-warn-ignored", "--max-warnings=0", "--config", config, ASSETS, TESTS)
    run_node(installed / "node_modules/eslint/bin/eslint.js", *command, KENNISBANK_TOOLS=str(installed))


def test_a_package_with_another_hash_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "registry/x/-/x-1.0.0.tgz"
    package.parent.mkdir(parents=True)
    package.write_bytes(b"something else")
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", (tmp_path / "registry").as_uri())
    with pytest.raises(ValueError, match=r"package-lock\.json"):
        tools.unpack(tmp_path / "to", "node_modules/x", {"version": "1.0.0", "integrity": "sha512-AAAA"})
    with pytest.raises(tools.UnreachableError):
        tools.unpack(tmp_path / "to", "node_modules/y", {"version": "1.0.0", "integrity": "sha512-AAAA"})


def read_shape(name: str) -> dict[str, bool]:
    """The fields of an interface in types.d.ts, and whether each has to be there."""
    text = (TESTS / "types.d.ts").read_text(encoding="utf-8")
    body = re.search(rf"^interface {name} (?:extends \w+ )?\{{(.*?)\}}$", text, re.DOTALL | re.MULTILINE)[1]
    flat = re.sub(r"\{[^{}]*\}", "object", body)
    return {field: not optional for field, optional in re.findall(r"(\w+)(\??): ", flat)}


@pytest.mark.slow
def test_the_types_have_the_fields_of_the_data(kb: KnowledgeBase, given: dict) -> None:
    data = json.loads(json.dumps(given))
    choice = data["choice"]
    offers = [offer for item in choice["interventions"] for offer in item.get("offers", ())]
    guide = list(data["guide"].values())
    mentions = [mention for item in guide for name in ("not_suitable", "open_to") for mention in item.get(name, ())]
    shapes = {
        "Choice": [choice],
        "Rules": [choice["rules"]],
        "Entry": choice["interventions"],
        "Institution": choice["institutions"],
        "Offer": offers,
        "Mention": mentions,
        "Fitting": guide,
        "SearchDocument": data["collection"]["documents"],
        "SearchData": [data["collection"]],
    }
    wrong = []
    for name, records in shapes.items():
        fields = read_shape(name)
        assert records and fields, name
        wrong += [f"{name} lacks {field}" for field in sorted(set().union(*records) - fields.keys())]
        needed = {field for field, needs in fields.items() if needs}
        wrong += [
            f"{name}.{field} is not always there"
            for field in sorted(needed)
            if any(field not in one for one in records)
        ]
    tell_all(wrong)


# --- what none may hold ----------------------------------------------------------------------------------


def strip(text: str) -> str:
    """A script without its remarks; strings stay."""
    return REMARKS.sub(lambda found: found[1] or " ", text)


def test_a_script_makes_no_html_and_asks_for_nothing() -> None:
    assert len(SCRIPTS) > 30
    found = {name: FORBIDDEN.findall(strip(text)) for name, text in TEXTS.items()}
    tell_all(f"{name}: {signs}" for name, signs in found.items() if signs)


@pytest.mark.parametrize(
    "line",
    [
        'x.innerHTML = "a";',
        "fetch(x)",
        "new Function(x)",
        "eval(x)",
        'image.src = "https://example.org/x.png"',
        "import(x)",
    ],
)
def test_the_rule_finds_what_it_forbids(line: str) -> None:
    assert FORBIDDEN.search(strip(line))


def test_only_the_first_script_adds_scripts() -> None:
    tell_all(name for name, text in TEXTS.items() if name != "kb" and re.search(r'"script"', strip(text)))


def test_no_reader_sees_a_word_of_a_script() -> None:
    found = {
        f"{name}: {literal}"
        for name, text in TEXTS.items()
        if name not in LANGUAGE
        for literal in LITERAL.findall(strip(text))
        if SENTENCE.fullmatch(literal) and literal not in NAMES
    }
    assert SENTENCE.fullmatch("Niet bekend")
    tell_all(sorted(found))


def test_a_script_begins_with_what_it_is_for_and_gives() -> None:
    wrong = []
    for name, text in TEXTS.items():
        remark = modules.REMARK.match(text)
        if not remark or not re.search(r"\bGives\b", remark[0]):
            wrong.append(f"{name} has no first remark that says what it gives")
        elif name in MODULES and not text[remark.end() :].startswith('"use strict";\n\nKennisbank.define('):
            wrong.append(f"{name} does more than define a module")
    tell_all(wrong)


# --- in the site -----------------------------------------------------------------------------------------


def test_the_site_has_every_script_and_the_graph(site_dir: Path) -> None:
    first = (site_dir / "assets/kb.js").read_text(encoding="utf-8")
    graph = json.loads(
        first[first.rindex("Kennisbank.graph(") :].removeprefix("Kennisbank.graph(").removesuffix(");\n")
    )
    assert graph == modules.read_graph(ROOT)
    tell_all(name for name in SCRIPTS if modules.REMARK.match((site_dir / f"assets/{name}.js").read_text("utf-8")))


# A sign in quotes, or in a pattern, begins no text.
TEXT = re.compile(r'"`"|\\`|\[[^\]]*`[^\]]*\]')


def test_no_text_of_a_script_runs_over_a_line_end() -> None:
    """The site has the scripts without the space before a line."""
    tell_all(
        f"{name}: {line}"
        for name, text in TEXTS.items()
        for line in modules.REMARK.sub("", text).splitlines()
        if TEXT.sub("", strip(line)).count("`") % 2
    )


def test_a_page_names_what_it_starts_with_behind_what_that_needs(site_dir: Path) -> None:
    """Else the browser learns of each file only from the one before it."""
    graph, wrong, longest = modules.read_graph(ROOT), [], 0
    for page in site_dir.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        named = re.findall(r'<script src="[^"]*assets/([\w/-]+)\.js" defer></script>', text)
        if page.name == "404.html" or 'data-kb="mine"' not in text:
            continue  # kb.js sees to it
        hooks = set(re.findall(r'data-kb="([\w-]+)"', text))
        asked = {f"pages/{hook}" for hook in hooks} & MODULES.keys() | {"mine/mine"}
        done = {modules.FRAME}
        for name in named:
            wrong += [
                f"{page.name}: {name} before {need}" for need in graph[name] if need in graph and need not in done
            ]
            done.add(name)
        wrong += [f"{page.name} does not name {name}" for name in asked - done]
        longest = max(longest, len(named))
    assert longest > 10
    tell_all(wrong)


def test_a_page_starts_one_script_of_its_own_at_most(site_dir: Path) -> None:
    """A hook that is called like the script of another page would start that too."""
    starts: dict[str, set[str]] = {}
    for page in site_dir.rglob("*.html"):
        hooks = set(re.findall(r'data-kb="([\w-]+)"', page.read_text(encoding="utf-8")))
        starts[page.relative_to(site_dir).as_posix()] = {f"pages/{hook}" for hook in hooks} & MODULES.keys()
    tell_all(f"{page}: {sorted(names)}" for page, names in starts.items() if len(names) > 1)
    own = {name for name in MODULES if name.startswith("pages/")} - SHARED
    assert set().union(*starts.values()) == own


def test_choosing_by_code_needs_no_number_twice(kb: KnowledgeBase) -> None:
    codes = views.show_choice(kb)["codes"]
    assert all(codes["signs"] not in text for text in TEXTS.values())
    assert {len(item["code"]) for item in views.show_choice(kb)["interventions"]} == {codes["length"]}
