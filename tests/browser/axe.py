"""What axe has to say of a page, as lines of text."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

# WCAG 2.0, 2.1 and 2.2 at A and AA, and what axe calls best practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

# Without resultTypes axe describes every element that passed as well, which takes longer than finding what did not.
# With preload it asks for every style sheet again, for one experimental rule, and from the disk it may not.
RUN = """async ([part, runOnly, rules]) => {
  const {violations} = await axe.run(part || document, {runOnly, rules, resultTypes: ["violations"], preload: false});
  return violations.map(({id, impact, help, nodes}) => ({id, impact, help, places: nodes.map(node => node.target.join(" "))}));
}"""


# A list of two hundred sources has two hundred times the same build: axe looks at this many brothers of one tag and
# class, and of whole pieces also at no more cousins, in sight and hidden apart. It would walk through the others even
# when they are not shown, so they are taken out of the page and put back.
ALIKE = 3
TAKE_OUT = """most => {
  const name = element => element.tagName + "." + element.className;
  const pieces = new Set(["ARTICLE", "DETAILS", "FIELDSET", "LI", "SECTION"]);
  const cousins = new Map();
  const isOver = (counts, key) => counts.set(key, (counts.get(key) || 0) + 1).get(key) > most;
  const over = [];
  for (const parent of document.querySelectorAll("main, main *")) {
    const brothers = new Map();
    for (const child of parent.children) {
      const look = (child.checkVisibility() ? "" : "hidden ") + name(child);
      const isOne = [isOver(brothers, look), pieces.has(child.tagName) && isOver(cousins, [look, name(parent), name(parent.parentElement)].join())];
      if (isOne.includes(true)) over.push(child);
    }
  }
  window.takenOut = over.map(element => [element, document.createComment("")]);
  for (const [element, place] of window.takenOut) element.replaceWith(place);
}"""
PUT_BACK = """() => {
  for (const [element, place] of window.takenOut.reverse()) place.replaceWith(element);
}"""


def find_violations(
    page: Page, part: str | None = None, rules: tuple[str, ...] = (), without: tuple[str, ...] = ()
) -> list[str]:
    """A line for each element that breaks a rule.

    ``part`` is a selector, without it the page is the part; ``rules`` names rules, without them all run but those that
    ``without`` names.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
    page.evaluate(TAKE_OUT, ALIKE)
    violations = page.evaluate(RUN, [part, only, {rule: {"enabled": False} for rule in without}])
    page.evaluate(PUT_BACK)
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: {place}"
        for found in violations
        for place in found["places"]
    ]


# Each width and each scheme once: what is in sight at one width only has the same colours as its neighbours. At 320
# all rules run again, because other parts of the page are in sight there; leaving out all but the four that look at
# colour and size saves a tenth.
WAYS = ((1280, "light"), (320, "dark"))
COLOUR = ("color-contrast", "link-in-text-block")  # more than half of the time that all rules take


def look_at(page: Page, width: int, scheme: str) -> None:
    """Gives the page that width and that scheme, and waits until it shows them."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    expect(page.locator("body")).to_have_attribute(
        "data-md-color-scheme", {"light": "default", "dark": "slate"}[scheme], timeout=20_000
    )


def find_faults(
    page: Page, part: str | None = None, ways: tuple[tuple[int, str], ...] = WAYS, without: tuple[str, ...] = ()
) -> list[str]:
    """What axe finds on the page wide and light, then narrow and dark; and whether it sticks out of its width.

    Rules that ``without`` names are not looked at.
    """
    found = []
    for width, scheme in ways:
        look_at(page, width, scheme)
        if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{width} {scheme}: the page is {needed} pixels wide")
        found += [f"{width} {scheme}: {line}" for line in find_violations(page, part, without=without)]
    return found


def open_all_details(page: Page) -> None:
    """Opens what folds, such as the filters."""
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true })")
