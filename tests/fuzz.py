"""Many small mistakes, made by a seed: what the check says of each, and whether it says it well.

    make fuzz [SEED=1] [N=2000]

Each mutation changes the good tree in one or a few places: a character, a line, a value, a piece of a page. Told are an
exception, an answer that takes longer than two seconds of processor time, words of a parser, and a record that is gone
without a message. Each with its seed, so that it can be made again and put on the shelf (tests/bad).
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "tests")]

from kennisbank import check, kinds, load  # noqa: E402 (the paths come first)
from shelf import GOOD, TODAY, lay_out  # noqa: E402
from tests import injections  # noqa: E402

LONGEST = 2.0  # seconds; docs/contract.md
ENGLISH = re.compile(
    r"\b(?:expected|found|while|scanning|parsing|mapping|token|property|required|invalid|error|unexpected|none|null"
    r"|traceback|exception|object|could not|must be|is not)\b",
    re.IGNORECASE,
)
# What is typed, pasted or left by a tool.
PIECES = (
    *(
        "#",
        " #",
        ": ",
        ":",
        "- ",
        "-",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "\\",
        ",",
        "?",
    ),
    *(
        "\n",
        "\n\n",
        "\t",
        "  ",
        " ",
        "---\n",
        "...\n",
        "<<<<<<< HEAD\n",
        "=======\n",
        ">>>>>>> x\n",
        "\u00a0",
        "\u200b",
    ),
    *(
        "\u202e",
        "\ufeff",
        "\u00ad",
        "\ufb01",
        "\U000e0041",
        "\ue000",
        "é",
        "’",
        "…",
        "👍",
        "\x00",
        "\x07",
        "\u2028",
        "null",
        "~",
    ),
    *(
        "true",
        "1e9",
        "-1",
        "2021",
        "2021-02-30",
        "TODO",
        "PM",
        "06-12345678",
        "jan@gmail.com",
        "<b>",
        "</b>",
        "{{ x }}",
    ),
    *(
        "<!--[[ x ]]-->",
        "](",
        "[x](y.md)",
        "![](x.png)",
        "# Kop\n",
        "| a |\n",
        "{: x=y }",
        "javascript:",
        "&#106;",
        "../",
    ),
)


def mutate(root: Path, chance: random.Random) -> str:
    """Change one file of the tree in a few places; says which."""
    files = sorted(path for path in root.rglob("*") if path.suffix in (".yaml", ".md", ".txt"))
    path = chance.choice(files)
    text = path.read_text(encoding="utf-8")
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        text = chance.choice(WAYS)(text, chance)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path.relative_to(root).as_posix()


def put(text: str, chance: random.Random) -> str:
    """Something between or in place of other characters."""
    place, cut = chance.randrange(len(text) + 1), chance.choice((0, 0, 1, 5))
    piece = chance.choice(PIECES) if chance.random() < 0.8 else chance.choice(INJECTIONS)
    return text[:place] + piece + text[place + cut :]


def drop_line(text: str, chance: random.Random) -> str:
    """A line gone."""
    lines = text.split("\n")
    lines.pop(chance.randrange(len(lines)))
    return "\n".join(lines)


def move_line(text: str, chance: random.Random) -> str:
    """A line somewhere else, or twice, or further in."""
    lines = text.split("\n")
    line = lines[chance.randrange(len(lines))]
    lines.insert(chance.randrange(len(lines)), chance.choice((line, " " + line, "  " + line, line.lstrip())))
    return "\n".join(lines)


def cut_off(text: str, chance: random.Random) -> str:
    """The end of the file gone."""
    return text[: chance.randrange(len(text) + 1)]


def repeat(text: str, chance: random.Random) -> str:
    """A piece many times over."""
    place = chance.randrange(len(text) + 1)
    return text[:place] + text[place : place + chance.randint(1, 40)] * chance.choice((2, 50, 2000)) + text[place:]


WAYS = (put, put, put, drop_line, move_line, cut_off, repeat)
INJECTIONS = tuple(injections.list_all())


def find_faults(root: Path) -> Iterator[str]:
    """What is wrong with the answer to a tree."""
    begun = time.process_time()
    loaded = load.load(root)
    problems = check.check(loaded, TODAY)
    taken = time.process_time() - begun
    if taken > LONGEST:
        yield f"{taken:.1f} s"
    for problem in problems:
        # What a message repeats stands between ‘ and ’, behind a colon or in brackets.
        words = re.sub(r"‘.*?’|\(.*?\)|: .*$|\{.*?\}", "", problem.message, flags=re.DOTALL)
        if ENGLISH.search(words):
            yield f"{problem.code} in English: {problem.message[:100]}"
        if not (problem.message and problem.hint and problem.line >= 1 <= problem.column):
            yield f"{problem.code} without words or place"
    errors = [problem for problem in problems if problem.severity == "error"]
    if not errors:
        for kind in kinds.NAMES:
            lost = len(PRESENT[kind]) - len(loaded.records[kind])
            if lost > 0:
                yield f"{lost} of {kind} gone without a message"


PRESENT = load.load(GOOD).records


def main(arguments: list[str]) -> int:
    """Makes the mutations; ends with 1 when any was answered badly."""
    seed, count = int(arguments[0] or 1), int(arguments[1] or 2000)
    begun, wrong = time.monotonic(), 0
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        with tempfile.TemporaryDirectory() as folder:
            root = lay_out(Path(folder) / "root")
            name = mutate(root, chance)
            try:
                faults = list(find_faults(root))
            except Exception as error:
                faults = [f"{type(error).__name__}: {error}"]
            if faults:
                wrong += 1
                print(
                    json.dumps({"seed": seed, "number": number, "file": name, "faults": faults[:3]}, ensure_ascii=False)
                )
    print(f"{count} mutaties met zaad {seed} in {time.monotonic() - begun:.0f} s: {wrong} fout beantwoord.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main([*sys.argv[1:], "", ""][:2]))
