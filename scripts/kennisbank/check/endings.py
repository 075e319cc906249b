"""What is dated and what has ended: an offer is as new as its sources, and no other text says that it still runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kennisbank import calls, kinds, load
from kennisbank.check import dates, markup, pages
from kennisbank.check.context import Context, Entry, find_in, is_text, join, starts_of, texts_in

# A sentence in the present says so by one of these; one with a word of the second list, or a year, tells of then.
_NOW = re.compile(
    r"\b(?:is|zijn|wordt|worden|loopt|lopen|draait|draaien|geeft|geven|biedt|bieden|kan|kun|kunnen|komt|komen|doet|doen"
    r"|heeft|hebben|krijgt|krijgen|gaat|gaan|bestaat|organiseert|werkt|werken|staat)\b",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:was|waren|werd|werden|had|hadden|liep|liepen|gaf|gaven|kwam|kwamen|kon|konden|ging|gingen|deed|deden|stopte"
    r"|stopten|koos|kozen|zat|zaten|wilde|wilden|mocht|mochten|moest|moesten|zou|zouden|begon|begonnen|kreeg|kregen"
    r"|stond|stonden|werkte|werkten|hielp|hielpen|begeleidde|organiseerde|gestopt|beëindigd|vroeger|destijds|toen|eerder|niet meer|geen|niet|tot|nooit|[12][0-9]{3})\b",
    re.IGNORECASE,
)
# What is said of an offer in its own row needs no verb: "Given by the chaplain".
_GIVEN = re.compile(r"^\W*\w+\s+door\b", re.IGNORECASE)
_OWN = ("note", "card_text")
# A sentence runs over a line end, but not into a new paragraph, item, heading or row.
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?!\s|$)|\n(?!\s*(?:\n|[-*#|>]|[0-9]+\.)))+")
# What is told of the day of its source, not of today.
_DATED = {"sources", "conflict", "editor_notes", "searched", "claims", "evidence", "figures"}
# What a status is of: its day, what it rests on, and where somebody looked whether the old one was a mistake.
_FOUNDED = ("as_of", "sources", "searched")
_KINDS = ("interventions", "institutions", "trainings", "organisations", "offers")


class Text(NamedTuple):
    """A text in which something may be said of an offer: where it is, and of which records it is by itself."""

    entry: Entry | None
    path: load.FieldPath
    name: str
    text: str
    about: frozenset[tuple[str, str]]


def offers_rest_on_sources_of_their_day(context: Context) -> Iterator[load.Problem]:
    """What stood on a day is in a source of that day or later: ``as_of`` is not after the newest source."""
    if not context.knows("sources"):
        return
    for entry in context.entries["offers"]:
        day = entry.data.get("as_of")
        sources, are_all = context.sources_of(entry)
        days = [source.data.get("as_of") for source in sources]
        # A source that is missing, or says no day of its own, is another mistake, or none; a day to come is one too.
        if not dates.is_date(day) or not days or not are_all or not all(dates.is_date(item) for item in days):
            continue
        if all(dates.is_after(day, str(item)) for item in days) and not dates.is_after(day, context.today):
            yield context.at("KB312", entry, ("as_of",), date=day, newest=max(map(str, days)))


def statuses_change_with_their_day(context: Context) -> Iterator[load.Problem]:
    """A status that is another than in the version before is of another day or source, or was looked up again."""
    was = {load.sort_key("offers", record): record for record in context.earlier}
    for entry in context.entries["offers"] if was else ():
        old = was.get(load.sort_key("offers", entry.data))
        if old and "status" in entry.data and is_undated(old, entry.data):
            names = [str(record.get("status")) for record in (old, entry.data)]
            before, now = (load.Quoted(context.call_term("offer_status", name)) for name in names)
            date = load.Quoted(str(entry.data.get("as_of")))
            yield context.at("KB324", entry, ("status",), was=before, now=now, date=date)


def is_undated(old: load.Record, new: load.Record) -> bool:
    """Whether the status of an offer changed, and not the day of which that is, what it rests on or what was looked up."""
    return old.get("status") != new.get("status") and all(old.get(name) == new.get(name) for name in _FOUNDED)


def no_text_says_that_it_still_runs(context: Context) -> Iterator[load.Problem]:
    """When an offer has ended, no page, note or plan says in the present tense that it is there, nor does its own row."""
    ended = [entry for entry in context.entries["offers"] if _has_ended(entry, context)]
    for entry in ended:
        yield from _said_by_itself(context, entry)
    pairs = {load.sort_key("offers", entry.data)[:2] for entry in ended}
    # Where it ended on one location and goes on on another, a sentence may be about the other.
    going = {
        load.sort_key("offers", entry.data)[:2] for entry in context.entries["offers"] if not _has_ended(entry, context)
    }
    pairs -= going
    if not pairs:
        return
    texts = _Texts(list(_texts(context)))
    for intervention, institution in sorted(pairs):
        names = _names(context, "interventions", intervention), _names(context, "institutions", institution)
        if not all(names):
            continue
        what, where = (
            re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)", re.IGNORECASE) for found in names
        )
        both = texts.on("interventions", intervention, names[0]) & texts.on("institutions", institution, names[1])
        for number in sorted(both):
            yield from _said(context, texts.all[number], (intervention, what), (institution, where))


class _Texts:
    """All texts, and on which records each may be: the few of a record are found at once, not one after the other."""

    def __init__(self, texts: list[Text]) -> None:
        self.all = texts
        lowered = [item.text.lower() for item in texts]
        self._joined, self._starts = join(lowered), starts_of(lowered)
        self._about: dict[tuple[str, str], set[int]] = {}
        self._found: dict[tuple[str, str], set[int]] = {}
        for number, item in enumerate(texts):
            for record in item.about:
                self._about.setdefault(record, set()).add(number)

    def on(self, kind: str, record_id: str, names: list[str]) -> set[int]:
        """The numbers of the texts that are about a record by themselves, or hold one of its names."""
        record = kind, record_id
        if record not in self._found:
            named = {number for name in names for number in find_in(self._joined, self._starts, name.lower())}
            self._found[record] = self._about.get(record, set()) | named
        return self._found[record]


def _said_by_itself(context: Context, entry: Entry) -> Iterator[load.Problem]:
    what, where = load.sort_key("offers", entry.data)[:2]
    for name in _OWN:
        text = entry.data.get(name)
        for found in _SENTENCE.finditer(text) if is_text(text) else ():
            sentence = " ".join(found.group().split())
            if (_NOW.search(sentence) or _GIVEN.search(sentence)) and not _THEN.search(sentence):
                values = {"offer": load.Quoted(f"{what} · {where}"), "found": load.Quoted(sentence)}
                yield context.at("KB907", entry, (name,), **values)


def _said(
    context: Context, item: Text, what: tuple[str, re.Pattern[str]], where: tuple[str, re.Pattern[str]]
) -> Iterator[load.Problem]:
    is_of_it = ("interventions", what[0]) in item.about, ("institutions", where[0]) in item.about
    if (
        all(is_of_it)
        or not (is_of_it[1] or where[1].search(item.text))
        or not (is_of_it[0] or what[1].search(item.text))
    ):
        return
    for found in _SENTENCE.finditer(item.text):
        sentence = found.group()
        named = (is_of_it[0] or what[1].search(sentence)) and (is_of_it[1] or where[1].search(sentence))
        if not named or not _NOW.search(sentence) or _THEN.search(sentence):
            continue
        values = {"offer": load.Quoted(f"{what[0]} · {where[0]}"), "found": load.Quoted(" ".join(sentence.split()))}
        if item.entry:
            yield context.at("KB907", item.entry, item.path, **values)
        else:
            start = found.start() + len(sentence) - len(sentence.lstrip())
            yield load.make("KB907", item.name, load.place(item.text, start), **values)


def _has_ended(entry: Entry, context: Context) -> bool:
    """Whether the offer is over: its status says so, or its last day is behind us."""
    over = context.ids_where("offer_status", "means", "over")
    return str(entry.data.get("status")) in over or dates.is_past(entry.data.get("until"), context.today)


def _names(context: Context, kind: str, record_id: str) -> list[str]:
    """What people call a record; of an institution also without the word for its kind."""
    entry = context.by_id[kind].get(record_id)
    names = [entry.data.get("name"), *texts_in(entry.data.get("also_known_as"))] if entry else []
    known = [name for name in names if is_text(name)]
    if kind == "institutions":
        known += [name.partition(" ")[2] for name in known if name.partition(" ")[0].isupper()]
    return [name for name in known if name]


def _texts(context: Context) -> Iterator[Text]:
    """Every text that a reader meets: of records, and on pages."""
    for kind in _KINDS:
        for entry in context.entries[kind]:
            for path, text in context.texts(entry):
                if " " in text and path[0] not in _DATED and "source" not in path:
                    yield Text(entry, path, entry.file, text, _about(entry))
    for page in pages.read_pages(context)[0]:
        text = markup.without_code(calls.blank(page.text)).replace(calls.OPENING, " " * len(calls.OPENING))
        text = markup.NO_PROSE.sub(lambda found: " " * len(found.group()), text)
        about = frozenset({(page.kind.name, page.id)}) if page.kind else frozenset()
        yield Text(None, (), page.name, text, about)


def _about(entry: Entry) -> frozenset[tuple[str, str]]:
    """The records that a text in this record is about without naming them."""
    if entry.kind == "offers":
        return frozenset(kinds.joined(entry.kind, load.sort_key(entry.kind, entry.data)).items())
    if entry.kind == "trainings":
        named_there = texts_in(entry.data.get("interventions"))
        return frozenset(("interventions", name) for name in named_there)
    return frozenset({(entry.kind, str(entry.data.get("id")))})
