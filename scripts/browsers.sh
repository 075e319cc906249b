#!/usr/bin/env bash
# Installs the browsers that BROWSERS asks for beside Chromium, where that can be done without a question: as root, from
# the packages of the system. What is missing then is told by the tests, with the command that installs it.
#
#   scripts/browsers.sh <all, or names with blanks between>      called by the Makefile
set -euo pipefail

[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0

missing=()
for name in ${1/all/firefox webkit}; do
  case $name in
    firefox) command -v firefox-esr firefox >/dev/null || missing+=(firefox-esr) ;;
    webkit) command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null || missing+=(webkit2gtk-driver xvfb) ;;
  esac
done
[ ${#missing[@]} = 0 ] && exit 0

echo "Voor de tests wordt nu geïnstalleerd: ${missing[*]} …" >&2
apt-get update -qq >&2 &&
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || true
