"""The map: where the institutions lie on a drawing of the Netherlands, and what is known of each."""

from __future__ import annotations

import math

from kennisbank.model import KnowledgeBase
from kennisbank.views import common, meanings, standing
from kennisbank.views.catalogue import listed

# The drawing (templates/map/provinces.svg) in its own units: the extent that scripts/vendor/provinces.py prints.
WIDTH, HEIGHT = 613, 724
LEFT, RIGHT, TOP, BOTTOM = 0.26, 612.28, 0.27, 723.28
# The outermost points of the European Netherlands in degrees (WGS 84): Sluis, Bad Nieuweschans, Rottumerplaat, Vaals.
WEST, EAST, NORTH, SOUTH = 3.358, 7.227, 53.555, 50.750
SMALLEST_DOT, DOT_PER_ROOT = 5.0, 1.9
NUDGE = 9.0  # how far two dots of the same town stand apart, in units of the drawing


def show_map(kb: KnowledgeBase) -> common.View:
    """Every institution as a dot with its place in the drawing, and the interventions that a reader can choose."""
    items = common.open_institutions(kb)
    dots: list[common.View] = []
    taken: dict[tuple[float, float], int] = {}
    for item in items:
        x, y = place_on_map(item.lat, item.lon)
        number = taken.get((item.lat, item.lon), 0)
        taken[item.lat, item.lon] = number + 1
        ran, _ = meanings.told_at(kb, item.id)
        dots.append(
            {
                "id": item.id,
                "name": item.name,
                "url": common.url_of("institution", item.id),
                "x": round(x + NUDGE * number, 1),
                "y": round(y + NUDGE * number, 1),
                "radius": round(SMALLEST_DOT + DOT_PER_ROOT * math.sqrt(len(ran)), 1),
                "count": len(ran),
                "standing": standing.at_place(kb, ran, item.id),
                "adult": meanings.holds_adults(kb, item),
                "offers": sorted(ran),
            }
        )
    dots.sort(key=lambda dot: -dot["radius"])  # small dots on top, so that each can be pointed at
    placed = {offer.intervention for offer in kb.offers if offer.institution in kb.institutions}
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "dots": dots,
        "interventions": [{"id": item.id, "name": item.name} for item in listed(kb) if item.id in placed],
    }


def place_on_map(lat: float, lon: float) -> tuple[float, float]:
    """Degrees to units of the drawing, which is in the Mercator projection."""
    x = LEFT + (lon - WEST) / (EAST - WEST) * (RIGHT - LEFT)
    y = TOP + (mercator(NORTH) - mercator(lat)) / (mercator(NORTH) - mercator(SOUTH)) * (BOTTOM - TOP)
    return x, y


def mercator(lat: float) -> float:
    """The height of a latitude in degrees in the Mercator projection, in radians at the equator."""
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
