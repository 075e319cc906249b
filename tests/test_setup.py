"""The scripts behind `make serve`, `make test` and `make release`: what they say on a machine that lacks something.

The machine is played by a PATH that holds only stand-ins and the few plain commands the scripts use.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers import ROOT

SCRIPTS = ROOT / "scripts"
PLAIN_COMMANDS = ["bash", "env", "timeout", "mkdir", "cat", "touch"]


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A folder to be the whole PATH; the user there is no administrator."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in PLAIN_COMMANDS:
        (folder / name).symlink_to(shutil.which(name))
    add_command(folder, "id", "echo 1000")
    return folder


def add_command(folder: Path, name: str, script: str) -> None:
    """Puts a stand-in command into the folder."""
    path = folder / name
    path.write_text(f"#!{shutil.which('bash')}\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def run_bare(path: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a script of the project on the bare machine, in an empty folder."""
    variables = {"PATH": str(path), "HOME": str(path.parent), "LC_ALL": "C.UTF-8", **environment}
    return subprocess.run(
        ["bash", str(SCRIPTS / command[0]), *command[1:]],
        cwd=path.parent,
        env=variables,
        capture_output=True,
        text=True,
    )


def test_an_old_python_is_named_in_one_line(bare_path: Path) -> None:
    add_command(bare_path, "python3", "exit 1")
    result = run_bare(bare_path, "venv.sh", ".venv", "requirements.txt")
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "Python 3.11" in result.stderr


def test_a_newer_python_beside_an_old_one_is_found(bare_path: Path) -> None:
    add_command(bare_path, "python3", "exit 1")
    # Stops at the first thing it is asked to make, which shows that it was chosen.
    add_command(bare_path, "python3.12", 'if [ "$2" = venv ]; then echo CHOSEN >&2; exit 1; fi')
    result = run_bare(bare_path, "venv.sh", ".venv", "requirements.txt")
    assert result.returncode == 1
    assert "CHOSEN" in result.stderr


def test_a_missing_venv_package_is_named_with_the_command(bare_path: Path) -> None:
    add_command(
        bare_path,
        "python3",
        'case "$2" in *ensurepip*) exit 1 ;; *"-venv"*) echo python3.11-venv ;; esac',
    )
    result = run_bare(bare_path, "venv.sh", ".venv", "requirements.txt")
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "sudo apt-get install python3.11-venv" in result.stderr


def test_the_administrator_gets_the_venv_package_installed(bare_path: Path) -> None:
    add_command(bare_path, "id", "echo 0")
    add_command(bare_path, "apt-get", f'echo "$@" >> {bare_path.parent}/apt.log')
    add_command(
        bare_path,
        "python3",
        'case "$2" in *ensurepip*) exit 1 ;; *"-venv"*) echo python3.11-venv ;; venv) exit 1 ;; esac',
    )
    run_bare(bare_path, "venv.sh", ".venv", "requirements.txt")
    log = (bare_path.parent / "apt.log").read_text(encoding="utf-8")
    assert "update" in log
    assert "--no-install-recommends python3.11-venv" in log


# Playwright's driver starts, and has no browser of its own.
DRIVER_ONLY = '[ "$3" = --version ]'


def test_a_driver_that_does_not_start_is_named_with_the_command(bare_path: Path) -> None:
    add_command(bare_path, "python", "exit 1")
    add_command(bare_path, "chromium", "echo Chromium 1.0")
    result = run_bare(bare_path, "browser.sh", str(bare_path))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "sudo apt-get install libatomic1" in result.stderr


def test_a_missing_browser_is_named_with_the_command(bare_path: Path) -> None:
    add_command(bare_path, "python", DRIVER_ONLY)
    result = run_bare(bare_path, "browser.sh", str(bare_path))
    assert (result.returncode, result.stdout) == (1, "")
    assert "sudo apt-get install chromium" in result.stderr.splitlines()[-1]


def test_a_browser_that_does_not_start_is_passed_over(bare_path: Path) -> None:
    add_command(bare_path, "python", DRIVER_ONLY)
    add_command(bare_path, "chromium", "exit 1")
    add_command(bare_path, "google-chrome", "echo Chrome 1.0")
    result = run_bare(bare_path, "browser.sh", str(bare_path))
    assert (result.returncode, result.stdout.strip()) == (0, str(bare_path / "google-chrome"))


def test_the_browser_that_was_chosen_has_to_start(bare_path: Path) -> None:
    add_command(bare_path, "python", DRIVER_ONLY)
    result = run_bare(bare_path, "browser.sh", str(bare_path), CHROMIUM="/nowhere/chromium")
    assert result.returncode == 1
    assert "/nowhere/chromium" in result.stderr


def test_playwrights_own_browser_needs_no_path(bare_path: Path) -> None:
    add_command(bare_path, "python", "exit 0")
    result = run_bare(bare_path, "browser.sh", str(bare_path))
    assert (result.returncode, result.stdout) == (0, "")


# The environment of a release: whether WeasyPrint finds what it needs of the system.
NO_PRESS, PRESS = "exit 1", "exit 0"


def test_what_a_release_lacks_is_named_in_one_line(bare_path: Path) -> None:
    add_command(bare_path, "python", NO_PRESS)
    result = run_bare(bare_path, "release/libraries.sh", str(bare_path))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    for package in ("sudo apt-get install", "libpango-1.0-0", "default-jre-headless"):
        assert package in result.stderr


def test_the_administrator_gets_it_installed_and_only_what_lacks(bare_path: Path) -> None:
    add_command(bare_path, "python", PRESS)
    add_command(bare_path, "id", "echo 0")
    add_command(bare_path, "apt-get", f'echo "$@" >> {bare_path.parent}/apt.log')
    result = run_bare(bare_path, "release/libraries.sh", str(bare_path))
    assert result.returncode == 0, result.stderr
    log = (bare_path.parent / "apt.log").read_text(encoding="utf-8")
    assert "default-jre-headless" in log
    assert "libpango" not in log


def test_an_installation_that_fails_says_what_to_do(bare_path: Path) -> None:
    add_command(bare_path, "python", NO_PRESS)
    add_command(bare_path, "id", "echo 0")
    add_command(bare_path, "apt-get", "exit 100")
    result = run_bare(bare_path, "release/libraries.sh", str(bare_path))
    assert result.returncode == 1
    assert "sudo apt-get install" in result.stderr.splitlines()[-1]


def test_a_release_that_lacks_nothing_is_not_held_up(bare_path: Path) -> None:
    add_command(bare_path, "python", PRESS)
    add_command(bare_path, "java", "exit 0")
    # More than a pipe holds, with what is looked for at its beginning.
    add_command(bare_path, "fc-list", "echo DejaVuSans.ttf; for ((i = 0; i < 20000; i++)); do echo font-$i; done")
    result = run_bare(bare_path, "release/libraries.sh", str(bare_path))
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
