"""The first screen of an entry decides: measured on every entry."""

from tests.helpers import some_or_all, tell_all

BOTTOM = "Math.max(...[...document.querySelectorAll('[data-answer]')].map(part => part.getBoundingClientRect().bottom))"
# Words in sight and in all, in the article.
WORDS = """() => {
  const found = [0, 0];
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    if (!text) continue;
    const count = text.split(/\\s+/).length;
    found[1] += count;
    if (walker.currentNode.parentElement.checkVisibility()) found[0] += count;
  }
  return found;
}"""
# In version 0.1.0, when nothing was folded, the mean of all entries was 1,754 words.
HALF = 1754 / 2


# Width and height of a screen in CSS pixels, and how many of it the answers may take.
SCREENS = ((1280, 800, 1), (360, 740, 2))


# The frame is the same around every entry, so one stays open and gets the others in turn: a third of the time.
PUT_IN = "html => { document.querySelector('article').outerHTML = html }"


def measure(page) -> list[float]:
    """How low the answers reach on each of the screens, and the words in sight on a telephone, which a wide screen shows too."""
    bottoms = []
    for width, height, _ in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        bottoms.append(page.evaluate(BOTTOM))
    return [*bottoms, page.evaluate(WORDS)[0]]


@some_or_all
def test_the_answers_stand_in_the_first_screen(stride: int, browser_page, file_url, read_page, kb) -> None:
    page, low, words = browser_page(), [], []
    names = [item.id for item in kb.interventions.values() if item.status == "published"][::stride]
    page.goto(f"{file_url}interventions/{names[0]}.html")
    opened = measure(page)
    for name in names:
        source = read_page(f"interventions/{name}.html")
        page.evaluate(PUT_IN, source[source.index("<article class") : source.rindex("</article>") + len("</article>")])
        *bottoms, in_sight = measure(page)
        words.append(in_sight)
        low += [
            f"{name}, {width} wide: {bottom:.0f}"
            for bottom, (width, height, screens) in zip(bottoms, SCREENS, strict=True)
            if bottom > screens * height
        ]
        if name == names[0]:
            assert bottoms == opened[:-1]
            added = opened[-1] - in_sight  # by scripts, on every page
    tell_all(low)
    # One in four says how long a text becomes, but not whether the mean of all is a few words over.
    assert sum(words) / len(words) + added <= HALF * (1 if stride == 1 else 1.1)


def test_what_is_folded_is_printed(browser_page, file_url) -> None:
    page = browser_page(width=1280)
    page.goto(f"{file_url}/interventions/puinruimen.html")
    page.emulate_media(media="print")
    seen, total = page.evaluate(WORDS)
    hidden = page.evaluate(
        "[...document.querySelectorAll('details.kb-fold')].filter(part => part.lastElementChild.getBoundingClientRect().height === 0).length"
    )
    assert not hidden
    assert seen > 0.85 * total
