"""What we rest on: licences that are known and allowed, and a list of parts that is the same every time."""

import importlib.metadata
import json
import re
from pathlib import Path

import pytest
import yaml

from scripts import sbom
from tests.helpers import ROOT, tell_all

KNOWN = yaml.safe_load((ROOT / sbom.LICENCES).read_text(encoding="utf-8"))
LOCKS = sorted(ROOT.glob("requirements*.txt"))
# As packages name theirs when they do not write SPDX.
WRITTEN = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
}


def locked() -> set[str]:
    """Every package of every lock."""
    return {name for path in LOCKS for name in sbom.read_lock(path.read_text(encoding="utf-8"))}


def test_the_licence_of_every_locked_package_is_known() -> None:
    assert len(LOCKS) > 1
    assert locked() == set(KNOWN["python"]), "scripts/licences.yaml has others than the locks"


def test_every_licence_is_allowed() -> None:
    given = {**KNOWN["python"], **{name: part["licence"] for held in sbom.HELD for name, part in KNOWN[held].items()}}
    packages = json.loads((ROOT / "tests/js/package-lock.json").read_text(encoding="utf-8"))["packages"]
    given |= {name: part.get("license", "") for name, part in packages.items() if name}
    assert len(given) > 100
    allowed = set(KNOWN["allowed"])
    tell_all(f"{name}: {licence}" for name, licence in given.items() if not is_allowed(licence, allowed))


def is_allowed(licence: str, allowed: set[str]) -> bool:
    """Whether an expression of SPDX asks for nothing but what we take: all of AND, one of OR."""
    choices = [part.strip(" ()") for part in licence.split(" OR ")]
    return any(set(re.split(r" AND ", choice)) <= allowed for choice in choices)


@pytest.mark.parametrize(
    ("licence", "answer"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("", False),
    ],
)
def test_an_expression_is_read(licence: str, answer: bool) -> None:
    assert is_allowed(licence, {"MIT"}) is answer


def test_installed_packages_say_the_same() -> None:
    wrong, told = [], 0
    for package in importlib.metadata.distributions():
        name = sbom.normalise(package.metadata["Name"])
        own = licence_of(package.metadata)
        if name in KNOWN["python"] and own:
            told += 1
            if not KNOWN["python"][name].startswith(own):
                wrong.append(f"{name}: {own}, and not {KNOWN['python'][name]}")
    assert told > 40
    tell_all(wrong)


def licence_of(metadata: importlib.metadata.PackageMetadata) -> str:
    """What a package says of its licence; empty when it says nothing that can be compared."""
    expression = metadata.get("License-Expression")
    if expression:
        return expression
    classifiers = [row.split(" :: ")[-1] for row in metadata.get_all("Classifier") or [] if row.startswith("License")]
    return WRITTEN.get(classifiers[0], "") if len(classifiers) == 1 else ""


def test_what_the_site_holds_of_others_is_in_the_list() -> None:
    text = (ROOT / "content/assets/vendor/README.txt").read_text(encoding="utf-8")
    for part in KNOWN["vendor"].values():
        assert part["version"] in text
    assert len(re.findall(r"\d+\.\d+\.\d+", text.split("LICENSES.txt")[0])) == len(KNOWN["vendor"])


def test_the_letters_of_the_book_are_in_the_list() -> None:
    text = (ROOT / "scripts/kennisbank/templates/book/fonts/README.txt").read_text(encoding="utf-8")
    assert re.findall(r"(\S+)@(\d\S+)", text) == [(name, part["version"]) for name, part in KNOWN["letters"].items()]


def test_the_list_of_parts_is_whole_and_the_same_every_time(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        assert sbom.main([str(tmp_path / name)]) == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    made = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.5")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made["serialNumber"])
    names = {part["name"] for part in made["components"]}
    assert names == set(sbom.read_needed(ROOT)) | set(KNOWN["vendor"]) | set(KNOWN["letters"])
    assert {"mkdocs", "weasyprint"} <= names and not {"pytest", "playwright"} & names
    assert all(part["licenses"] and part["purl"].startswith("pkg:") for part in made["components"])
    refs = [part["bom-ref"] for part in made["components"]]
    assert refs == sorted(set(refs)) == made["dependencies"][0]["dependsOn"]


def test_the_audit_runs_every_week(project_root: Path) -> None:
    workflow = yaml.load((project_root / ".github/workflows/audit.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    (timer,) = workflow["on"]["schedule"]
    assert timer["cron"].split()[2:4] == ["*", "*"] and timer["cron"].split()[4] != "*"
    assert any(step.get("run") == "make audit" for step in workflow["jobs"]["audit"]["steps"])
