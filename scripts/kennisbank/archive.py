"""Archives that are the same bytes whenever and wherever they are made: fixed order, time and rights.

https://reproducible-builds.org/docs/archives/
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# The first moment that a zip can hold; the edition inside tells the day.
MOMENT = (1980, 1, 1, 0, 0, 0)
RIGHTS = 0o644 << 16
LEVEL = 9


def pack(files: Mapping[str, bytes], first: str | None = None) -> bytes:
    """A zip of these files by their names, sorted; ``first`` stands in front and uncompressed, as in an EPUB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in sorted(files, key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.create_system = 3  # as made on Unix, wherever it is made
            entry.external_attr = RIGHTS
            entry.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            target.writestr(entry, files[name], compresslevel=LEVEL)
    return buffer.getvalue()


def repack(data: bytes) -> bytes:
    """The same zip, made so that it is the same bytes every time."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return pack({name: source.read(name) for name in source.namelist()})
