"""A drawing of the layers of the package, from its imports: docs/layers.svg.

A module stands one floor above the highest module that it imports, so that every arrow points down. The commands,
which may use every floor, are left out of the arrows.
"""

import ast
from pathlib import Path

from scripts.docs import printed

PACKAGE = "kennisbank"
TEMPLATE = Path(__file__).with_name("layers.svg.jinja")
LEFT_OUT = {"__init__", "__main__"}
WITHOUT_ARROWS = {"cli"}
# In the units of the drawing, which are pixels at its natural size.
WIDTH, BOX_WIDTH, BOX_HEIGHT, FLOOR_HEIGHT, MARGIN = 900, 104, 34, 96, 24


def read_imports(package: Path) -> dict[str, set[str]]:
    """The modules of the package, each with those it imports; a folder counts as one module."""
    imports: dict[str, set[str]] = {}
    for path in sorted(package.rglob("*.py")):
        module = path.relative_to(package).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or node.level or not node.module:
                continue
            parts = node.module.split(".")
            if parts[0] == PACKAGE:
                names = [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
                imports.setdefault(module, set()).update(names)
        imports.setdefault(module, set())
    modules = imports.keys() - LEFT_OUT
    return {name: (imports[name] & modules) - {name} for name in sorted(modules)}


def find_floors(imports: dict[str, set[str]]) -> dict[str, int]:
    """The floor of every module, from 0. Raises ``ValueError`` when imports go round."""
    floors: dict[str, int] = {}
    while len(floors) < len(imports):
        ready = [name for name, below in imports.items() if name not in floors and below <= floors.keys()]
        if not ready:
            raise ValueError(f"imports go round: {', '.join(sorted(imports.keys() - floors.keys()))}")
        floors |= {name: max((floors[other] + 1 for other in imports[name]), default=0) for name in ready}
    return floors


def place(floors: dict[str, int]) -> dict[str, tuple[int, int]]:
    """The left upper corner of every module's box, ``(x, y)`` in pixels, with the top floor first."""
    top = max(floors.values())
    corners = {}
    for floor in range(top + 1):
        members = [name for name in floors if floors[name] == floor]
        step = (WIDTH - 2 * MARGIN) / len(members)
        for position, name in enumerate(members):
            x = MARGIN + step * (position + 0.5) - BOX_WIDTH / 2
            corners[name] = (round(x), MARGIN + (top - floor) * FLOOR_HEIGHT)
    return corners


def renew(root: Path, _old: str) -> str:
    """The drawing as SVG, made from the imports of the package below ``root``."""
    imports = read_imports(root / "scripts" / PACKAGE)
    floors = find_floors(imports)
    corners = place(floors)
    arrows = [
        (
            corners[name][0] + BOX_WIDTH // 2,
            corners[name][1] + BOX_HEIGHT,
            corners[other][0] + BOX_WIDTH // 2,
            corners[other][1],
        )
        for name, below in imports.items()
        if name not in WITHOUT_ARROWS
        for other in sorted(below)
    ]
    values = {
        "boxes": corners,
        "arrows": arrows,
        "width": WIDTH,
        "height": 2 * MARGIN + max(floors.values()) * FLOOR_HEIGHT + BOX_HEIGHT,
        "box_width": BOX_WIDTH,
        "box_height": BOX_HEIGHT,
    }
    return printed.print_template(TEMPLATE, values)
