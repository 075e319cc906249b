"""On paper: black on white, whatever colours the reader chose for the screen."""

import base64
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

# One page of every kind that somebody prints.
PAPER = {
    "home": "index.html",
    "catalogue": "interventions/index.html",
    "matrix": "institutions/matrix.html",
    "white spots": "institutions/gaps.html",
    "institutions": "institutions/index.html",
    "transfer": "institutions/transfer.html#from=zwolle&to=rotterdam",
    "session plan": "trainings/grijs-gebied.html",
    "institution": "institutions/arnhem.html",
    "organisation": "organisations/humanitas.html",
    "entry": "interventions/puinruimen.html",
    "category": "categories/herstelgerichte-cursus.html",
    "card": "cards/zuid-oost.html",
    "audience card": "cards/voor-fathers.html",
    "guide": "choose/index.html#place=rotterdam&weeks=6&issues=language",
    "comparison": "choose/compare.html#ids=puinruimen,sos-groepscursus",
    "my list": "choose/list.html#list=puinruimen",
    "table": "choose/table.html",
    "quality": "about/data-quality.html",
    "control sheet": "editors/control/zwolle.html",
    "background": "background/peer-support.html",
}
# The styles are the same on every page, and so what they call their colours.
BY_HAND = {kind: PAPER[kind] for kind in ("matrix", "entry", "card")}
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
LEAST_LIGHT = 0.8  # share of white in the mean of a sheet: text, lines and a few tints take the rest

# Every text that is on the sheet against the colour behind it, and every colour variable.
MEASURE = """LEAST => {
  const numbers = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const parse = text => { const [r, g, b, a = 1] = numbers(text); return { rgb: [r, g, b], a }; };
  const over = (top, under) => top.rgb.map((value, i) => value * top.a + under[i] * (1 - top.a));
  const light = rgb => {
    const [r, g, b] = rgb.map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = element => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.unshift(parse(getComputedStyle(one).backgroundColor));
    return layers.reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const faint = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("svg, script, style, template, noscript")) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (element.getBoundingClientRect().width <= 1) continue; // only for who listens
    texts += 1;
    const under = behind(element);
    const [one, other] = [light(over(parse(getComputedStyle(element).color), under)), light(under)].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < LEAST) faint.add(element.tagName + "." + element.className + ": " + walker.currentNode.data.trim().slice(0, 40) + " " + contrast.toFixed(2));
  }
  const names = new Set();
  for (const sheet of document.styleSheets) {
    let rules = [];
    try { rules = [...sheet.cssRules]; } catch { continue; } // from disk a browser may keep them to itself
    while (rules.length) {
      const rule = rules.pop();
      const inside = rule.cssRules || (rule.styleSheet && rule.styleSheet.cssRules);
      if (inside) rules.push(...inside);
      for (const name of rule.style || []) if (name.startsWith("--")) names.add(name);
    }
  }
  const style = getComputedStyle(document.body);
  const variables = Object.fromEntries([...names].map(name => [name, style.getPropertyValue(name)]));
  return { faint: [...faint], texts, variables };
}"""

# The mean light of a picture, from 0 (black) to 1 (white), as the browser itself reads it.
BRIGHTNESS = """async source => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 200, height: 283 });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum += data[at] + data[at + 1] + data[at + 2];
  return sum / (data.length / 4) / 765;
}"""


def measure_sheet(page: Page) -> dict:
    """What a sheet of the page as it stands looks like: faint texts, number of texts, variables, mean light."""
    page.emulate_media(media="print", color_scheme=None)
    picture = base64.b64encode(page.screenshot()).decode()
    return page.evaluate(MEASURE, LEAST_CONTRAST) | {
        "light": page.evaluate(BRIGHTNESS, f"data:image/png;base64,{picture}")
    }


def turn_dark(page: Page) -> None:
    """The reader's own toggle, from light to dark."""
    page.locator("label[title='Donker maken']:visible").click()


@pytest.mark.parametrize(
    ("way", "kinds"),
    [
        ("system", [*PAPER][::8]),
        pytest.param("system", [*PAPER], marks=pytest.mark.long),
        pytest.param("toggle", [*BY_HAND], marks=pytest.mark.long),
    ],
    ids=["system", "system, all", "toggle"],
)
def test_a_page_in_the_dark_prints_black_on_white(
    way: str, kinds: list[str], browser_page: Callable[..., Page], base_url: str
) -> None:
    """Of every kind when the system is dark; a few when the reader's own toggle is, and beside the same in the light."""
    light = browser_page(scheme="light")
    dark = browser_page(scheme="dark" if way == "system" else "light")
    wrong = []
    for number, kind in enumerate(kinds):
        url = PAPER[kind]
        dark.goto("about:blank")
        dark.emulate_media(media="screen", color_scheme="dark" if way == "system" else "light")
        dark.goto(base_url + url)
        if way == "toggle" and number == 0:
            turn_dark(dark)
        expect(dark.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        found = measure_sheet(dark)
        assert found["texts"] > 20, kind
        wrong += [f"{kind}: {text}" for text in found["faint"]]
        if found["light"] < LEAST_LIGHT:
            wrong.append(f"{kind}: the sheet is dark, {found['light']:.2f}")
        if kind in BY_HAND:
            light.goto(base_url + url)
            wrong += [f"{kind}: {line}" for line in find_other_values(found, measure_sheet(light))]
            light.emulate_media(media="screen")
    assert not wrong, "\n".join(wrong[:60])


def find_other_values(found: dict, expected: dict) -> Iterator[str]:
    """The variables that differ from those of the same sheet in the light."""
    for name, value in found["variables"].items():
        if value != expected["variables"].get(name):
            yield f"{name} is {value} and not {expected['variables'][name]}"
