"""Makes projects of any size: the real records as they are, and behind them variations of the same records.

    python -m bench.synthetic <folder> <number of entries>

A variation keeps the structure of its original: fields, terms, sources, offers, relations. Of its prose every word
of six letters or more may be swapped for one of the same length, drawn from the real texts by how often it occurs
there, and some long words for a new compound. So limits, line lengths and the distribution of words stay real, and
new words keep coming as the project grows, as they do in real texts (5,000 different words in 75 entries, 13,000 in
1,000, 34,000 in 4,000). The seed is fixed: the same size is always the same project.
"""

import random
import re
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from kennisbank import load
from kennisbank.check import promises

PROJECT = Path(__file__).resolve().parents[1]

SEED = 1
SWAPPED = 0.2  # share of the words of six letters or more
COMPOUNDED = 0.3  # share of the words of twelve letters or more
SHORTEST, SHORTEST_COMPOUND, SHORTEST_PART = 6, 12, 5
DIGITS = 5  # of the number behind the id of a variation
# Contract: the check refuses a file over 2 MB.
LARGEST_FILE = 1_800_000

WORD = re.compile(rf"(?<![\w/#.-])[a-zà-ÿ]{{{SHORTEST},}}(?![\w/#.@-]|:\s|:$)")
# The fields that hold prose, on any level.
PROSE = {
    *("tagline", "summary", "participant_text", "target_group_note", "text", "note", "known", "unknown", "studied"),
    *("instead", "label"),
}
# The fields in which a number tells one variation from the other, as a reader would need.
NUMBERED = ("name", "also_known_as")
FIELD = re.compile(r"^( *(?:- )?)(\w+):(?: (.*))?$")
# What is no prose in a page: macros, the targets of links, attributes.
MARKUP = re.compile(r"(<!--.*?-->|\]\([^)]*\)|\{[^}]*\})", re.DOTALL)


class Words:
    """Words by length as often as the real texts hold them, and a source of chance with a fixed seed."""

    def __init__(self, texts: Iterable[str], seed: int = SEED) -> None:
        self.chance = random.Random(seed)
        self.by_length: dict[int, list[str]] = defaultdict(list)
        for text in texts:
            for word in WORD.findall(text):
                self.by_length[len(word)].append(word)
        self.parts = {
            length: [(head, length - head) for head in range(SHORTEST, length - SHORTEST + 1)]
            for length in range(SHORTEST_COMPOUND, max(self.by_length) + 1)
        }

    def vary(self, text: str) -> str:
        """The same text with some of its words swapped; as long, letter for letter."""
        return WORD.sub(self._swap, text)

    def _swap(self, found: re.Match[str]) -> str:
        length = len(found[0])
        draw = self.chance.random()
        if draw < COMPOUNDED and length >= SHORTEST_COMPOUND:
            head, tail = self.chance.choice(self.parts[length])
            if self.by_length[head] and self.by_length[tail]:
                return self.chance.choice(self.by_length[head]) + self.chance.choice(self.by_length[tail])
        if draw < SWAPPED:
            return self.chance.choice(self.by_length[length])
        return found[0]


def write_project(folder: Path, entries: int, root: Path = PROJECT, pages: bool = True) -> Path:
    """Writes a project with that number of interventions in `folder`, which is made, and gives the folder.

    All else that a project holds is that of `root`. Without `pages`
    the site is only the home page and the catalogue, with the search data of all. Raises ValueError when fewer
    entries are asked than `root` has.
    """
    originals = read_blocks(root, "interventions")
    names = [read_id(block) for block in originals]
    if entries < len(originals):
        raise ValueError(f"the real records are {len(originals)}, so {entries} entries cannot be made")
    folder.mkdir(parents=True, exist_ok=True)
    # Copies, because the check follows no link out of the project. The package is only named as a folder to watch.
    for name in ("data", "content", "schema", "overrides"):
        shutil.copytree(root / name, folder / name)
    (folder / "scripts").symlink_to(root / "scripts")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    if not pages:
        settings = keep_catalogue(settings, folder)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")

    narratives = {name: read_narrative(root / "content" / "interventions" / f"{name}.md") for name in names}
    prose = (text for block in originals for _, _, text in split_record(block))
    words = Words([*prose, *narratives.values()])
    copies = {name: [] for name in names}
    for number in range(len(names), entries):
        name = names[number % len(names)]
        copies[name].append(f"{name}-{number:0{DIGITS}d}")

    records, texts = {}, {}
    for position, name in enumerate(names):
        for turn, copy in enumerate(copies[name]):
            # A variation is related to the variations of the same round.
            partners = {other: made[turn] for other, made in copies.items() if turn < len(made)}
            records[copy] = vary_record(originals[position], copy, partners, words)
            texts[copy] = vary_page(narratives[name], name, copy, words)
    write_blocks(folder / "data" / "interventions", (records[copy] for copy in sorted(records)))
    offers = group_offers(read_blocks(root, "offers"))
    originals_of = {copy: name for name, made in copies.items() for copy in made}
    write_blocks(
        folder / "data" / "offers",
        (
            block.replace(f"- intervention: {originals_of[copy]}\n", f"- intervention: {copy}\n", 1)
            for copy in sorted(originals_of)
            for block in offers.get(originals_of[copy], ())
        ),
    )
    for copy, text in texts.items():
        (folder / "content" / "interventions" / f"{copy}.md").write_text(text, encoding="utf-8")
    for copy, name in originals_of.items():
        leaflet = folder / "content" / "cards" / f"uitleg-{name}.md"
        if leaflet.is_file():  # of what somebody here can join
            text = leaflet.read_text(encoding="utf-8").replace(f'"{name}"', f'"{copy}"')
            leaflet.with_name(f"uitleg-{copy}.md").write_text(text, encoding="utf-8")
    (folder / promises.FILE).write_text(promises.renewed(load.load(folder)) or "", encoding="utf-8")
    return folder


