"""The records of the knowledge base and the whole they form. Pure data: no input, no output, no words.

Every field keeps the name it has in the YAML files (see docs/records.md). A field that the
sources do not state is ``None`` or an empty tuple: unknown is a value of its own.
Dates are text, as precise as the source: ``2021``, ``2021-09`` or ``2021-09-15``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kennisbank import kinds
from kennisbank.fields import Fields

EVERYWHERE = kinds.EVERYWHERE
UNDATED = "unknown"  # the date of a fact whose source bears none
NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every kind of record has. ``extra`` holds the fields that the schema has and the model does not name yet."""

    extra: Mapping[str, object] = field(default_factory=lambda: NOTHING, hash=False)

    def get(self, name: str) -> object:
        """The value of a field, ``None`` when it is not known: for whoever reads fields by the notes of the schema."""
        return self.extra.get(name) if name in self.extra else getattr(self, name, None)


@dataclass(frozen=True, slots=True)
class Opposite:
    """The terms of an intervention that say that it is meant for people to whom an exclusion applies."""

    target_groups: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a closed list, with what it means for the site.

    Which meanings a list has, and what each value says, is in ``schema/vocabularies-file.schema.json``. A meaning
    that the list does not have is ``None``.
    """

    id: str
    label: str
    description: str
    synonyms: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    symbol: str | None = None
    icon: str | None = None
    inverse: str | None = None
    same: bool | None = None
    needs_first: bool | None = None
    means: str | None = None
    holds: str | None = None
    bars: int | None = None
    studied: bool | None = None
    research: bool | None = None
    home: bool | None = None
    warn: bool | None = None
    helps: bool | None = None
    found_in: str | None = None
    sex: str | None = None
    outside: bool | None = None
    unit_of: str | None = None
    order: int | None = None
    after: bool | None = None
    vague: bool | None = None
    danger: bool | None = None
    reports: bool | None = None
    company: str | None = None
    useful: str | None = None
    asked_by: str | None = None
    asked_as: str | None = None
    meant_for: Opposite | None = None
    shown: bool | None = None
    inferred: bool | None = None
    stands: str | None = None
    past: str | None = None
    dated: str | None = None
    several: str | None = None
    in_year: str | None = None
    trial: bool | None = None
    with_youth: bool | None = None
    indoors: bool | None = None
    anchor: str | None = None
    parent: bool | None = None
    asked: bool | None = None
    remote: bool | None = None
    page: str | None = None
    chapters: str | None = None
    reported: bool | None = None
    titled: bool | None = None
    pending: bool | None = None
    inside: bool | None = None
    talk: bool | None = None
    rest: bool | None = None
    does: str | None = None
    people: int | None = None
    used_up: bool | None = None
    per_page: int | None = None
    keyed: bool | None = None
    trainer: bool | None = None
    least: str | None = None
    care: str | None = None
    care_of: tuple[str, ...] = ()
    referred: bool | None = None
    doubts: str | None = None
    then: str | None = None
    low: int | None = None
    high: int | None = None
    fits: str | None = None
    counts_as: str | None = None
    times: float | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A source and the place in it: page, section, table or footnote."""

    id: str
    where: str


@dataclass(frozen=True, slots=True)
class SourcedText:
    """A sentence in our own words with the place it rests on."""

    text: str
    source: SourceRef


@dataclass(frozen=True, slots=True)
class Range:
    """From and to, or about, in the unit of the field (years, people). Each may be unknown."""

    min: int | None = None
    max: int | None = None
    about: int | None = None


@dataclass(frozen=True, slots=True)
class Dosage:
    """Number of sessions, minutes per session and length in weeks, as far as stated."""

    sessions: int | None = None
    minutes: int | None = None
    weeks: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """Who leads or carries out the intervention."""

    role: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class StaffMention:
    """What a source says of people in a role, such as who refers or whose task is restorative work; never by name."""

    role: str
    text: str
    source: SourceRef


