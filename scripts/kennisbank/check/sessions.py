"""Session plans: the minutes add up, what a block needs is there, and every card has its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kennisbank import kinds, load
from kennisbank.check.context import Context, Entry, advise, is_text, mappings, name_term, texts_in

# A tenth of a session is kept free, and people sit for an hour and a half at most (design of the training section).
BUFFER_SHARE = 10
WITHOUT_BREAK = 90
SHORT = 20
CUES = ("do", "say", "ask", "watch")


def minutes_add_up(context: Context) -> Iterator[load.Problem]:
    """The minutes of the blocks of a session plan and its buffer are together the minutes of the plan."""
    for entry in context.entries["trainings"]:
        total, buffer, blocks = entry.data.get("minutes"), entry.data.get("buffer"), _minutes(entry.data.get("blocks"))
        if isinstance(total, int) and isinstance(buffer, int) and blocks:
            if sum(blocks) + buffer != total:
                difference = abs(sum(blocks) + buffer - total)
                values = {"total": total, "sum": sum(blocks) + buffer, "difference": difference}
                yield context.at("KB305", entry, ("minutes",), **values)
            elif buffer * BUFFER_SHARE < total:
                least = -(-total // BUFFER_SHARE)
                yield context.at("KB307", entry, ("buffer",), buffer=buffer, total=total, least=least)


def steps_take_as_long_as_their_block(context: Context) -> Iterator[load.Problem]:
    """Sub-steps that all have minutes are together as long as their block, and the short version takes 20 minutes."""
    for entry in context.entries["trainings"]:
        for index, block in mappings(entry.data.get("blocks")):
            total, minutes = block.get("minutes"), _minutes(block.get("steps"))
            if isinstance(total, int) and minutes and sum(minutes) != total:
                values = {"title": load.Quoted(str(block.get("title", ""))), "total": total, "sum": sum(minutes)}
                yield context.at("KB309", entry, ("blocks", index, "minutes"), **values)
        short = entry.data.get("short")
        if isinstance(short, dict) and isinstance(short.get("steps"), list):
            minutes = _minutes(short["steps"])
            if sum(minutes) != SHORT:
                yield context.at("KB310", entry, ("short", "steps"), sum=sum(minutes), total=SHORT)


def long_plans_have_a_break(context: Context) -> Iterator[load.Problem]:
    """A plan of which the blocks take more than an hour and a half has a break."""
    rests = context.ids_where("step_form", "rest", True)
    for entry in context.entries["trainings"]:
        minutes = _minutes(entry.data.get("blocks"))
        forms = {str(block.get("form")) for _, block in mappings(entry.data.get("blocks"))}
        if sum(minutes) > WITHOUT_BREAK and not forms & rests:
            yield context.at("KB308", entry, ("blocks",), True, sum=sum(minutes), most=WITHOUT_BREAK)


def sheets_are_used(context: Context) -> Iterator[load.Problem]:
    """What a block uses is a sheet of its plan; each sheet is used, unless only the trainer reads it.

    Where a block names a sheet that is not there, the one that nobody uses is most likely the one meant: told once.
    """
    for_trainer = context.ids_where("handout_kind", "trainer", True)
    for entry in context.entries["trainings"]:
        numbered = mappings(entry.data.get("handouts"))
        sheets = {own: (index, sheet) for index, sheet in numbered if is_text(own := sheet.get("id"))}
        used = set()
        for path, name in _uses(entry):
            used.add(name)
            if name not in sheets:
                titled = ", ".join(name_term(own, sheet.get("title")) for own, (_, sheet) in sheets.items())
                values = {"id": load.Quoted(name), "advice": advise(name, sheets), "sheets": titled}
                yield context.at("KB219", entry, path, **values)
        for own, (index, sheet) in sheets.items() if used <= sheets.keys() else ():
            if own not in used and str(sheet.get("kind")) not in for_trainer:
                yield context.at("KB220", entry, ("handouts", index, "id"), id=load.Quoted(own))


def materials_are_listed(context: Context) -> Iterator[load.Problem]:
    """A material that a sub-step names is in the list of its block or of the plan; likewise a sheet."""
    words = _material_words(context)
    for entry in context.entries["trainings"]:
        listed = _materials(entry.data)
        titles = {str(sheet.get("id")): sheet.get("title") for _, sheet in mappings(entry.data.get("handouts"))}
        for index, block in mappings(entry.data.get("blocks")):
            here, used = listed | _materials(block), set(texts_in(block.get("uses")))
            told: set[str] = set()
            for number, step in mappings(block.get("steps")):
                for cue in CUES:
                    text, path = step.get(cue), ("blocks", index, "steps", number, cue)
                    if not is_text(text):
                        continue
                    for name, (label, search) in words.items():
                        if name not in here | told and search.search(text):
                            told.add(name)
                            yield context.at("KB311", entry, path, material=load.Quoted(label), id=name)
                    for sheet, title in titles.items():
                        if is_text(title) and sheet not in used | told and title in text:
                            told.add(str(sheet))
                            yield context.at("KB221", entry, path, title=load.Quoted(title), id=sheet)


def cards_have_an_answer(context: Context) -> Iterator[load.Problem]:
    """Each card that needs one has an expected answer or the signal not to miss; so has each such sheet."""
    keyed = context.ids_where("handout_kind", "keyed", True)
    for entry in context.entries["trainings"]:
        for index, sheet in mappings(entry.data.get("handouts")):
            if str(sheet.get("kind")) not in keyed:
                continue
            cards = list(mappings(sheet.get("cards")))
            for number, card in cards:
                if not {"answer", "signal"} & card.keys():
                    path = ("handouts", index, "cards", number)
                    yield context.at("KB130", entry, path, number=number + 1)
            if not cards and not sheet.get("key"):
                yield context.at("KB131", entry, ("handouts", index, "id"), id=load.Quoted(str(sheet.get("id"))))


def plans_stand_on_their_pillars(context: Context) -> Iterator[load.Problem]:
    """A published plan tells who may lead it, what to mind, the aftercare, the short version and the follow-up."""
    known = context.fields.get("trainings")
    for entry in context.entries["trainings"]:
        if entry.data.get("status") != kinds.PUBLISHED or not known:
            continue
        lacking = [field.label for field in known.all if field.need == "wanted" and field.name not in entry.data]
        if any("exit" not in goal for _, goal in mappings(entry.data.get("objectives"))):
            lacking.append(load.say("advice.exit"))
        if lacking:
            yield context.at("KB132", entry, ("id",), fields=", ".join(lacking))


def _minutes(items: object) -> list[int]:
    """The minutes of all items; nothing when one has none."""
    found = [item.get("minutes") for _, item in mappings(items)]
    minutes = [value for value in found if isinstance(value, int)]
    return minutes if len(minutes) == len(found) else []


def _uses(entry: Entry) -> Iterator[tuple[load.FieldPath, str]]:
    for index, block in mappings(entry.data.get("blocks")):
        for number, name in enumerate(texts_in(block.get("uses"))):
            yield ("blocks", index, "uses", number), name
    short = entry.data.get("short")
    for number, name in enumerate(texts_in(short.get("uses")) if isinstance(short, dict) else ()):
        yield ("short", "uses", number), name


def _materials(data: load.Record) -> set[str]:
    return {str(item.get("material")) for _, item in mappings(data.get("materials"))}


def _material_words(context: Context) -> dict[str, tuple[str, re.Pattern]]:
    """Of each material its label and what finds a name of it in a text."""
    found = {}
    for name, term in context.loaded.vocabularies.get("material", {}).items():
        if isinstance(term, dict) and is_text(label := term.get("label")):
            names = "|".join(map(re.escape, (label, *texts_in(term.get("synonyms")))))
            found[name] = label, re.compile(rf"\b(?:{names})\b", re.IGNORECASE)
    return found
