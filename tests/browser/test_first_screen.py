"""The first screen of an entry decides: measured on every entry."""

import pytest

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


@pytest.mark.parametrize(("width", "height", "screens"), [(1280, 800, 1), (360, 740, 2)])
def test_the_answers_stand_in_the_first_screen(width, height, screens, browser_page, file_url, kb) -> None:
    page = browser_page(width=width)
    page.set_viewport_size({"width": width, "height": height})
    low, words = [], []
    for name in kb.interventions:
        page.goto(f"{file_url}/interventions/{name}.html")
        bottom = page.evaluate(BOTTOM)
        if bottom > screens * height:
            low.append(f"{name}: {bottom:.0f}")
        words.append(page.evaluate(WORDS)[0])
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