def count_records(root: Path = PROJECT) -> int:
    """The number of real interventions."""
    return len(read_blocks(root, "interventions"))


def read_blocks(root: Path, kind: str) -> list[str]:
    """The records of a kind, in canonical form, as text, each with the line end behind it."""
    files = [root / "data" / f"{kind}.yaml", *sorted((root / "data" / kind).glob("*.yaml"))]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files if file.exists())
    return ["- " + block.strip("\n") + "\n" for block in re.split(r"^- ", text, flags=re.MULTILINE)[1:]]


def read_id(block: str) -> str:
    """The id of a record, which is its first field."""
    return block.split("\n", 1)[0].removeprefix("- id: ")


def group_offers(blocks: Iterable[str]) -> dict[str, list[str]]:
    """Offers by the intervention they are of, which is their first field."""
    found: dict[str, list[str]] = defaultdict(list)
    for block in blocks:
        found[block.split("\n", 1)[0].removeprefix("- intervention: ")].append(block)
    return found


def read_narrative(path: Path) -> str:
    """The text of a page."""
    return path.read_text(encoding="utf-8")


def split_record(block: str) -> Iterator[tuple[str, str, str]]:
    """The lines of a record as (field at the top, head, prose); one of the last two is empty or both make the line."""
    top = ""
    below = None  # indent of the field whose prose stands on the lines below it
    for line in block.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if below is not None and line and indent <= below:
            below = None
        field = FIELD.match(line) if below is None else None
        if field and indent <= 2:
            top = field[2]
        is_prose = field and field[2] in PROSE
        if below is not None:
            yield top, "", line
        elif is_prose and field[3] in (None, ">-", "|-"):
            below = len(field[1])
            yield top, line, ""
        elif is_prose:
            yield top, f"{field[1]}{field[2]}: ", field[3]
        else:
            yield top, line, ""


def vary_record(block: str, copy: str, partners: dict[str, str], words: Words) -> str:
    """A record as another one with the id `copy`, related to `partners` where its original is to their originals."""
    lines = []
    for top, head, prose in split_record(block):
        field, _, value = head.strip().removeprefix("- ").partition(": ")
        if top == "id":
            head = f"- id: {copy}"
        elif top in NUMBERED and not head.endswith(":"):
            quote = head[-1] if head[-1] in "'\"" else ""
            head = f"{head.removesuffix(quote)} {int(copy[-DIGITS:])}{quote}"
        elif top == "related" and field == "id":
            head = head.replace(value, partners.get(value, value))
        lines.append(head + words.vary(prose))
    return "\n".join(lines)


def vary_page(text: str, name: str, copy: str, words: Words) -> str:
    """A page as the page of another record: macros with its id, other words in its prose."""
    parts = MARKUP.split(text)
    varied = [
        part.replace(f'"{name}"', f'"{copy}"') if place % 2 else words.vary(part) for place, part in enumerate(parts)
    ]
    return "".join(varied)


def write_blocks(folder: Path, blocks: Iterable[str]) -> None:
    """Writes records into files below the limit, in the order given."""
    folder.mkdir(parents=True, exist_ok=True)
    held: list[str] = []
    size = number = 0
    for block in blocks:
        length = len(block.encode()) + 1
        if size + length > LARGEST_FILE:
            write_file(folder, number, held)
            held, size, number = [], 0, number + 1
        held.append(block)
        size += length
    if held:
        write_file(folder, number, held)


def write_file(folder: Path, number: int, blocks: list[str]) -> None:
    """Writes one file of records."""
    (folder / f"part-{number:03d}.yaml").write_text("\n".join(blocks), encoding="utf-8")


def keep_catalogue(settings: str, folder: Path) -> str:
    """Settings for a site of the home page and the catalogue alone; their Markdown is put in a folder of its own."""
    docs = folder / "few"
    for name in ("index.md", "interventions/index.md"):
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / "content" / name, docs / name)
    (docs / "assets").symlink_to(folder / "content" / "assets")
    settings = re.sub(r"^nav:\n(?:[ ].*\n|\n)*", "", settings, flags=re.MULTILINE)
    settings = re.sub(r"^not_in_nav: .*\n(?:[ ].*\n|\n)*", "", settings, flags=re.MULTILINE)
    return re.sub(r"^docs_dir: .*$", "docs_dir: few", settings, flags=re.MULTILINE)


if __name__ == "__main__":
    write_project(Path(sys.argv[1]), int(sys.argv[2]))
