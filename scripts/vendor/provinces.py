"""Makes scripts/kennisbank/templates/map/provinces.svg again from the package @svg-maps/netherlands 1.0.0.

Only needed to take a newer version:

    npm pack @svg-maps/netherlands@1.0.0 && tar xzf svg-maps-netherlands-1.0.0.tgz
    python scripts/vendor/provinces.py package/netherlands.svg

The outlines are made simpler (Douglas-Peucker, 0.8 unit of 613 by 724) and rounded to one decimal, so that the
map weighs a tenth. The drawing is CC BY 4.0, Victor Cazanave and contributors, https://github.com/VictorCazanave/svg-maps
"""

import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "kennisbank/templates/map/provinces.svg"
TOLERANCE = 0.8
SMALLEST = 1.5  # islands smaller than this, in units, cannot be seen
IDS = {
    "dr": "drenthe", "fl": "flevoland", "fr": "friesland", "ge": "gelderland", "gr": "groningen", "li": "limburg",
    "nb": "noord-brabant", "nh": "noord-holland", "ov": "overijssel", "ut": "utrecht", "ze": "zeeland", "zh": "zuid-holland",
}  # fmt: skip


def read_rings(path: str) -> list[list[tuple[float, float]]]:
    """The closed outlines of a path of relative moves (m, l, z), in absolute coordinates."""
    rings, x, y = [], 0.0, 0.0
    for part in re.findall(r"m([^mz]*)z", path.lower()):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", part)]
        ring = []
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            ring.append((x, y))
        x, y = ring[0]
        rings.append(ring)
    return rings


def simplify(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Leave out the points that lie nearer than the tolerance to the line between the ones that stay."""
    if len(points) < 3:
        return points
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5

    def distance(point: tuple[float, float]) -> float:
        x, y = point
        if length == 0:
            return ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
        return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length

    index = max(range(1, len(points) - 1), key=lambda place: distance(points[place]))
    if distance(points[index]) < TOLERANCE:
        return [points[0], points[-1]]
    return simplify(points[: index + 1])[:-1] + simplify(points[index:])


def write(ring: list[tuple[float, float]]) -> str:
    """An outline as a path."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z"


def main(source: Path) -> None:
    """Write the provinces as paths, and the extent of the whole for the projection."""
    text = source.read_text(encoding="utf-8")
    lines, every = [], []
    for block in re.findall(r"<path(.*?)/>", text, re.DOTALL):
        fields = dict(re.findall(r'(\w+)="([^"]*)"', block))
        rings = read_rings(fields["d"])
        every += [point for ring in rings for point in ring]
        half = [
            simplify(ring[: len(ring) // 2 + 1])[:-1] + simplify([*ring[len(ring) // 2 :], ring[0]])[:-1]
            for ring in rings
        ]
        seen = [ring for ring in half if max(x for x, _ in ring) - min(x for x, _ in ring) > SMALLEST]
        lines.append(f'<path data-province="{IDS[fields["id"]]}" d="{"".join(write(ring) for ring in seen)}"/>')
    xs, ys = [x for x, _ in every], [y for _, y in every]
    print(f"extent: x {min(xs):.2f} to {max(xs):.2f}, y {min(ys):.2f} to {max(ys):.2f}")
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
