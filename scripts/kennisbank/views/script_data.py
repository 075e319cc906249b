"""The data of the scripts that help to choose, and the terms they choose by (``show_rules``).

The scripts decide in the browser. Nothing here judges a person: a source that is silent gives "not known",
never "no".
"""

from __future__ import annotations

import zlib
from collections.abc import Collection

from kennisbank.fields import Field
from kennisbank.model import EVERYWHERE, Exclusion, Intervention, KnowledgeBase, Offer, Opening, Opposite, Term
from kennisbank.views import common, meanings, shapes, standing
from kennisbank.views.catalogue import listed

# Crockford's base 32 has no I, L, O and U, which are easily misread: https://www.crockford.com/base32.html
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 3
# An id whose code is taken by an older id gets one here; a test says when. A code is a promise: never change a line.
GIVEN_CODES: dict[str, str] = {}


# The shapes that the scripts put into words themselves (facts.js).
NUMBERS = {"dosage", "range", "least", "date"}
# The shapes of who can and who cannot take part.
SIDES = {"exclusions", "openings"}


def code_of(name: str, length: int = CODE_LENGTH) -> str:
    """The signs that stand for an entry on paper: the last bits, five a sign, of the CRC-32 of its id (RFC 1952, 8)."""
    given = GIVEN_CODES.get(name)
    if given:
        return given
    number = zlib.crc32(name.encode("utf-8"))
    return "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(length)))


def show_choice(kb: KnowledgeBase) -> common.View:
    """What the scripts choose with: institutions, interventions with their offers, labels and the rules.

    Fields that are not known are left out. Archived entries only have their name and address, so that an old code
    still leads somewhere.
    """
    vocabularies = ("category", "format", "setting", "phase", "target_group", "goal", "country", "exclusion")
    return {
        "labels": {name: {term.id: term.label for term in kb.vocabularies[name].values()} for name in vocabularies},
        "statuses": {term.id: status_view(kb, term) for term in kb.vocabularies["offer_status"].values()},
        "rules": show_rules(kb),
        "codes": show_codes(),
        "institutions": [
            {
                "id": item.id,
                "name": item.name,
                "place": item.place,
                "lat": item.lat,
                "lon": item.lon,
                "kind": item.kind,
                "adult": meanings.holds_adults(kb, item),
                "url": common.url_of("institution", item.id),
            }
            for item in common.open_institutions(kb)
        ],
        "interventions": [choice_view(kb, item) for item in listed(kb)],
        "archived": [
            {"id": item.id, "code": code_of(item.id), "name": item.name, "url": common.url_of("intervention", item.id)}
            for item in kb.interventions.values()
            if item.status == "archived"
        ],
    }


def show_codes() -> common.View:
    """The signs of a code on paper, and how many stand for one id."""
    return {"signs": SIGNS, "length": CODE_LENGTH}


def status_view(kb: KnowledgeBase, term: Term) -> common.View:
    """A status with what it means for somebody who wants to take part: ``running``, ``unsure`` or ``absent``.

    ``plain``: it runs without more: not now and then, and no trial.
    """
    plain = term.id == kb.ids("offer_status", means=meanings.RUNNING)[0]
    view = {"label": term.label, "past": term.past, "means": meanings.SAID[term.means or meanings.UNSURE]}
    return without_unknown(view | {"plain": plain or None})


