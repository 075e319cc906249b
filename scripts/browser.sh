#!/usr/bin/env bash
# Finds the browser for the tests, or installs one. Called by the Makefile.
#
#   scripts/browser.sh <folder with the environment's python>      for example: scripts/browser.sh .venv/bin
#
# Prints the path of a Chromium that starts; prints nothing and ends with 0 when Playwright's own is there.
# Ends with 1 and one Dutch line that says what to install when there is none. CHROMIUM=<path> chooses one.
set -euo pipefail

python=$1/python

stop() {
  echo "$1" >&2
  exit 1
}

is_root() {
  [ "$(id -u)" = 0 ]
}

install_packages() {
  is_root && command -v apt-get >/dev/null || return 1
  echo "Voor de tests wordt nu geïnstalleerd: $* …" >&2
  apt-get update -qq >&2 &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# A command by this name may be a stub that only says "install the snap": so it has to start.
print_if_it_starts() {
  local path
  path=$(command -v "$1" 2>/dev/null) && timeout 30 "$path" --version >/dev/null 2>&1 && echo "$path"
}

# Ubuntu's chromium is a snap, which does not work in a container; there Playwright brings the browser.
is_debian() {
  (. /etc/os-release && [ "${ID:-}" = debian ]) 2>/dev/null
}

driver_starts() {
  timeout 60 "$python" -m playwright --version >/dev/null 2>&1
}

playwright_has_one() {
  timeout 60 "$python" - >/dev/null 2>&1 <<'PYTHON'
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    playwright.chromium.launch(args=["--no-sandbox"]).close()
PYTHON
}

# Playwright steers the browser with a program of its own, which needs a library that a bare system lacks.
driver_starts || { install_packages libatomic1 && driver_starts; } ||
  stop "Playwright start niet. Waarschijnlijk ontbreekt libatomic1: sudo apt-get install libatomic1"

if [ -n "${CHROMIUM:-}" ]; then
  print_if_it_starts "$CHROMIUM" || stop "CHROMIUM=$CHROMIUM is geen browser die start."
  exit 0
fi

# The shell without windows is the same browser for a third of the processor time.
for candidate in chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome; do
  print_if_it_starts "$candidate" && exit 0
done
playwright_has_one && exit 0

if is_debian; then
  for candidate in chromium-headless-shell chromium; do
    install_packages "$candidate" fonts-dejavu-core && print_if_it_starts "$candidate" && exit 0
  done
fi

echo "Er is geen browser voor de tests; Playwright haalt er nu een op …" >&2
with_deps=$(is_root && echo --with-deps || true)
# shellcheck disable=SC2086  # empty means no argument
if "$python" -m playwright install $with_deps chromium >&2 && playwright_has_one; then
  exit 0
fi
stop "Geen browser gevonden. Installeer er een met: sudo apt-get install chromium (of: .venv/bin/python -m playwright install --with-deps chromium), of wijs er een aan met CHROMIUM=<pad>."
