"""Makes projects of any size: the real records as they are, and behind them variations of the same records.

    python -m scripts.bench.synthetic <folder> <number of entries>

A variation keeps the structure of its original: fields, terms, sources, offers, relations. Of its prose every word
of six letters or more may be swapped for one of the same length, drawn from the real texts by how often it occurs
there, and some long words for a new compound. So limits, line lengths and the distribution of words stay real, and
the number of different words grows with the size, as it does in real texts (Heaps' law). The seed is fixed: the same
size is always the same project.
"""

import random
import re
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

SEED = 1
SWAPPED = 0.2  # share of the words of six letters or more
COMPOUNDED = 0.05  # share of the words of twelve letters or more
SHORTEST, SHORTEST_COMPOUND, SHORTEST_PART = 6, 12, 5
# Contract: the check refuses a file over 2 MB.
LARGEST_FILE = 1_800_000

WORD = re.compile(rf"(?<![\w/#.-])[a-zà-ÿ]{{{SHORTEST},}}(?![\w/#.@-]|:\s|:$)")
# The fields that hold prose, by any path; a list of texts stands below also_known_as and keywords.
PROSE = {
    *("tagline", "summary", "participant_text", "target_group_note", "text", "note", "known", "unknown", "studied"),
    *("instead", "label", "also_known_as", "keywords"),
}
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

    All else that a project holds is that of `root`: settings, schemas, theme and package are links. Without `pages`
    the site is only the home page and the catalogue, with the search data of all. Raises ValueError when fewer
    entries are asked than `root` has.
    """
    originals = read_blocks(root / "data" / "interventions.yaml")
    names = [read_id(block) for block in originals]
    if entries < len(originals):
        raise ValueError(f"the real records are {len(originals)}, so {entries} entries cannot be made")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(root / "data", folder / "data")
    shutil.copytree(root / "content", folder / "content")
    for name in ("schema", "overrides", "scripts"):
        (folder / name).symlink_to(root / name)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    if not pages:
        settings = keep_catalogue(settings, folder)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")

    narratives = {name: read_narrative(root / "content" / "interventions" / f"{name}.md") for name in names}
    words = Words([*originals, *narratives.values()])
    copies = {name: [] for name in names}
    for number in range(len(names), entries):
        name = names[number % len(names)]
        copies[name].append(f"{name}-{number:05d}")

    records, texts = {}, {}
    for position, name in enumerate(names):
        for turn, copy in enumerate(copies[name]):
            # A variation is related to the variations of the same round.
            partners = {other: made[turn] for other, made in copies.items() if turn < len(made)}
            records[copy] = words.vary_record(originals[position], copy, partners)
            texts[copy] = words.vary_page(narratives[name], name, copy)
    write_blocks(folder / "data" / "interventions", (records[copy] for copy in sorted(records)))
    offers = group_offers(read_blocks(root / "data" / "offers.yaml"))
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
    return folder
