"""Words in records: no code, no placeholders, nothing of one person, no traces of where they were copied from."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache

from kennisbank import kinds, load
from kennisbank.check import links, markup, persons, writing
from kennisbank.check.context import BEGIN, END, TO_FILL, Context, Entry

# Fields whose text is Markdown on purpose (their schema says so), by kind and last name.
MARKDOWN = {("trainings", "handouts", "text")}
# A call of a macro: told as such, and not as the remark that it is.
MACRO = "<!--[["
# What a browser takes for a tag, a comment or a character: "<x:y" and "<a.b" too.
HTML = re.compile(r"</?[a-zA-Z][^\s<>]{0,60}|<[!?]|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]{1,31});")
TEMPLATE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\[\[|\]\]")
_MARKDOWN = re.compile(
    r"\*\*\S|__\S|`|!?\[[^\]\n]{1,200}\]\([^)\n]{1,200}\)|^ {0,3}#{1,6} |^ {0,3}[-*+] |(?<!\w)\*\w[^*\n]{0,200}\*",
    re.MULTILINE,
)
_MARKDOWN_LINE = re.compile(r"\n {0,3}(?:#{1,6} |[-*+] )")
_MARKDOWN_SIGNS = ("**", "__", "`", "](", " *", "(*", ": *")
# What decides about the page that a text of data is printed on: its headings, and where code begins.
PAGE_MARKUP = re.compile(r"^ {0,3}(?:#{1,2}(?!#)[^\n]*|`{3}|~{3}|[^\n]*\S[^\n]*\n(?:=+|-+)[ \t]*$)", re.MULTILINE)
# What stands for something that is still to come, in a text or as all of it; without the signs around.
PLACEHOLDER_WORD = re.compile(
    r"\b(?:todo|fixme|tbd|lorem ipsum|nvt|x{3,}|(?:nog|later|verder) (?:in|aan)(?: te)? ?vullen"
    r"|nader (?:te bepalen|in te vullen)|nog (?:uit te zoeken|uitzoeken|te bepalen))\b"
    r"|\bn\.v\.t\b\.?|\bn\.n\.b\b\.?|\bn\.t\.b\b\.?|\?\?+|\((?:bron|check|navragen|nagaan)\?\)|\[object object\]",
    re.IGNORECASE,
)
PLACEHOLDER_SIGNS = (
    *("todo", "fixme", "tbd", "lorem ipsum", "nvt", "n.v.t", "xxx", "nog in", "nog aan", "later in", "verder in"),
    *("nader te bepalen", "nader in te", "nog uit", "nog te bepalen", "n.n.b"),
    *("n.t.b", "??", "(bron?", "(check?", "(navragen?", "(nagaan?", "[object"),
)
_ONLY = (
    r"pm|x{1,2}|(?:nog )?(?:onbekend|niet bekend)|geen idee|tekst hier|volgt|volgt nog|komt nog"
    r"|invullen|aanvullen|wordt aangevuld|wordt vervolgd|zie (?:onder|boven)|in voorbereiding|none|null|undefined|nan"
    r"|unknown|n/?a|#n/a|#ref!|#name\?|n\.?b\.?|nnb|ntb|niet van toepassing|\[[^\[\]\n]{1,40}\]|<[^<>\n]{1,40}>"
)
PLACEHOLDER = rf"\W?(?:{_ONLY}|[-.…?!–—_*/~ ]{{1,9}})[.:?!)]?"  # as all of a text
_PLACEHOLDER = re.compile(rf"{BEGIN}{PLACEHOLDER}{END}", re.IGNORECASE)
PLACEHOLDER_LINE = re.compile(
    rf"^(?:[-*] )?(?:{_ONLY}|\.\.+|…)[.:!)]?$(?<!\btekst\.)(?<!>)(?<!\])", re.IGNORECASE | re.MULTILINE
)
_BLANK = re.compile(rf"{BEGIN}\s+{END}")
_SHORTEST_TITLE = 8
_NUMBERED = re.compile(r"(\S+) \d{1,3}(?!\d)")
# A small number behind a word, with nothing behind it or with a word that it does not count.
_PAGE_NUMBER = re.compile(r"\d(?<=[\w)][ ]\d)\d{0,2}(?=[.]?\n\ue000|[ ][a-z])")
# Such a value is no text: an address, a sign, a date that is not known, an id.
NO_TEXT = ("url", "website", "symbol", "as_of", "id")
# UTF-8 that was once read as Windows-1252 and saved again: "Ã©" was "é", "â€™" was "’".
GARBLED = re.compile(r"Ã[\x80-\xbf€-™]|â€[\x80-\xbf™œ˜“”¦]|Â[ «»°·]")
GARBLED_SIGNS = ("ã", "â€", "â")


# How things are called, how they are found, and who made them: the fields in which a name belongs.
MAKERS = "authors"
THINGS = (
    *("name", "also_known_as", "title", "short", "publisher", "place", "term", "abbreviation", "label", "local_name"),
    "keywords",
)
CALLED = frozenset((*THINGS, MAKERS, "synonyms", "where", "url", "website", "symbol"))
# Kinds in which no person is told of: the people of a plan are made up, and terms are words.
UNTOLD = frozenset(("trainings", "changes", kinds.VOCABULARIES))
_WORD = re.compile(r"[\w'’-]+")


def texts_hold_no_html(context: Context) -> Iterator[load.Problem]:
    """Text in a record is text: no HTML tags, comments or entities."""
    for entry, path, text in context.texts_with(("<", "&")):
        found = HTML.search(text)
        if found and MACRO not in text:
            yield context.at("KB405", entry, path, found=load.Quoted(_to_bracket(text, found)))


def texts_hold_no_template(context: Context) -> Iterator[load.Problem]:
    """Text in a record holds no marks that a template would obey."""
    for entry, path, text in context.texts_with(("{", "}", "[[", "]]")):
        found = TEMPLATE.search(text)
        if found:
            yield context.at("KB406", entry, path, found=found.group())


def texts_are_finished(context: Context) -> Iterator[load.Problem]:
    """No text is a placeholder such as TODO, n.v.t. or only dots, or is blank: what is unknown is left out."""
    terms = {name for names in context.loaded.vocabularies.values() for name in names}
    terms |= {name for names in context.by_id.values() for name in names}
    hits = [(entry, path, text) for entry, path, text, _ in context.find(_PLACEHOLDER) if text not in terms]
    whole = {(entry, path) for entry, path, _ in hits}
    for entry, path, text in itertools.chain(hits, context.find_any(*PLACEHOLDER_SIGNS)):
        found = text if (entry, path) in whole else (PLACEHOLDER_WORD.search(text) or [""])[0]
        whole.discard((entry, path))
        if found.strip() and _is_text(entry, path) and TO_FILL not in text and not HTML.search(text):
            yield context.at("KB407", entry, path, found=load.Quoted(found.strip()))
    for entry, path, _, _ in context.find(_BLANK):
        yield context.at("KB110", entry, path, field=name_field(path))


def _is_text(entry: Entry, path: load.FieldPath) -> bool:
    """Whether words are asked for here: no address, no term, no id, and no word by which somebody searches."""
    return path[-1] not in NO_TEXT and (entry.kind != kinds.VOCABULARIES or path[-1] == "description")


def texts_name_nobody(context: Context) -> Iterator[load.Problem]:
    """No number of the civil registry, no telephone number, and e-mail addresses of a desk, not of a person."""
    hits = [*context.find(persons.QUICK), *context.find(persons.MAILBOX, "@", "(at)", "[at]")]
    for (entry, path), text in {(entry, path): text for entry, path, text, _ in hits}.items():
        for found in persons.find(text) if path[-1] not in ("url", "website") or "@" in text else ():
            yield context.at(found.code, entry, path, found=load.Quoted(found.text))


def texts_name_no_person(context: Context) -> Iterator[load.Problem]:
    """What looks like the name of a person is asked about: no name of a record, a place, a work or its maker.

    In a session plan people are made up, and what changed tells what stands elsewhere. A word that is one of the language,
    or of what something is called, is no name here; of who made a work only the surname is, for others share the rest.
    """
    called = [(name_field(path), text) for _, path, text in context.all_texts]
    titles = [text for name, text in called if name in CALLED]
    known = "\n".join(titles).lower()
    makers = [text.split()[-1] for name, text in called if name == MAKERS and text.split()]
    words = set(_WORD.findall("\n".join([*(text for name, text in called if name in THINGS), *makers]).lower()))
    common = cache(lambda word: word in words or context.holds_word(word))
    is_name = cache(lambda found: persons.is_name(found, known, common))  # the same name stands in many texts
    told: set[tuple] = set()
    for pattern in persons.NAMES:
        for entry, path, found in context.find_every(pattern):
            if entry.kind in UNTOLD or name_field(path) in CALLED or (entry, path) in told:
                continue
            if is_name(found):
                told.add((entry, path))
                yield context.at("KB422", entry, path, found=load.Quoted(found))


def name_field(path: load.FieldPath) -> str:
    """The field that a text stands in, of a list the field that holds it."""
    return next(step for step in reversed(path) if isinstance(step, str))


def texts_are_plain(context: Context) -> Iterator[load.Problem]:
    """Text in a record is shown as it stands: Markdown signs would be seen."""
    hits = [(entry, path, text) for entry, path, text, _ in context.find(_MARKDOWN_LINE)]
    for entry, path, text in itertools.chain(hits, context.texts_with(_MARKDOWN_SIGNS)):
        name = name_field(path)
        if (entry.kind, path[0], name) in MARKDOWN or name in ("url", "website", "symbol"):
            continue
        found = _MARKDOWN.search(text)
        if found:
            yield context.at("KB409", entry, path, found=load.Quoted(found.group().strip()[:20]))


def texts_hold_no_page_number(context: Context) -> Iterator[load.Problem]:
    """The title of a source with the number of a page behind it was the head of that page."""
    titles = {
        str(entry.data.get(name, "")).lower() for entry in context.entries["sources"] for name in ("title", "short")
    }
    titles = {title for title in titles if len(title) >= _SHORTEST_TITLE}
    ends = {title.split()[-1] for title in titles}
    for entry, path, text, _ in context.find(_PAGE_NUMBER):
        lowered = text.lower()
        is_near = entry.kind != "sources" and any(word in ends for word in _NUMBERED.findall(lowered))
        for title in titles if is_near else ():
            found = f"{title} " in lowered and re.search(rf"{re.escape(title)} \d{{1,3}}(?![\w,.%–-]\d|[\w%])", lowered)
            if found:
                head = text[found.start() : found.end()]
                yield context.at("KB423", entry, path, found=load.Quoted(head), advice=load.say("traces.page"))
                break


def texts_are_clean(context: Context) -> Iterator[load.Problem]:
    """No text holds traces of a PDF or a word processor, or a word that is none."""
    hits: dict[tuple[Entry, load.FieldPath], str] = {}
    for pattern in writing.to_look_for(context.characters):
        hits |= {(entry, path): text for entry, path, text, _ in context.find(pattern)}
    hits |= {(entry, path): text for entry, path, text in context.find_any(*writing.SIGNS)}
    for (entry, path), text in hits.items():
        for found in writing.find(text) if path[-1] not in ("url", "website", "symbol") else ():
            advice = load.say(f"traces.{found.name}")
            yield context.at("KB423", entry, path, found=load.Quoted(found.text), advice=advice)
    for entry, path, text in context.find_long(writing.LONGEST_WORD):
        word = writing.LONG_WORD.search(text)
        if word and path[-1] not in ("url", "website", "id") and not PLACEHOLDER_WORD.search(word[0]):
            yield context.at("KB424", entry, path, found=load.Quoted(word[0]), length=len(word[0]))


def handouts_are_plain_markdown(context: Context) -> Iterator[load.Problem]:
    """A handout is text with marks: no headings of a page, fences or attribute lists, and only safe links."""
    for entry in context.entries["trainings"]:
        for path, text in context.texts(entry):
            if (entry.kind, path[0], path[-1]) not in MARKDOWN:
                continue
            found = PAGE_MARKUP.search(text)
            for _, braces in markup.find_attributes(text, may_name=False):
                found = found or re.search(re.escape(braces), text)
            if found:
                yield context.at("KB412", entry, path, found=load.Quoted(found.group().strip()[:30]))
            for _, url in markup.find_links(text):
                wrong = links.judge(url)
                if wrong:
                    yield context.at(wrong[0], entry, path, **wrong[1])


def texts_are_readable(context: Context) -> Iterator[load.Problem]:
    """No text came through a wrong encoding."""
    for entry, path, text in context.texts_with(GARBLED_SIGNS):
        found = GARBLED.search(text)
        if found:
            yield context.at("KB410", entry, path, found=load.Quoted(found.group()))


def texts_hold_no_hidden_characters(context: Context) -> Iterator[load.Problem]:
    """An escape between quotes brings in no control or direction character."""
    for entry, path, text in context.texts_with("\\"):
        char = load.unwanted_in_value(text)
        if char:
            yield context.at("KB411", entry, path, char=char)


def _to_bracket(text: str, found: re.Match) -> str:
    """The HTML that was found, up to its closing bracket when that is near."""
    end = text.find(">", found.start(), found.start() + 30)
    return text[found.start() : end + 1] if end >= found.end() else found.group()
