"""The first screen of an entry decides: measured on every entry."""

from tests.helpers import tell_all

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


def test_the_answers_stand_in_the_first_screen(browser_page, file_url, kb) -> None:
    page = browser_page()
    low, words = [], []
    for name in kb.interventions:
        page.goto(f"{file_url}/interventions/{name}.html")
        for width, height, screens in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            bottom = page.evaluate(BOTTOM)
            low += [f"{name}, {width} wide: {bottom:.0f}"] if bottom > screens * height else []
        words.append(page.evaluate(WORDS)[0])  # on a telephone: what is in sight there is so on a wide screen too
    tell_all(low)
    assert sum(words) / len(words) <= HALF


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
