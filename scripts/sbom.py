"""The parts of a release as a list that a machine reads (a software bill of materials, CycloneDX 1.5 in JSON).

    python scripts/sbom.py dist/sbom.cdx.json

Reads the locks, scripts/licences.yaml and pyproject.toml, and nothing from the network; the same files give the same
bytes. Holds what makes the site and the book and what stands in them, not what only tests the code. The form:
https://cyclonedx.org/docs/1.5/json/
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

ROOT = Path(__file__).resolve().parent.parent
SITE, TESTS, RELEASE = "requirements.txt", "requirements-dev.txt", "requirements-release.txt"
# What stands in an edition of others, by the part of it, in LICENCES.
HELD = ("vendor", "letters")
LICENCES = "scripts/licences.yaml"
PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
OPERATOR = re.compile(r" (?:AND|OR|WITH) ")
# Any fixed one: the number of a list follows from what it holds.
NAMESPACE = uuid.UUID("8f1d1f5e-6f0a-4c8e-9a53-1f1f6f6c2a11")


def read_lock(text: str) -> dict[str, str]:
    """The packages of a lock by name, each with its version."""
    return {normalise(name): version for name, version in PACKAGE.findall(text)}


def read_needed(root: Path) -> dict[str, str]:
    """The packages that make an edition: the lock of the site, and what a release needs that testing does not."""
    site, tests, release = (read_lock((root / name).read_text(encoding="utf-8")) for name in (SITE, TESTS, RELEASE))
    return site | {name: version for name, version in release.items() if name not in tests}


def normalise(name: str) -> str:
    """The name of a package as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def list_parts(root: Path) -> list[dict[str, Any]]:
    """Every part, in order of its address. Raises ``KeyError`` for a package of which no licence is known."""
    known = yaml.safe_load((root / LICENCES).read_text(encoding="utf-8"))
    parts = [make_part("pypi", name, version, known["python"][name]) for name, version in read_needed(root).items()]
    parts += [
        make_part(part["ecosystem"], name, part["version"], part["licence"])
        for held in HELD
        for name, part in known[held].items()
    ]
    return sorted(parts, key=lambda part: part["bom-ref"])


def make_part(ecosystem: str, name: str, version: str, licence: str) -> dict[str, Any]:
    """One part. https://github.com/package-url/purl-spec"""
    address = f"pkg:{ecosystem}/{quote(name, safe='/')}@{quote(version, safe='')}"
    licences = [{"expression": licence}] if OPERATOR.search(licence) else [{"license": {"id": licence}}]
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "licenses": licences,
        "purl": address,
    }


def make_list(root: Path) -> dict[str, Any]:
    """The whole list."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts = list_parts(root)
    own = f"pkg:generic/{project['name']}@{project['version']}"
    number = uuid.uuid5(NAMESPACE, json.dumps([own, parts], sort_keys=True))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
                "purl": own,
            }
        },
        "components": parts,
        "dependencies": [{"ref": own, "dependsOn": [part["bom-ref"] for part in parts]}],
    }


def write_list(root: Path) -> str:
    """The whole list as the text of a file."""
    return json.dumps(make_list(root), ensure_ascii=False, indent=2) + "\n"


def main(arguments: list[str]) -> int:
    """Writes the list to the file that is the only argument, or prints it."""
    if len(arguments) > 1:
        print(__doc__, file=sys.stderr)
        return 2
    text = write_list(ROOT)
    if arguments:
        path = Path(arguments[0])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
