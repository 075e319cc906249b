"""The guide "Past het?" over all records: forty made-up persons with a known answer, and both sides of every exclusion.

What a source opens and closes is read here from the YAML itself, not from what the guide was given.
"""

import json
import os
import re
import subprocess

import pytest
import yaml

from kennisbank import load, views
from kennisbank.model import KnowledgeBase
from kennisbank.views import choosing, fitting, script_data
from tests.helpers import ROOT, tell_all
from tests.js import tools

PERSONS = yaml.safe_load((ROOT / "tests/guide/persons.yaml").read_text(encoding="utf-8"))
HELD = yaml.safe_load((ROOT / "tests/guide/held.yaml").read_text(encoding="utf-8"))
EVERYBODY = PERSONS + HELD
# Why something stands under "not" although a source opens it to a group: the source says that of people elsewhere, of
# the other sex or age, or it is not what was asked.
AT_HAND = {"here", "everywhere", "own"}
OTHER_REASONS = {"kind", "who", "parent", "place", "goal", "form", "unit", "moment", "case", "weeks"}


@pytest.fixture(scope="module")
def told(kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """What the guide says of every person, by the rules that run in the browser."""
    folder = tmp_path_factory.mktemp("guide")
    given, persons = folder / "given.json", folder / "persons.json"
    given.write_text(
        json.dumps({"choice": views.show_choice(kb), "guide": views.show_guide_data(kb)}), encoding="utf-8"
    )
    persons.write_text(json.dumps(EVERYBODY), encoding="utf-8")
    environment = {"KENNISBANK_GIVEN": str(given), "KENNISBANK_PERSONS": str(persons)}
    command = [str(tools.find_node()), "tests/js/persons.js"]
    result = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def records(loaded: load.Loaded) -> dict[str, dict]:
    """The interventions as they stand in the YAML."""
    found = {record["id"]: record for record in loaded.records["interventions"]}
    assert len(found) > 50
    return found


def groups_of(answers: dict) -> set[str]:
    """The exclusions that are about this person, by the answers."""
    groups = set(answers.get("issues", ()))
    groups |= {"language"} if answers.get("dutch") == "none" else set()
    return groups | ({"pending-case"} if answers.get("case") == "open" else set())


def test_there_are_forty_persons_and_each_is_another(records: dict[str, dict]) -> None:
    assert len(PERSONS) == len({person["id"] for person in PERSONS}) == 40
    assert len(HELD) == 12
    assert len({json.dumps(person["answers"], sort_keys=True) for person in EVERYBODY}) == 52
    named = {item for person in EVERYBODY for item in (*person["can"], *person["cannot"], *person["reasons"])}
    assert named <= records.keys()


def test_every_answer_of_a_person_can_be_given(kb: KnowledgeBase) -> None:
    guide, rules = choosing.show_guide(kb), script_data.show_rules(kb)
    allowed = {
        "who": rules["who"],
        "parent": ("yes", "no"),
        "place": kb.institutions,
        "weeks": range(1041),
        "moment": rules["moments"],
        "unit": {*rules["units"], *rules["later"]},
        "case": ("open", "closed"),
        "dutch": ("none", "some", "enough"),
        "form": ("group", "alone"),
        "issues": {issue["id"] for issue in guide["issues"]},
        "goal": {goal["id"] for goal in guide["goals"]},
    }
    tell_all(
        f"{person['id']}: {name} {value}"
        for person in EVERYBODY
        for name, values in person["answers"].items()
        for value in (values if isinstance(values, list) else [values])
        if value not in allowed[name]
    )


def test_every_person_gets_the_right_answer(told: dict[str, dict]) -> None:
    wrong = []
    for person in EVERYBODY:
        found = told[person["id"]]
        wrong += [f"{person['id']}: {item} is not" for item in person["can"] if found[item]["verdict"] == "not"]
        wrong += [
            f"{person['id']}: {item} is {found[item]['verdict']}"
            for item in person["cannot"]
            if found[item]["verdict"] != "not"
        ]
        wrong += [
            f"{person['id']}: {item} has no {question} {verdict}: {found[item]['reasons']}"
            for item, reasons in person["reasons"].items()
            for question, verdict in reasons.items()
            if [question, verdict] not in [reason[:2] for reason in found[item]["reasons"]]
        ]
    tell_all(wrong)


def opened_to(records: dict[str, dict], item: str, group: str) -> bool:
    """Whether a source says that people of a group can join: there, or where another entry sends them."""
    return any(part["group"] == group for part in records[item].get("open_to", ())) or any(
        part["group"] == group and part.get("instead_of") == item
        for other in records.values()
        for part in other.get("not_suitable", ())
    )


def closed_to(records: dict[str, dict], item: str, group: str) -> bool:
    """Whether a source names a group among those for whom it is not."""
    return any(part["group"] == group for part in records[item].get("not_suitable", ()))


def test_nothing_that_a_source_opens_is_refused_for_that_group(told: dict[str, dict], records: dict[str, dict]) -> None:
    """It may still be refused for another reason that the records give, such as the place or another group."""
    wrong, looked = [], 0
    for person in EVERYBODY:
        for item, found in told[person["id"]].items():
            opened = {group for group in groups_of(person["answers"]) if opened_to(records, item, group)}
            looked += len(opened)
            if not opened or found["verdict"] != "not":
                continue
            refused = {question for question, verdict, _ in found["reasons"] if verdict == "no"}
            others = {group for group in groups_of(person["answers"]) - opened if closed_to(records, item, group)}
            if not refused & OTHER_REASONS and not others:
                wrong.append(f"{person['id']}: {item} is open to {opened}")
    assert looked > 40
    tell_all(wrong)


def test_nothing_that_a_source_closes_is_said_to_fit(told: dict[str, dict], records: dict[str, dict]) -> None:
    wrong, looked = [], 0
    for person in EVERYBODY:
        answers = person["answers"]
        for item, found in told[person["id"]].items():
            record = records[item]
            closed = {group for group in groups_of(answers) if closed_to(records, item, group)}
            stay = answers.get("weeks", 10**6) < record.get("min_stay_weeks", 0)
            looked += bool(closed) + stay
            if (closed or stay) and found["verdict"] == "fits":
                wrong.append(f"{person['id']}: {item} is closed to {closed or answers['weeks']}")
    assert looked > 40
    tell_all(wrong)


def test_what_is_not_here_or_not_to_join_is_always_refused(
    told: dict[str, dict], kb: KnowledgeBase, records: dict[str, dict]
) -> None:
    """What people do for each other is not joined either, but can be asked for by whom a source opens it to."""
    out = {item: data["out"] for item, data in views.show_guide_data(kb).items() if "out" in data}
    assert len(out) > 15
    tell_all(
        f"{person['id']}: {item}"
        for person in EVERYBODY
        for item, why in out.items()
        if told[person["id"]][item]["verdict"] != "not"
        and not (why == fitting.OWN and any(opened_to(records, item, group) for group in groups_of(person["answers"])))
    )


def test_nothing_that_starts_a_detention_comes_first_for_somebody_about_to_leave(
    told: dict[str, dict], records: dict[str, dict]
) -> None:
    early = {
        item for item, record in records.items() if set(record.get("phases") or ["x"]) <= {"start", "before-verdict"}
    }
    assert early
    leaving = [
        person["id"]
        for person in EVERYBODY
        if person["answers"].get("moment") == "end" or person["answers"].get("weeks", 99) < 13
    ]
    assert len(leaving) > 5
    for person in leaving:
        for verdict in ("fits", "maybe"):
            # What is only for another role stands behind all, whatever its time.
            listed = [item for item, one in told[person].items() if one["verdict"] == verdict and one["part"] != "role"]
            first = [item for item in listed if item not in early]
            late = [item for item in listed if item in early]
            assert listed == first + late, (person, verdict)


def test_the_course_that_takes_who_is_refused_elsewhere_is_in_sight(told: dict[str, dict]) -> None:
    """The man of the review: six weeks left, Arnhem; the individual course is what there is for him."""
    listed = [item for item, found in told["man-arnhem-zes-weken-zeden"].items() if found["verdict"] != "not"]
    assert listed[:2] == ["herstelbemiddeling", "sos-individueel"]
    assert listed.index("mijn-kind-en-ik") > listed.index("herstelconferentie")


def test_what_may_fit_stands_by_where_it_is_and_whom_it_concerns(
    told: dict[str, dict], kb: KnowledgeBase, records: dict[str, dict]
) -> None:
    """Here before elsewhere, then another time, and last another role; nothing for another role is handed over."""
    parts = ["here", "anywhere", "elsewhere", "later", "role"]
    outside = {term.id for term in kb.vocabularies["target_group"].values() if term.outside}
    parents = {term.id for term in kb.vocabularies["target_group"].values() if term.parent}
    seen, wrong = set(), []
    for person in EVERYBODY:
        for verdict in ("fits", "maybe"):
            found = {item: one for item, one in told[person["id"]].items() if one["verdict"] == verdict}
            order = [parts.index(one["part"]) for one in found.values()]
            wrong += [f"{person['id']}, {verdict}: {order}"] if order != sorted(order) else []
            for item, one in found.items():
                seen.add(one["part"])
                groups = set(records[item]["target_groups"])
                unasked = "parent" not in person["answers"] and not groups & {"adults", "youth"}
                lacks = groups <= outside - {"after-release"} or bool(groups & parents and unasked)
                # Whose age and sex nobody said, is no young person either.
                role, blank = one["part"] == "role", not {"who", "place"} & person["answers"].keys()
                wrong += [f"{person['id']}: {item} is {one['part']}"] if lacks > role or role > (lacks or blank) else []
                wrong += [f"{person['id']}: {item} handed over"] if lacks and one["for_person"] else []
    assert seen == set(parts)
    tell_all(wrong)


def test_a_stay_that_no_source_states_is_said_to_be_ours(told: dict[str, dict], records: dict[str, dict]) -> None:
    """Weeks that a source asks for, and weeks that we concluded from how long it lasts."""
    stated = {
        item
        for item, record in records.items()
        if record.get("min_stay_weeks") and closed_to(records, item, "too-short-stay")
    }
    ours = {item for item, record in records.items() if record.get("min_stay_weeks")} - stated
    assert stated and ours
    ids = {item: {name for found in told.values() for _, _, name in found[item]["reasons"]} for item in stated | ours}
    tell_all(f"{item}: {ids[item]}" for item in stated if ids[item] & {"weeks-short-ours", "weeks-enough-ours"})
    tell_all(f"{item}: {ids[item]}" for item in ours if ids[item] & {"weeks-short", "weeks-enough"})


def test_a_number_of_meetings_is_no_number_of_weeks(told: dict[str, dict], records: dict[str, dict]) -> None:
    counted = [
        (item, one)
        for found in told.values()
        for item, one in found.items()
        if ["weeks", "unknown", "weeks-sessions"] in one["reasons"]
    ]
    assert len(counted) > 10
    tell_all(item for item, one in counted if ["weeks", "no"] in [reason[:2] for reason in one["reasons"]])
    tell_all(item for item, _ in counted if (records[item].get("dosage") or {}).get("weeks"))


def test_the_help_that_is_there_for_who_speaks_no_dutch_is_in_sight(told: dict[str, dict]) -> None:
    found = told["geen-nederlands-ter-apel"]
    assert "peer-informatief" in [item for item, one in found.items() if one["verdict"] != "not"][:7]


def test_what_is_at_hand_comes_by_how_sure_it_is_for_this_person(told: dict[str, dict]) -> None:
    """Opened, nothing against it, unknown, may be refused, asks for another first."""

    def stand(found: dict) -> int:
        ids = {(verdict, name) for _, verdict, name in found["reasons"]}
        if ("unknown", "first") in ids:
            return 4
        if ids & {("unknown", "stated"), ("unknown", "stated-soft")}:
            return 3
        return 0 if ("yes", "opened") in ids else 2 if any(verdict == "unknown" for verdict, _ in ids) else 1

    wrong = []
    seen = set()
    for person, found in told.items():
        for verdict in ("fits", "maybe"):
            at_hand = [
                (item, stand(one))
                for item, one in found.items()
                if one["verdict"] == verdict and one["part"] in {"here", "anywhere"} and one["group"] in AT_HAND
            ]
            seen |= {number for _, number in at_hand}
            if [number for _, number in at_hand] != sorted(number for _, number in at_hand):
                wrong.append(f"{person}, {verdict}: {at_hand}")
    assert seen == {0, 1, 2, 3, 4}
    tell_all(wrong)


def without(reasons: list[list[str]], both: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """The reasons, without those that only together hold a condition."""
    found = {tuple(reason) for reason in reasons}
    return found - both if both <= found else found


def test_only_what_is_sure_for_a_person_is_handed_over(told: dict[str, dict]) -> None:
    handed = {person: [item for item, one in found.items() if one["for_person"]] for person, found in told.items()}
    assert {"herstelbemiddeling", "sos-individueel"} <= set(handed["man-arnhem-zes-weken-zeden"])
    assert not {"puinruimen", "mijn-kind-en-ik"} & set(handed["man-arnhem-zes-weken-zeden"])
    # What a source softly closes while the case is open, and opens too, goes along with the words that open it.
    assert "herstelbemiddeling" in handed["voorarrest-grave-zaak-open"]
    unsure = {("unknown", "stated"), ("unknown", "stated-soft"), ("unknown", "who-if")}
    both = {("case", "unknown", "stated-soft"), ("case", "unknown", "opened")}
    tell_all(
        f"{person}: {item} {told[person][item]['reasons']}"
        for person, items in handed.items()
        for item in items
        if told[person][item]["verdict"] == "not"
        or unsure & {(verdict, name) for _, verdict, name in without(told[person][item]["reasons"], both)}
    )


def test_no_entry_is_called_silent_where_its_record_holds_the_words(
    kb: KnowledgeBase, records: dict[str, dict]
) -> None:
    """Over every record and every group that is asked: label and synonyms in what says who can join."""
    terms = [term for term in kb.vocabularies["exclusion"].values() if term.asked_as in fitting.TELLING]
    data = views.show_guide_data(kb)
    wrong, looked = [], 0
    for item, known in data.items():
        record = records[item]
        parts = [record["summary"], record.get("target_group_note") or ""]
        parts += [part["text"] for name in ("selection", "open_to", "not_suitable") for part in record.get(name) or ()]
        text = " ".join(parts).lower()
        spoken = {part["group"] for name in ("not_suitable", "open_to") for part in known.get(name, ())}
        spoken |= set(known.get("told", ()))
        for term in terms:
            if any(re.search(r"\b" + re.escape(word.lower()), text) for word in (term.label, *term.synonyms)):
                looked += 1
                wrong += [f"{item}: {term.id}"] if term.id not in spoken else []
    assert looked > 30
    tell_all(wrong)


def test_what_a_source_says_of_sos_stands_at_every_form_of_it(records: dict[str, dict]) -> None:
    """WODC 2021, §4.1.3: who takes part has to understand Dutch, whichever form it is."""
    forms = {item: record for item, record in records.items() if item.startswith("sos-")}
    assert len(forms) == 6
    tell_all(item for item in forms if not closed_to(records, item, "language"))


def test_what_is_for_the_other_age_is_never_offered(
    told: dict[str, dict], records: dict[str, dict], kb: KnowledgeBase
) -> None:
    """By whom an entry names and on which units: nothing only for young people among adults, nor the reverse."""
    looked, wrong = 0, []
    for person in EVERYBODY:
        place = kb.institutions.get(person["answers"].get("place", ""))
        if not place:
            continue
        adults = place.kind in {"pi", "jc"}
        for item, found in told[person["id"]].items():
            groups, settings = set(records[item]["target_groups"]), set(records[item]["settings"])
            young = "youth" in groups or all(kb.term("setting", one).holds == "youth" for one in settings)
            other = (young and "adults" not in groups) if adults else ("adults" in groups and "youth" not in groups)
            looked += other
            wrong += [f"{person['id']}: {item}"] if other and found["verdict"] != "not" else []
    assert looked > 200
    tell_all(wrong)


def test_what_needs_another_first_stands_behind_what_ran_here(told: dict[str, dict]) -> None:
    needing, wrong = set(), []
    for person, found in told.items():
        for verdict in ("fits", "maybe"):
            here = [one for one in found.values() if one["verdict"] == verdict and one["part"] in {"here", "anywhere"}]
            seconds = [["first", "unknown", "first"] in one["reasons"] for one in here if one["group"] in AT_HAND]
            needing.add(any(seconds))
            wrong += [f"{person}, {verdict}"] if seconds != sorted(seconds) else []
    assert needing == {True, False}
    tell_all(wrong)
    asked = told["man-arnhem-zes-weken-zeden"]
    listed = list(asked)
    assert listed.index("puinruimen") < listed.index("sos-follow-up")
    assert not asked["sos-follow-up"]["for_person"]


def test_an_exclusion_that_sends_people_elsewhere_counts_there(kb: KnowledgeBase, records: dict[str, dict]) -> None:
    data = views.show_guide_data(kb)
    asked = {term.id for term in kb.vocabularies["exclusion"].values() if term.asked_as != "nothing"}
    sent = [
        (record["name"], part["group"], part["instead_of"])
        for record in records.values()
        for part in record.get("not_suitable") or ()
        if part.get("instead_of") and part["group"] in asked
    ]
    assert len(sent) > 3
    tell_all(
        f"{name}: {group} to {item}"
        for name, group, item in sent
        if not any(part["group"] == group and part.get("sent_by") == name for part in data[item].get("open_to", ()))
    )


def test_what_may_lie_about_on_paper_names_no_offence_and_no_problem(kb: KnowledgeBase) -> None:
    """Tagline and text for the person: all of an entry that is printed. Names and labels of our own are judged too."""
    # That a thing is about safety tells nobody anything.
    terms = [kb.term("exclusion", term) for term in script_data.show_rules(kb)["issues"] if term != "safety-risk"]
    words = [term.label for term in terms] + [word for term in terms for word in term.synonyms if len(word) > 5]
    data = views.show_guide_data(kb)
    wrong = []
    for item, known in data.items():
        if "out" in known:
            continue
        text = f"{kb.interventions[item].tagline} {known.get('sheet', '')}".casefold()
        wrong += [f"{item}: {word}" for word in words if re.search(rf"\b{re.escape(word.casefold())}", text)]
    tell_all(wrong)


def test_a_soft_exclusion_closes_nothing_by_itself(records: dict[str, dict], told: dict[str, dict]) -> None:
    soft = {
        (item, part["group"])
        for item, record in records.items()
        for part in record.get("not_suitable", ())
        if part.get("firm") is False
    }
    assert len(soft) >= 10
    tell_all(
        f"{person['id']}: {item} is closed by {group}"
        for person in EVERYBODY
        for item, group in soft
        if group in groups_of(person["answers"])
        and ["issues", "no", "stated"] in told[person["id"]][item]["reasons"]
        and len(groups_of(person["answers"])) == 1
    )


def test_what_is_said_of_youth_is_not_told_of_adults(records: dict[str, dict], told: dict[str, dict]) -> None:
    of_youth = [
        item
        for item, record in records.items()
        for part in record.get("not_suitable", ())
        if part.get("said_of") == "youth"
    ]
    assert of_youth
    tell_all(
        f"{person['id']}: {item} {reason}"
        for person in EVERYBODY
        if person["answers"].get("who") in {"men", "women"}
        for item in of_youth
        for reason in told[person["id"]][item]["reasons"]
        if reason == ["unit", "no", "unit-only"]
    )
