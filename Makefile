# The commands of the project, the same for people, editors and CI. `make` alone lists them.

# What somebody gives behind a command is text. A dollar sign in it would be an instruction to make, so that is refused
# before anything reads it; the rest reaches a recipe through the environment, where it is no instruction to the shell.
GIVEN := id kind FORMAT PORT ARGS UPGRADE SEED N BROWSERS SOURCE_DATE_EPOCH
$(foreach name,$(GIVEN),$(if $(findstring $$,$(value $(name))),$(error In $(name) staat een dollarteken. Een waarde is gewone tekst)))
export $(GIVEN)

override SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

override VENV := .venv
override BIN := $(VENV)/bin
# Called as modules, because the scripts in .venv/bin carry an absolute path and break when the folder moves.
override PYTHON_IN_VENV := $(BIN)/python
override KENNISBANK := $(PYTHON_IN_VENV) -m kennisbank
override MKDOCS := $(PYTHON_IN_VENV) -m mkdocs
PORT ?= 8000

# Material's notice about MkDocs 2; what we do about it stands in docs/architecture.md.
export NO_MKDOCS_2_WARNING := 1
# The date in the sitemap and in the archives: that of the last commit, so that two builds are the same.
ifndef SOURCE_DATE_EPOCH
SOURCE_DATE_EPOCH := $(shell git log -1 --format=%ct 2>/dev/null || true)
endif
ifeq ($(SOURCE_DATE_EPOCH),)
SOURCE_DATE_EPOCH := 1767225600
endif

# MkDocs counts warnings only when it is not --quiet; these of its lines tell an editor nothing.
override UNSAID := '/^INFO |^ERROR +- +Error (reading|building) page|^Aborted with|^$$/d'

.PHONY: help
help:     ## deze lijst
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)$$/  make \1\t\2/' | expand -t 18

# The stamps are files in .venv: older than the lock means the environment is brought up to date.
# The lock for development holds all of the other one, so it serves for both.
override SETUP := pyproject.toml scripts/venv.sh

$(VENV)/.site: requirements.txt $(SETUP)
	@scripts/venv.sh $(VENV) requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(SETUP)
	@scripts/venv.sh $(VENV) requirements-dev.txt
	@touch $(VENV)/.site $@

$(VENV)/.release: requirements-release.txt $(SETUP)
	@scripts/venv.sh $(VENV) requirements-release.txt
	@touch $(VENV)/.site $(VENV)/.dev $@

.PHONY: serve
serve: $(VENV)/.site  ## de site bekijken op http://127.0.0.1:8000, met verversen bij elke wijziging (PORT=…)
	@# In a terminal in a group of its own, so that Ctrl-C ends the server and not make: the end is then 0.
	@if [ -t 0 ]; then set -m; fi; $(KENNISBANK) serve --port="$$PORT"; exit $$?

.PHONY: check
check: $(VENV)/.site  ## de gegevens controleren (FORMAT=text, json of github)
	@$(KENNISBANK) check $${FORMAT:+--format="$$FORMAT"}

.PHONY: test
test: $(VENV)/.dev other-browsers ## alles testen, ook in een echte browser (BROWSERS=all: in drie; ARGS=… gaat naar pytest)
	@CHROMIUM="$$(scripts/browser.sh $(BIN))" PYTEST_ADDOPTS="$${ARGS:-}" $(PYTHON_IN_VENV) -m pytest -n 2 --dist worksteal -m "not bench and not long" --durations=10

.PHONY: other-browsers
other-browsers:
	@[ -z "$${BROWSERS:-}" ] || scripts/browsers.sh "$$BROWSERS"

.PHONY: quick
quick: $(VENV)/.dev   ## testen wat snel en zonder browser kan, voor tussendoor
	@PYTEST_ADDOPTS="$${ARGS:-}" $(PYTHON_IN_VENV) -m pytest -n 2 --dist worksteal -m "not bench and not long and not browser and not slow"

.PHONY: format
format: $(VENV)/.site ## de gegevens in de vaste vorm zetten; opmerkingen blijven staan
	@$(KENNISBANK) format

.PHONY: new
new: $(VENV)/.site    ## een nieuwe interventie beginnen: make new id=<id> (andere soort: kind=…)
	@[ -n "$${id:-}" ] || { echo "Geef een id op, bijvoorbeeld: make new id=samen-koken" >&2; exit 2; }
	@$(KENNISBANK) new "$${kind:-intervention}" "$$id"

.PHONY: schema
schema: $(VENV)/.site ## het schema van de vaste lijsten vernieuwen na een wijziging in data/vocabularies.yaml
	@$(KENNISBANK) schema

