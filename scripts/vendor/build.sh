#!/usr/bin/env bash
# Makes content/assets/vendor/ again from the pinned packages in package-lock.json.
# Only needed to take a newer version; users and `make site` never need node.
#   scripts/vendor/build.sh           write the bundle, its licences and checksums
#   scripts/vendor/build.sh --check   fail when the committed bundle differs from a fresh one
set -euo pipefail
cd "$(dirname "$0")"
target=../../content/assets/vendor
out=$target
if [ "${1:-}" = "--check" ]; then
  out=$(mktemp -d)
  trap 'rm -rf "$out"' EXIT
fi

# No install scripts: esbuild runs without its postinstall, and nothing else has one.
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
mkdir -p "$out"
node node_modules/esbuild/bin/esbuild entry.js --bundle --minify --format=iife \
  --target=es2019 --charset=utf8 --legal-comments=none --log-level=warning \
  --banner:js="/* MiniSearch 7.2.0 (MIT) and @orama/stemmers 3.1.18, Dutch (Apache-2.0). See LICENSES.txt and README.txt. */" \
  --outfile="$out/minisearch-nl.js"

{
  printf 'minisearch 7.2.0, https://github.com/lucaong/minisearch\n\n'
  cat node_modules/minisearch/LICENSE.txt
  printf '\n\n------------------------------------------------------------\n\n'
  printf '@orama/stemmers 3.1.18 (file dist/nl.js), https://github.com/oramasearch/orama\n\n'
  cat node_modules/@orama/stemmers/LICENSE.md
} > "$out/LICENSES.txt"

(cd "$out" && sha256sum LICENSES.txt minisearch-nl.js > CHECKSUMS.txt)

if [ "$out" != "$target" ]; then
  diff "$out/CHECKSUMS.txt" "$target/CHECKSUMS.txt" \
    && (cd "$target" && sha256sum --check --quiet CHECKSUMS.txt)
fi
