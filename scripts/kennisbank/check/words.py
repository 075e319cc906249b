"""Words in records: no code, no placeholders, nobody's own mailbox."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kennisbank import load
from kennisbank.check import links, markup
from kennisbank.check.context import TO_FILL, Context

# Fields whose text is Markdown on purpose (their schema says so), by kind and last name.
MARKDOWN = {("trainings", "handouts", "text")}
# Mailboxes of a desk, not of a person; also as the first part of a name such as "info-zwolle".
DESKS = frozenset(
    (
        *("aanmelden", "aanmelding", "aanmeldingen", "administratie", "algemeen", "bestuur", "bezoek", "bezoekers"),
        *("bureau", "communicatie", "contact", "cursus", "cursussen", "hello", "hulp", "info", "informatie"),
        *("kantoor", "klantenservice", "mail", "mediation", "nazorg", "onderzoek", "opleiding", "opleidingen"),
        *("pers", "post", "privacy", "receptie", "redactie", "scholing", "secretariaat", "service", "steunpunt"),
        *("support", "team", "training", "trainingen", "vragen", "vrijwilliger", "vrijwilligers", "webmaster"),
        *("welkom",),
    )
)

# A call of a macro: told as such, and not as the remark that it is.
MACRO = "<!--[["
# What a browser takes for a tag, a comment or a character: "<x:y" and "<a.b" too.
HTML = re.compile(r"</?[a-zA-Z][^\s<>]{0,60}|<[!?]|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]{1,31});")
TEMPLATE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\[\[|\]\]")
_MARKDOWN = re.compile(
    r"\*\*\S|__\S|`|!?\[[^\]\n]{1,200}\]\([^)\n]{1,200}\)|^ {0,3}#{1,6} |^ {0,3}[-*+] |(?<!\w)\*\w[^*\n]{0,200}\*",
    re.MULTILINE,
)
# What decides about the page that a text of data is printed on: its headings, and where code begins.
PAGE_MARKUP = re.compile(r"^ {0,3}(?:#{1,2}(?!#)[^\n]*|`{3}|~{3}|[^\n]*\S[^\n]*\n(?:=+|-+)[ \t]*$)", re.MULTILINE)
PLACEHOLDER_WORD = re.compile(r"\b(?:todo|fixme|tbd|lorem ipsum|nvt|x{3,})\b|\bn\.v\.t\b\.?", re.IGNORECASE)
ONLY_SIGNS = re.compile(r"\s*(?:[.…?–—-]+|<[^<>]*>)\s*")
PLACEHOLDER_SIGNS = ("todo", "fixme", "tbd", "lorem", "nvt", "n.v.t", "xxx")
_ONLY_SIGNS_SIGNS = ("...", "…", '"?', "'?", '"-', "'-", ": ?", ": <", '"<')
# Bounded on both sides, so that long text without an end costs no more than short text.
EMAIL = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,4})")
# UTF-8 that was once read as Windows-1252 and saved again: "Ã©" was "é", "â€™" was "’".
GARBLED = re.compile(r"Ã[\x80-\xbf€-™]|â€[\x80-\xbf™œ˜“”¦]|Â[ «»°·]")
GARBLED_SIGNS = ("ã", "â€", "â")


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
    """No text is a placeholder such as TODO, n.v.t. or only dots: what is unknown is left out."""
    for signs, search in ((PLACEHOLDER_SIGNS, PLACEHOLDER_WORD.search), (_ONLY_SIGNS_SIGNS, ONLY_SIGNS.fullmatch)):
        for entry, path, text in context.texts_with(signs):
            found = search(text)
            if found and TO_FILL not in text and path[-1] not in ("url", "website", "symbol"):
                yield context.at("KB407", entry, path, found=load.Quoted(found.group().strip()))


def texts_name_no_mailbox_of_a_person(context: Context) -> Iterator[load.Problem]:
    """E-mail addresses are of a desk, not of a person."""
    for entry, path, text in context.texts_with("@"):
        found = find_personal(text)
        if found:
            yield context.at("KB408", entry, path, found=load.Quoted(found))


def texts_are_plain(context: Context) -> Iterator[load.Problem]:
    """Text in a record is shown as it stands: Markdown signs would be seen."""
    for entry, path, text in context.texts_with(("*", "__", "`", "](", "## ")):
        names = [step for step in path if isinstance(step, str)]
        if (entry.kind, names[0], names[-1]) in MARKDOWN or names[-1] in ("url", "website"):
            continue
        found = _MARKDOWN.search(text)
        if found:
            yield context.at("KB409", entry, path, found=load.Quoted(found.group().strip()[:20]))


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


def find_personal(text: str) -> str | None:
    """The first e-mail address that seems to be of a person."""
    if text.startswith(("http://", "https://")):
        return None  # a name before @ in an address of a page is a password: see links
    for name, host in EMAIL.findall(text):
        first = re.split(r"[.+_-]", name.lower())[0]
        if first not in DESKS and name.lower() not in host.lower().split("."):
            return f"{name}@{host}"
    return None