def show_rules(kb: KnowledgeBase) -> common.View:
    """The terms that the guide judges by, as ids: what each question looks at in an entry.

    ``units``: per unit that a reader can say to work on, the term of a source that names no unit. ``grown``,
    ``juvenile``: settings for adults, for young people. ``issues``: exclusions that are asked of a person; ``dangers``: those that put somebody in
    danger when they are overlooked; ``meant``: per exclusion the terms that say the
    opposite. ``together``, ``alone``, ``remote``: formats; remote ones are near wherever they are. ``later``: settings
    where the length of the stay does not matter. ``who``: whom the guide asks
    of; ``adults``, ``young``: target groups that are only found in one kind of institution; ``both``: those of either sex;
    ``parents``: mothers and fathers; ``outside``: those who do not live in an institution. ``moments``: the parts of detention that are asked; ``phases``: the place of each
    phase in time; ``anytime``: phases that leave the moment open. ``divisible``, ``once``: terms of in_parts, of use in
    a shorter stay or after one time. ``stay``, ``unit``, ``crowd``, ``language``, ``pending``: the exclusions that
    belong to these questions. ``home``: the countries whose places are known.
    """
    exclusions = kb.vocabularies["exclusion"].values()
    settings = kb.vocabularies["setting"].values()
    return {
        "units": {term.id: term.unit_of for term in settings if term.unit_of != term.id},
        "grown": kb.ids("setting", holds=meanings.ADULTS),
        "juvenile": kb.ids("setting", holds=meanings.YOUTH),
        "issues": kb.ids("exclusion", asked_as="issue"),
        "dangers": kb.ids("exclusion", danger=True),
        "meant": {term.id: opposite_data(term.meant_for) for term in exclusions if term.meant_for},
        "together": kb.ids("format", company="together"),
        "alone": kb.ids("format", company="alone"),
        "remote": kb.ids("format", remote=True),
        "later": kb.ids("setting", after=True),
        "who": [*meanings.sexes(kb), *kb.ids("target_group", found_in=meanings.YOUTH)],
        "young": kb.ids("target_group", found_in=meanings.YOUTH),
        "both": kb.ids("target_group", sex=meanings.BOTH),
        "adults": kb.ids("target_group", found_in=meanings.ADULTS),
        "parents": kb.ids("target_group", parent=True),
        "outside": kb.ids("target_group", outside=True),
        "moments": kb.ids("phase", asked=True),
        "phases": {term.id: term.order for term in kb.vocabularies["phase"].values()},
        "anytime": kb.ids("phase", vague=True),
        "divisible": [term.id for term in kb.vocabularies["in_parts"].values() if term.useful != "all"],
        "once": kb.ids("in_parts", useful="once"),
        "stay": kb.ids("exclusion", asked_as="stay"),
        "unit": kb.ids("exclusion", asked_as="unit"),
        "crowd": kb.ids("exclusion", asked_as="form"),
        "language": kb.ids("exclusion", asked_as="language"),
        "pending": kb.ids("exclusion", asked_as="case"),
        "home": kb.ids("country", home=True),
    }


def opposite_data(opposite: Opposite | None) -> common.View:
    """The terms that say the opposite of an exclusion, by field; those that are there."""
    fields = {name: getattr(opposite, name, ()) for name in ("target_groups", "settings", "goals")}
    return {name: terms for name, terms in fields.items() if terms}


def choice_view(kb: KnowledgeBase, item: Intervention) -> common.View:
    """One intervention for the scripts; offers best status first, so that the first of an institution speaks for it."""
    rank = common.status_rank(kb)
    names = {place.id: common.name_key(place.name) for place in kb.institutions.values()}
    offers = sorted(
        kb.offers_of.get(item.id, ()),
        key=lambda offer: (names.get(offer.institution, ()), offer.institution, rank[meanings.status_of(kb, offer)]),
    )
    view = {
        "id": item.id,
        "code": code_of(item.id),
        "name": item.name,
        "url": common.url_of("intervention", item.id),
        "tagline": item.tagline,
        "category": item.category,
        "countries": list(item.countries),
        "target_groups": list(item.target_groups),
        "goals": list(item.goals),
        "settings": list(item.settings),
        "phases": list(item.phases),
        "formats": list(item.formats),
        "min_stay_weeks": item.min_stay_weeks,
        "in_parts": item.in_parts,
        "sessions": item.dosage.sessions if item.dosage else None,
        "weeks": item.dosage.weeks if item.dosage else None,
        "everywhere": next(
            (offer.as_of for offer in offers if offer.institution == EVERYWHERE and meanings.is_present(kb, offer)),
            None,
        ),
        "offers": [offer_data(kb, offer) for offer in offers if offer.institution in kb.institutions],
        "for_staff": meanings.is_for_helpers(kb, item) or None,
        "sex": meanings.sex_of(kb, item),
        "after": meanings.is_after(kb, item) or None,
        "referred": meanings.is_referred(kb, item) or None,
        "standing": standing.brief(standing.of_intervention(kb, item)),
    }
    return without_unknown(view)


