#!/usr/bin/env bash
# Makes the virtual environment, or brings it up to date with a lock file. Called by the Makefile.
#
#   scripts/venv.sh <folder> <lock file>      for example: scripts/venv.sh .venv requirements.txt
#
# Ends with 0 when the environment holds exactly what the lock asks for and our own package; with 1 and
# one Dutch line that says what to do when it cannot. PYTHON=<command> chooses another Python.
set -euo pipefail

venv=$1
lock=$2

stop() {
  echo "$1" >&2
  exit 1
}

# The first Python that is new enough; a newer one may stand beside an old python3.
find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  stop "Python 3.11 of nieuwer is nodig en niet gevonden (installeer python3, of wijs hem aan met PYTHON=<pad>)."
}

# Debian and Ubuntu keep ensurepip, without which no environment can be made, in a package of its own.
need_ensurepip() {
  local python=$1 package
  "$python" -c 'import ensurepip, venv' 2>/dev/null && return
  package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "$package ontbreekt en wordt nu geïnstalleerd …" >&2
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null; then
      return
    fi
  fi
  stop "Voor een eigen omgeving ontbreekt $package. Installeer het met: sudo apt-get install $package"
}

# A folder that was made halfway, or whose Python has gone, is made anew.
if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  python=$(find_python)
  need_ensurepip "$python"
  "$python" -m venv --clear "$venv" || stop "De omgeving $venv kon niet worden gemaakt. Verwijder die map en probeer het opnieuw."
fi

pip() {
  "$venv/bin/python" -m pip --disable-pip-version-check "$@"
}

echo "Onderdelen van $lock worden geïnstalleerd …" >&2
pip install --quiet --require-hashes -r "$lock" ||
  stop "Het installeren van $lock is niet gelukt. Werkt de verbinding met internet?"
# Our own package: a link to scripts/, built with the setuptools of the lock, so nothing else is fetched.
pip install --quiet --no-deps --no-build-isolation --editable . ||
  stop "Het pakket kennisbank kon niet worden geïnstalleerd (zie de melding hierboven)."
