"""A preview that runs for a test: `kennisbank serve` in a copy of the project with its own copy of the program."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

PARTS = ("data", "content", "overrides", "schema", "scripts/kennisbank", "mkdocs.yml")
LONGEST = 60  # seconds to wait for what the server does of itself
# Of the pages of records one of each kind: what serving and building do is the same for one as for three hundred.
FEW = """
exclude_docs: |
  /cards/*.md
  /categories/*.md
  /editors/control/*.md
  /institutions/*.md
  /interventions/*.md
  /organisations/*.md
  /trainings/*.md
  !index.md
  !half-klaar.md
  !/cards/zwolle.md
  !/categories/yoga.md
  !/editors/control/all.md
  !/editors/control/enter.md
  !/editors/control/zwolle.md
  !/institutions/gaps.md
  !/institutions/matrix.md
  !/institutions/transfer.md
  !/institutions/zwolle.md
  !/interventions/dapper.md
  !/organisations/humanitas.md
  !/trainings/builder.md
  !/trainings/cards.md
  !/trainings/grijs-gebied.md
  !/trainings/guide.md
  !/trainings/self-test.md
"""


def hear_interrupts() -> None:
    """Ctrl-C reaches the server, also when the tests themselves run in the background, where a shell has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Server:
    """A running `kennisbank serve`."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "kennisbank", "serve", "--port", str(self.port), *options]
        self.process = subprocess.Popen(
            command,
            cwd=root,
            env=environment(root),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=hear_interrupts,
        )
        self.said: list[str] = []
        threading.Thread(target=self.listen, daemon=True).start()
        self.hear("Stoppen: Ctrl-C")

    def listen(self) -> None:
        """Keeps what the server says."""
        self.said += iter(self.process.stdout.readline, "")

    @property
    def output(self) -> str:
        """All that the server said."""
        return "".join(self.said)

    def hear(self, text: str, since: int = 0) -> None:
        """Waits until the server has said this."""
        end = time.monotonic() + LONGEST
        while text not in self.output[since:]:
            assert self.process.poll() is None, f"the server ended with {self.process.returncode}:\n{self.output}"
            assert time.monotonic() < end, f"{text!r} was not said:\n{self.output}"
            time.sleep(0.02)

    def ask(self, address: str) -> tuple[int, bytes]:
        """The status and the body at an address."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/{quote(address)}", timeout=LONGEST) as answer:
                return answer.status, answer.read()
        except HTTPError as error:
            return error.code, error.read()

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(LONGEST)


def environment(root: Path) -> dict[str, str]:
    """The environment of a process that runs the program of the copy."""
    return os.environ | {
        "PYTHONPATH": str(root / "scripts"),
        "NO_MKDOCS_2_WARNING": "1",
        "TMPDIR": str(root.parent),
    }


def change(path: Path, old: str, new: str) -> str:
    """Replaces the first of a text in a file by another; gives what stood there before."""
    before = path.read_text(encoding="utf-8")
    assert old in before, f"{old!r} is not in {path.name}"
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    return before


def copy_project(root: Path, folder: Path, few: bool = True) -> Path:
    """A copy of the project, program included; of its pages only ``few`` are built."""
    for part in PARTS:
        copy = shutil.copytree if (root / part).is_dir() else shutil.copyfile
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        copy(root / part, folder / part)
    if few:
        with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
            settings.write(FEW)
    return folder


def build_copy(root: Path, folder: Path) -> dict[str, bytes]:
    """Every file of a clean build of a copy, by its address."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean", "--site-dir", str(folder)]
    result = subprocess.run(command, cwd=root, env=environment(root), capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