.PHONY: docs
docs: $(VENV)/.site   ## de delen van de documentatie vernieuwen die uit het project zelf volgen
	@$(PYTHON_IN_VENV) -m scripts.docs

.PHONY: site
site: $(VENV)/.site   ## controleren, de site maken in site/ met de gegevens erbij, en het resultaat controleren
	@$(KENNISBANK) check
	@$(MKDOCS) build --strict --clean --site-dir site 2>&1 | sed -E $(UNSAID) >&2 \
	  || { echo "De site is niet gemaakt. Los op wat hierboven staat en typ opnieuw: make site" >&2; exit 1; }
	@$(PYTHON_IN_VENV) scripts/site_check.py site

# The book first, so that the site can offer it; the site as anyone makes it; then both and the data as one edition.
BOOKS := .cache/release/book

.PHONY: release
release: $(VENV)/.release ## een uitgave maken in dist/: het boek, de site en de gegevens, met controlegetallen
	@scripts/release/libraries.sh $(BIN)
	@rm -rf $(BOOKS)
	@$(KENNISBANK) book --to $(BOOKS)
	@KENNISBANK_BOOK=$(BOOKS) $(MAKE) --no-print-directory site
	@CHROMIUM="$$(scripts/browser.sh $(BIN))" $(PYTHON_IN_VENV) -m scripts.release $(BOOKS) site dist

.PHONY: bench
bench: $(VENV)/.dev   ## tijden meten; de tabel komt ook in bench/results/
	@printf '%s' "$${ARGS:-}" | xargs $(PYTHON_IN_VENV) -m bench

.PHONY: bench-test
bench-test: $(VENV)/.dev ## testen of de metingen zelf werken
	@CHROMIUM="$$(scripts/browser.sh $(BIN))" PYTEST_ADDOPTS="$${ARGS:-}" $(PYTHON_IN_VENV) -m pytest -m bench

.PHONY: lock
lock: $(VENV)/.site   ## de lockbestanden vernieuwen na een wijziging in requirements*.in (vraagt uv)
	@uv=$$(command -v uv || echo $(BIN)/uv); [ -x "$$uv" ] || { echo "uv ontbreekt. Installeer het met: $(BIN)/pip install uv" >&2; exit 1; }; \
	for name in requirements requirements-dev requirements-audit requirements-release; do \
	  "$$uv" pip compile --quiet --no-config --no-header --universal --python-version 3.11 --generate-hashes \
	    $(if $(UPGRADE),--upgrade) $$name.in --output-file $$name.txt; \
	done

.PHONY: fuzz
fuzz: $(VENV)/.dev    ## de controle bestoken met uitersten en willekeurige fouten (SEED= kiest welke, N= hoeveel)
	@$(PYTHON_IN_VENV) -m pytest -q -n 2 -m long tests/test_extremes.py
	@$(PYTHON_IN_VENV) tests/fuzz.py "$${SEED:-1}" "$${N:-2000}"

.PHONY: weekly
weekly: $(VENV)/.dev  ## testen wat één keer per week genoeg is: elk van een lange rij, en willekeurige fouten (SEED=, N=)
	@CHROMIUM="$$(scripts/browser.sh $(BIN))" PYTEST_ADDOPTS="$${ARGS:-}" $(PYTHON_IN_VENV) -m pytest -n 2 --dist worksteal -m "long and not bench"
	@$(PYTHON_IN_VENV) tests/fuzz.py "$${SEED:-1}" "$${N:-2000}"

.PHONY: sbom
sbom: $(VENV)/.site   ## de lijst van onderdelen van een uitgave maken, met hun licentie, in dist/
	@$(PYTHON_IN_VENV) scripts/sbom.py dist/sbom.cdx.json && echo "Gemaakt: dist/sbom.cdx.json"

# In an environment of its own: what looks for unsafe packages brings many itself.
.PHONY: audit
audit: $(VENV)/.site  ## kijken of er van een onderdeel een lek bekend is (vraagt een netwerk)
	@[ -x .cache/audit/bin/pip-audit ] || { $(PYTHON_IN_VENV) -m venv .cache/audit && .cache/audit/bin/python -m pip install -q --require-hashes -r requirements-audit.txt; }
	@for name in requirements-dev requirements-audit; do .cache/audit/bin/python -m pip_audit --strict --require-hashes --disable-pip -r $$name.txt; done

.PHONY: clean
clean:    ## alles opruimen wat gemaakt is, ook de omgeving
	@rm -rf $(VENV) site dist .cache .pytest_cache .ruff_cache scripts/*.egg-info
	@find scripts bench tests -name __pycache__ -type d -prune -exec rm -rf {} +
