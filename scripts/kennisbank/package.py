"""What the data files say of themselves to programs: ``datapackage.json`` (Frictionless) and ``dcat.jsonld`` (DCAT 3).

https://datapackage.org/standard/data-package/ and https://www.w3.org/TR/vocab-dcat-3/. In: the files by their
addresses on the site; an address in what is made is relative, so that it is right wherever the folder lies.
"""

from __future__ import annotations

import csv
import hashlib
import io
import posixpath
from collections.abc import Mapping

from kennisbank import edition, kinds
from kennisbank.fields import Field
from kennisbank.model import KnowledgeBase
from kennisbank.render import print_file

LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
LANGUAGE_URL = "http://publications.europa.eu/resource/authority/language/NLD"
MEDIA = {
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
DUTCH = ".nl.csv"  # with Dutch headings, and ``;`` between cells
TYPES = {"number": "number", "flag": "boolean", "least": "number", "url": "string"}


def digest(content: bytes) -> str:
    """The checksum that a reader can compare: SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def media_of(name: str) -> str:
    """The media type of a file by its name."""
    return MEDIA[posixpath.splitext(name)[1]]


def tell_origin(kb: KnowledgeBase) -> dict[str, object]:
    """Where a file comes from and what may be done with it: ``edition``, ``licence``, and ``site``, empty if not known."""
    return {"edition": edition.read(kb.today), "licence": LICENCE, "site": edition.address()}


def describe(kb: KnowledgeBase, files: Mapping[str, bytes]) -> dict:
    """The data package: what it is, and every file with its size, its checksum and, of a table, its columns."""
    found = edition.read(kb.today)
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": edition.PROJECT,
        "id": found.identify("data"),
        "title": print_file("name.txt"),
        "version": found.version,
        "created": f"{found.date}T00:00:00Z",
        "licenses": [{"name": LICENCE, "path": LICENCE_URL}],
        "resources": [
            # What lies beside the description or below it; a schema lies elsewhere.
            _resource(kb, name, content)
            for name, content in files.items()
            if name.startswith(f"{kinds.DATA}/")
        ],
    }


def _resource(kb: KnowledgeBase, name: str, content: bytes) -> dict:
    path = posixpath.relpath(name, kinds.DATA)
    resource = {
        "name": path,
        "path": path,
        "mediatype": media_of(name),
        "bytes": len(content),
        "hash": f"sha256:{digest(content)}",
    }
    if not name.endswith(".csv"):
        return resource
    delimiter = ";" if name.endswith(DUTCH) else ","
    header = next(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))
    kind = posixpath.basename(name).partition(".")[0]
    known = kb.fields[kind].by_name if kind in kb.fields and not name.endswith(DUTCH) else {}
    return {
        **resource,
        "type": "table",
        "format": "csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": delimiter},
        "schema": {"fields": [_column(column, known.get(column)) for column in header], "missingValues": [""]},
    }


def _column(name: str, field: Field | None) -> dict:
    if field is None:
        return {"name": name, "type": "string"}
    kind = "string" if field.many else TYPES.get(field.shape, "string")
    return {"name": name, "type": kind, "title": field.label, "description": field.description}


def catalogue(kb: KnowledgeBase, files: Mapping[str, bytes]) -> dict:
    """The data set for a catalogue of open data, with a distribution for each file."""
    found = edition.read(kb.today)
    base = edition.address()
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": found.identify("data"),
        "@type": "dcat:Dataset",
        "dct:title": {"@language": "nl", "@value": print_file("name.txt")},
        "dct:description": {"@language": "nl", "@value": print_file("purpose.txt")},
        "dct:language": {"@id": LANGUAGE_URL},
        "dct:license": {"@id": LICENCE_URL},
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": print_file("name.txt")},
        "dct:modified": {"@type": "xsd:date", "@value": found.date},
        "dcat:version": found.version,
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": posixpath.basename(name),
                "dcat:downloadURL": {"@id": f"{base}{name}" if base else posixpath.relpath(name, kinds.DATA)},
                "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_of(name)}"},
                "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(len(content))},
                "spdx:checksum": {
                    "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                    "spdx:checksumValue": digest(content),
                },
                "dct:license": {"@id": LICENCE_URL},
            }
            for name, content in files.items()
            if name.startswith(f"{kinds.DATA}/")
        ],
    }
