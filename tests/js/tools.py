"""TypeScript and ESLint as ``package-lock.json`` names them, for tests; Ace as that of ``scripts/release/ace`` does.

Node comes with Playwright, npm does not; Debian's npm would bring 400 packages. The lock has an integrity hash for each
package, so that reading the packages from the registry ourselves is forty lines, and as safe as ``npm ci``: what has
another hash is refused, and nothing of it is run while installing. ``NPM_CONFIG_REGISTRY`` names another registry, as
npm reads it too. To take newer ones: change package.json, then ``npm install --package-lock-only`` in this folder.
"""

import base64
import hashlib
import io
import json
import os
import shutil
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import playwright

HERE = Path(__file__).resolve().parent
LOCK = HERE / "package-lock.json"
CACHE = HERE.parents[1] / ".cache"
REGISTRY = "https://registry.npmjs.org"
WAIT = 30  # seconds without an answer


class UnreachableError(Exception):
    """The registry gave no answer."""


def find_node() -> Path:
    """The node that comes with Playwright."""
    folder = Path(playwright.__file__).parent / "driver"
    return next(path for path in (folder / "node", folder / "node.exe") if path.exists())


def install(lock: Path = LOCK) -> Path:
    """The folder with all packages of a lock, in .cache; fetched when it is not there yet.

    Raises ``UnreachableError`` without a registry, and ``ValueError`` for a package with another hash than the lock has.
    """
    text = lock.read_bytes()
    folder = CACHE / f"js-{hashlib.sha256(text).hexdigest()[:12]}"
    if folder.is_dir():
        return folder
    packages = {place: package for place, package in json.loads(text)["packages"].items() if place}
    half = folder.with_name(f"{folder.name}.{os.getpid()}")
    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda item: unpack(half, *item), packages.items()))
        if not folder.is_dir():  # another run may have been first
            half.rename(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return folder


def unpack(folder: Path, place: str, package: dict) -> None:
    """Fetch one package, hold it against its hash, and put it in its place."""
    name = place.rpartition("node_modules/")[2]
    registry = os.environ.get("NPM_CONFIG_REGISTRY", REGISTRY).rstrip("/")
    address = f"{registry}/{name}/-/{name.rpartition('/')[2]}-{package['version']}.tgz"
    try:
        with urlopen(address, timeout=WAIT) as answer:
            data = answer.read()
    except (URLError, TimeoutError) as error:
        raise UnreachableError(f"{address}: {error}") from error
    kind, _, expected = package["integrity"].partition("-")
    if base64.b64encode(hashlib.new(kind, data).digest()).decode() != expected:
        raise ValueError(f"{address} is not what package-lock.json names")
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive.getmembers():
            member.name = member.name.partition("/")[2]  # everything lies in one folder, mostly called package
            if member.name and (member.isfile() or member.isdir()):
                archive.extract(member, folder / place, filter="data")