def offer_data(kb: KnowledgeBase, offer: Offer) -> common.View:
    """An offer for the scripts; ``until`` and ``stale`` are there when it has ended, is old.

    ``conflict``: on what the source contradicts itself; ``doubted``: that it runs (``running``), or how often, is in doubt.

    ``inferred``: we concluded it, from a part for example, so that it is not sure for everyone. ``sex``: here it
    is for that one only, whatever the whole is for.
    """
    return without_unknown(
        {
            "institution": offer.institution,
            "status": meanings.status_of(kb, offer),
            "until": offer.until if meanings.has_ended(offer, kb.today) else None,
            "as_of": offer.as_of,
            "local_name": offer.local_name,
            "stale": common.is_stale(offer.as_of, kb.today) or None,
            "conflict": kb.term("conflict_about", offer.conflict.about).label if offer.conflict else None,
            "doubted": meanings.doubts_of(kb, offer),
            "inferred": kb.term("basis", offer.basis).inferred or None,
            "sex": meanings.sex_of(kb, offer),
        }
    )


def without_unknown(view: common.View) -> common.View:
    """The same without what is not known."""
    return {key: value for key, value in view.items() if value is not None and value != []}


def show_choice_facts(kb: KnowledgeBase) -> common.View:
    """The facts behind comparing and printing, per id: ``summary`` and the fields that can be compared.

    A row that no source speaks of is left out. Numbers stay numbers: the words around them are those of the page.
    """
    return {item.id: facts_view(kb, item) for item in listed(kb)}


def facts_view(kb: KnowledgeBase, item: Intervention) -> common.View:
    """The facts of one intervention: texts, or numbers with their parts."""
    mixed = meanings.mixed_groups(item)
    rows = {
        field.name: fact_data(kb, field, value, mixed)
        for field in kb.fields["interventions"].reading
        if field.compare and (value := item.get(field.name)) is not None
    }
    return {"summary": item.summary, **without_unknown(rows)}


def fact_data(kb: KnowledgeBase, field: Field, value: object, mixed: Collection[str]) -> object:
    """A field for the scripts: numbers and dates as they are, with their parts by name; all else as short texts.

    A side of an exclusion that does not hold without more is ``{word, manner}`` (see ``meanings.manner_of``), with
    the ``text`` of the source where it depends; a term that leaves the thing open is ``{word, manner: "vague"}``. What
    endangers somebody comes first.
    """
    if field.shape in NUMBERS:
        parts = shapes.show_parts(kb, field, value)
        return without_unknown(parts) if isinstance(parts, dict) else parts
    labels = shapes.labels_of(kb, field, value)
    if field.shape not in SIDES or not isinstance(value, tuple):
        vague = {term.label for term in kb.vocabularies.get(shapes.vocabulary_of(field), {}).values() if term.vague}
        return [{"word": label, "manner": "vague"} if label in vague else label for label in labels]
    dangers = {kb.term("exclusion", group).label for group in kb.ids("exclusion", danger=True)}
    return [
        side_data([one for one in value if kb.term("exclusion", one.group).label == label], label, mixed)
        for label in sorted(labels, key=lambda label: label not in dangers)
    ]


def side_data(mentions: list[Exclusion | Opening], label: str, mixed: Collection[str]) -> object:
    """What the sources say on one side of one group of people, as in ``fact_data``."""
    manners = [meanings.manner_of(one, mixed) for one in mentions]
    if None in manners:
        return label
    depends = {"text": " ".join(one.text for one in mentions)} if manners[0] == "mixed" else {}
    return {"word": label, "manner": manners[0], **depends}