@dataclass(frozen=True, slots=True)
class StaffFunction(StaffMention):
    """A function of an institution. ``vacant``: that there was nobody in it then."""

    vacant: bool | None = None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """For whom it is not meant, and what is possible instead.

    ``firm`` is ``False`` where the source says that it may be so, or of a part of the group only; ``said_of`` is whom it
    is said of, adults or youth, where it is not both; ``in_general`` where it is said of such interventions, not of this
    one apart.
    """

    group: str
    text: str
    source: SourceRef
    instead: str | None = None
    instead_of: str | None = None
    firm: bool | None = None
    said_of: str | None = None
    in_general: bool | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A group of which a source says that they can take part."""

    group: str
    text: str
    source: SourceRef
    said_of: str | None = None
    in_general: bool | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """What the editors advise, which no source says; ``part`` is the part of the page it belongs to."""

    text: str
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """That something was looked for on a day (ISO date), where, and what it gave."""

    on: str
    where: str
    result: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known, what is not, and how and where it was studied."""

    strength: str
    known: str
    unknown: str
    studied: str
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognition:
    """An official recognition, never our own judgement."""

    level: str
    body: str
    source: SourceRef
    date: str | None = None
    until: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source asserts about effect or numbers, and what the editors make of it."""

    text: str
    claimed_by: str
    source: SourceRef
    verdict: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, period and source."""

    label: str
    value: float
    unit: str
    source: SourceRef
    period: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class EditorNote:
    """A doubt or an error in a source, as the editors saw it."""

    text: str
    severity: str
    about: str | None = None
    part: str | None = None
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An address from a source: as printed, corrected, or withheld with the reason."""

    url: str
    label: str
    status: str
    note: str | None = None
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A related intervention, read from the one that holds it."""

    id: str
    relation: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Intervention(Record):
    """What it is: the same wherever it is offered."""

    id: str
    name: str
    tagline: str
    summary: str
    category: str
    kind: str
    countries: tuple[str, ...]
    goals: tuple[str, ...]
    target_groups: tuple[str, ...]
    settings: tuple[str, ...]
    formats: tuple[str, ...]
    delivered_by: tuple[Delivery, ...]
    evidence: Evidence
    sources: tuple[SourceRef, ...]
    status: str
    reviewed_on: str
    also_known_as: tuple[str, ...] = ()
    participant_text: str | None = None
    also_in: tuple[str, ...] = ()
    jurisdiction: str | None = None
    pillars: tuple[str, ...] = ()
    target_group_note: str | None = None
    learners: tuple[str, ...] = ()
    age: Range | None = None
    phases: tuple[str, ...] = ()
    group_size: Range | None = None
    dosage: Dosage | None = None
    min_stay_weeks: int | None = None
    in_parts: str | None = None
    referred_by: tuple[StaffMention, ...] = ()
    providers: tuple[str, ...] = ()
    developed_by: tuple[str, ...] = ()
    ended: tuple[SourcedText, ...] = ()
    selection: tuple[SourcedText, ...] = ()
    not_suitable: tuple[Exclusion, ...] = ()
    open_to: tuple[Opening, ...] = ()
    core_elements: tuple[SourcedText, ...] = ()
    adaptable: tuple[SourcedText, ...] = ()
    preconditions: tuple[SourcedText, ...] = ()
    success_factors: tuple[SourcedText, ...] = ()
    challenges: tuple[SourcedText, ...] = ()
    risks: tuple[SourcedText, ...] = ()
    stop_rules: tuple[SourcedText, ...] = ()
    advice: tuple[Advice, ...] = ()
    recognition: Recognition | None = None
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    editor_notes: tuple[EditorNote, ...] = ()
    links: tuple[Link, ...] = ()
    related: tuple[Relation, ...] = ()
    keywords: tuple[str, ...] = ()
    searched: tuple[Search, ...] = ()
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places that disagree on a subject; both are kept."""

    about: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives an intervention in one institution: own staff by function, or an organisation."""

    role: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Offer(Record):
    """That an intervention runs, ran or does not run in an institution, on a date or ``UNDATED``."""

    intervention: str
    institution: str
    status: str
    as_of: str
    basis: str
    sources: tuple[SourceRef, ...]
    location: str | None = None
    since: str | None = None
    until: str | None = None
    since_text: str | None = None
    local_name: str | None = None
    provider: str | None = None
    given_by: tuple[Giver, ...] = ()
    target_groups: tuple[str, ...] = ()
    note: str | None = None
    card_text: str | None = None
    searched: tuple[Search, ...] = ()
    conflict: Conflict | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """A part of an institution with a name of its own."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Institution(Record):
    """Where it could be. Coordinates are those of the town, in degrees (WGS 84)."""

    id: str
    name: str
    kind: str
    place: str
    province: str
    lat: float
    lon: float
    sources: tuple[SourceRef, ...]
    status: str
    locations: tuple[Location, ...] = ()
    populations: tuple[str, ...] = ()
    restorative_staff: tuple[StaffFunction, ...] = ()
    partnerships: tuple[SourcedText, ...] = ()
    special: tuple[SourcedText, ...] = ()
    data_note: str | None = None
    also_known_as: tuple[str, ...] = ()
    editor_notes: tuple[EditorNote, ...] = ()
    searched: tuple[Search, ...] = ()
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation(Record):
    """Who offers or developed it."""

    id: str
    name: str
    kind: str
    summary: str
    sources: tuple[SourceRef, ...]
    status: str
    also_known_as: tuple[str, ...] = ()
    country: str | None = None
    since: str | None = None
    region: str | None = None
    funding: str | None = None
    audience: str | None = None
    runs_institutions: bool | None = None
    people: str | None = None
    training: str | None = None
    website: str | None = None
    looked_up_on: str | None = None
    editor_notes: tuple[EditorNote, ...] = ()
    searched: tuple[Search, ...] = ()
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reported something from practice: a role and where it works, never a name."""

    role: str
    institution: str | None = None


