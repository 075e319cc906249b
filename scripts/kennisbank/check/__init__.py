"""Data becomes a list of problems: first the schema, then the rules.

A rule is a small function from ``Context`` to problems; its name and docstring are what it holds records to.
Rules never raise on data of the wrong shape: the schema reports that, and they pass over it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence

from kennisbank import load
from kennisbank.check import (
    dates,
    endings,
    evidence,
    identity,
    links,
    numbers,
    pages,
    promises,
    references,
    relations,
    reports,
    sessions,
    terms,
    upkeep,
    words,
)
from kennisbank.check.context import Context
from kennisbank.check.schemas import ENUMS, PROJECT, SCHEMA_FOLDER, make_enums, record_schema
from kennisbank.check.structure import check_alone, check_structure

__all__ = ["ENUMS", "PROJECT", "RULES", "SCHEMA_FOLDER", "check", "check_alone", "make_enums", "record_schema"]

Rule = Callable[[Context], Iterator[load.Problem]]

RULES: tuple[Rule, ...] = (
    identity.ids_are_unique,
    identity.offers_are_unique,
    identity.records_are_sorted,
    identity.moves_lead_somewhere,
    identity.ids_mean_nothing_else,
    identity.what_was_left_out_stays_out,
    promises.promises_are_kept,
    promises.nothing_without_an_id_is_lost,
    references.references_exist,
    references.references_lead_to_what_is_shown,
    references.locations_exist,
    relations.relations_are_sound,
    relations.relations_stand_on_one_side,
    dates.dates_are_possible,
    dates.ends_follow_beginnings,
    endings.offers_rest_on_sources_of_their_day,
    reports.offers_are_as_new_as_their_report,
    reports.reports_are_called_so,
    reports.reports_say_who,
    endings.statuses_change_with_their_day,
    dates.statuses_fit_the_dates,
    dates.reviews_follow_sources,
    numbers.ranges_ascend,
    sessions.minutes_add_up,
    sessions.steps_take_as_long_as_their_block,
    sessions.long_plans_have_a_break,
    sessions.sheets_are_used,
    sessions.materials_are_listed,
    sessions.cards_have_an_answer,
    sessions.plans_stand_on_their_pillars,
    evidence.strength_rests_on_study,
    links.links_are_safe,
    links.withheld_links_say_why,
    words.texts_hold_no_html,
    words.texts_hold_no_template,
    words.texts_are_finished,
    words.texts_name_nobody,
    words.texts_name_no_person,
    words.texts_are_clean,
    words.texts_hold_no_page_number,
    words.texts_are_plain,
    words.handouts_are_plain_markdown,
    words.texts_are_readable,
    words.texts_hold_no_hidden_characters,
    terms.labels_are_unique,
    terms.symbols_are_present,
    terms.inverses_are_mutual,
    pages.pages_are_sound,
    dates.claims_are_recent,
    endings.no_text_says_that_it_still_runs,
    upkeep.aliases_are_nobody_elses_name,
    upkeep.first_lines_promise_nothing,
    upkeep.participants_are_told,
    upkeep.texts_are_easy,
    upkeep.texts_say_something,
    upkeep.records_are_filled,
)


def check(
    loaded: load.Loaded, today: str | None = None, formats: bool = True, earlier: Sequence[load.Record] = ()
) -> list[load.Problem]:
    """All problems of the loaded data and its pages, in order of file and line.

    ``today`` is an ISO date, by default the day of the clock. The problems of loading are among them. ``formats`` says
    whether ``kennisbank format`` can mend what is wrong: it reads the data files, not a proposal. ``earlier`` are offers
    as they stood in the version before this one, as far as anybody knows.
    """
    with load.without_collector():
        context = Context(loaded, today or datetime.date.today().isoformat(), formats, earlier)
        # What loading refused at a place is not judged again by the schema.
        refused = {_place(problem) for problem in loaded.problems}
        found = [problem for problem in check_structure(context) if _place(problem) not in refused]
        # A value of the wrong kind is reported once, by the schema, not again by each rule that reads it.
        wrong = {(problem.file, problem.record, problem.field) for problem in found if problem.field}
        for rule in RULES:
            found += [
                problem
                for problem in rule(context)
                if not _is_inside(problem, wrong) and (not refused or _place(problem) not in refused)
            ]
    problems = dict.fromkeys([*loaded.problems, *found])
    return sorted(problems, key=_place)


def _is_inside(problem: load.Problem, wrong: set[tuple[str, str, str]]) -> bool:
    """Whether this is about a field, or a part of one, that is wrong already."""
    if not wrong or not problem.field:
        return False
    return any(
        file == problem.file
        and record == problem.record
        and (problem.field == field or problem.field.startswith((f"{field}.", f"{field}[")))
        for file, record, field in wrong
    )


def _place(problem: load.Problem) -> tuple[str, int, int]:
    return problem.file, problem.line, problem.column
