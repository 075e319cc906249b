#!/usr/bin/env bash
# What a release needs of the system: Pango for the PDF, Java for the checker of the EPUB. Called by the Makefile.
#
#   scripts/release/libraries.sh <folder with the environment's python>
#
# As root on Debian or Ubuntu it installs what lacks; else it ends with 1 and one Dutch line that says what to install.
set -euo pipefail

python=$1/python
packages=()

"$python" -c 'import weasyprint' >/dev/null 2>&1 || packages+=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
command -v java >/dev/null || packages+=(default-jre-headless)
# Signs that the letters of the book lack come from these.
[[ $(fc-list 2>/dev/null || true) == *DejaVuSans* ]] || packages+=(fontconfig fonts-dejavu-core)

[ ${#packages[@]} -gt 0 ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Voor een uitgave wordt nu geïnstalleerd: ${packages[*]} …" >&2
  apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null && exit 0
fi
echo "Voor een uitgave ontbreekt iets. Installeer het met: sudo apt-get install ${packages[*]}" >&2
exit 1