@dataclass(frozen=True, slots=True)
class Source(Record):
    """A document that facts rest on, with its method and limits; ``year`` is ``None`` where ``as_of`` is ``UNDATED``."""

    id: str
    title: str
    kind: str
    country: str
    method: str
    limits: str
    as_of: str
    status: str
    short: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    publisher: str | None = None
    reported_by: Reporter | None = None
    second_reader: str | None = None
    url: str | None = None
    looked_up_on: str | None = None
    used_for: str | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Copies:
    """How many of something: ``count`` for each ``per``, a term of ``share``."""

    count: int
    per: str


@dataclass(frozen=True, slots=True)
class Material:
    """Something to bring to a session; ``per`` is a term of ``share``."""

    material: str
    count: int
    per: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A sub-step of a block: what the trainer does, says, asks and watches for, in that order."""

    minutes: int | None = None
    do: str | None = None
    say: str | None = None
    ask: str | None = None
    watch: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A timed part of a session plan that can stand on its own. ``uses`` are the sheets of the plan that it needs."""

    id: str
    title: str
    minutes: int
    form: str
    steps: tuple[Step, ...]
    slot: str | None = None
    purpose: str | None = None
    theme: str | None = None
    group_size: Range | None = None
    heavy: bool = False
    materials: tuple[Material, ...] = ()
    uses: tuple[str, ...] = ()
    safety: str | None = None
    write_down: str | None = None


@dataclass(frozen=True, slots=True)
class Objective:
    """What a participant can do afterwards, and the question that shows it."""

    text: str
    exit: str | None = None


@dataclass(frozen=True, slots=True)
class Short:
    """The version of twenty minutes."""

    steps: tuple[Step, ...]
    uses: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """How long it takes: its steps together."""
        return sum(step.minutes or 0 for step in self.steps)


@dataclass(frozen=True, slots=True)
class Told:
    """What to do in this session when somebody tells something serious, a term of ``disclosure``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """The series that a plan belongs to, and its place in it."""

    id: str
    place: int


@dataclass(frozen=True, slots=True)
class Variation:
    """A shorter, longer or other way to do the session, with its length where that differs."""

    kind: str
    text: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One card; ``text`` is Markdown without HTML, ``answer`` and ``signal`` are for the trainer."""

    text: str
    title: str | None = None
    note: str | None = None
    answer: str | None = None
    signal: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """What the trainer expects at one question of a sheet."""

    answer: str
    on: str | None = None
    signal: str | None = None


@dataclass(frozen=True, slots=True)
class Handout:
    """A sheet or a deck of cards to print; ``text`` is Markdown without HTML."""

    id: str
    title: str
    kind: str
    copies: Copies
    text: str
    theme: str | None = None
    cards: tuple[Card, ...] = ()
    key: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Training(Record):
    """A session plan; ``minutes`` is the sum of its blocks and ``buffer``."""

    id: str
    title: str
    audience: tuple[str, ...]
    themes: tuple[str, ...]
    minutes: int
    buffer: int
    complexity: str
    dutch: str
    tried_out: str
    objectives: tuple[Objective, ...]
    preparation: tuple[str, ...]
    materials: tuple[Material, ...]
    blocks: tuple[Block, ...]
    debrief: tuple[str, ...]
    tips: tuple[str, ...]
    variations: tuple[Variation, ...]
    handouts: tuple[Handout, ...]
    interventions: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    status: str
    reviewed_on: str
    tagline: str | None = None
    series: Place | None = None
    group_size: Range | None = None
    open_case: bool | None = None
    room: tuple[str, ...] = ()
    who_leads: str | None = None
    background: tuple[str, ...] = ()
    short: Short | None = None
    safety: str | None = None
    told: tuple[Told, ...] = ()
    aftercare: str | None = None
    follow_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GlossaryEntry(Record):
    """A word or abbreviation of the field, explained, with whose word it is."""

    id: str
    term: str
    description: str
    jurisdiction: str
    sources: tuple[SourceRef, ...]
    status: str
    abbreviation: str | None = None
    also_known_as: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut(Record):
    """Something that was looked at and is not in, with the reason and what would bring it in."""

    id: str
    name: str
    reason: str
    why: str
    sources: tuple[SourceRef, ...]
    status: str
    also_known_as: tuple[str, ...] = ()
    brings_in: str | None = None


@dataclass(frozen=True, slots=True)
class Change(Record):
    """A record that changed on a day, as it was told then. ``record`` is its key, with slashes."""

    on: str
    kind: str
    record: str
    how: str
    told: tuple[str, ...] = ()
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """All published records, found by id, in the order of the files.

    ``fields`` is what the schemas say of the fields of each kind: labels, shapes, where they are shown.
    ``today`` is the day (ISO date) against which the age of facts is told. ``drafts`` are the
    records that are left out, as ``(kind, id)``. The last four fields are indexes of the
    others: offers by intervention and by institution, relations as ``(from, relation)`` by the
    intervention they point at, and the last change of each record by kind and key.
    """

    today: str
    vocabularies: Mapping[str, Mapping[str, Term]]
    interventions: Mapping[str, Intervention]
    offers: tuple[Offer, ...]
    institutions: Mapping[str, Institution]
    organisations: Mapping[str, Organisation]
    sources: Mapping[str, Source]
    trainings: Mapping[str, Training]
    glossary: Mapping[str, GlossaryEntry]
    left_out: Mapping[str, LeftOut]
    changes: tuple[Change, ...]
    fields: Mapping[str, Fields]
    drafts: frozenset[tuple[str, str]] = frozenset()
    offers_of: Mapping[str, tuple[Offer, ...]] = field(init=False)
    offers_at: Mapping[str, tuple[Offer, ...]] = field(init=False)
    relations_to: Mapping[str, tuple[tuple[str, Relation], ...]] = field(init=False)
    last_change: Mapping[tuple[str, str], Change] = field(init=False)

    def __post_init__(self) -> None:
        """Index the offers, the relations and the changes by the records that they are about."""
        offers_of: dict[str, list[Offer]] = {}
        offers_at: dict[str, list[Offer]] = {}
        relations_to: dict[str, list[tuple[str, Relation]]] = {}
        for offer in self.offers:
            offers_of.setdefault(offer.intervention, []).append(offer)
            offers_at.setdefault(offer.institution, []).append(offer)
        for item in self.interventions.values():
            for relation in item.related:
                relations_to.setdefault(relation.id, []).append((item.id, relation))
        ordered = sorted(self.changes, key=lambda change: change.on)
        object.__setattr__(self, "last_change", {(change.kind, change.record): change for change in ordered})
        object.__setattr__(self, "offers_of", {key: tuple(offers) for key, offers in offers_of.items()})
        object.__setattr__(self, "offers_at", {key: tuple(offers) for key, offers in offers_at.items()})
        object.__setattr__(self, "relations_to", {key: tuple(pairs) for key, pairs in relations_to.items()})

    def term(self, vocabulary: str, term_id: str) -> Term:
        """The term with that id; ``KeyError`` when the list has no such term."""
        return self.vocabularies[vocabulary][term_id]

    def ids(self, vocabulary: str, **meaning: object) -> tuple[str, ...]:
        """The ids of the terms that mean this, in file order: ``kb.ids("setting", vague=True)``."""
        return tuple(
            term.id
            for term in self.vocabularies[vocabulary].values()
            if all(getattr(term, name) == value for name, value in meaning.items())
        )
