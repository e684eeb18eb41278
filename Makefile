# Secondcount: one command per wish. `make` alone prints this list.
# On a fresh machine `make demo` and `make test` set up everything they need; nothing else has to be run first.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The first Python of the machine that is new enough; `make PYTHON=/path/to/python3 ...` chooses another.
PYTHON ?= $(shell for one in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$one && break; done)

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet install
RUNTIME := $(VENV)/.runtime-is-ready
DEVELOPER := $(VENV)/.developer-is-ready
SOURCES := $(shell find src -type f ! -name '*.pyc' ! -path '*.egg-info/*')

# Once the developer's tools are there the source tree itself is installed, and stays so.
SETUP := $(if $(wildcard $(DEVELOPER)),$(DEVELOPER),$(RUNTIME))

.PHONY: help setup dev demo test check mutants soak load validate bench coverage golden lock wheel clean

help:  ## print this list
	@sed -n 's/^\([a-z][a-z]*\):.*## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
		while IFS='|' read -r name text; do printf '%-16s %s\n' "$$name" "$$text"; done

setup: $(SETUP)  ## create .venv with the locked packages and Secondcount itself

dev: $(DEVELOPER)  ## the same, with the developer's tools and the source tree installed in place

demo: $(SETUP)  ## tell the founding story in three verdicts and write the reports to demo/
	@$(PY) -m secondcount demo --out demo

test: $(DEVELOPER)  ## every check and every test, in parts; installs Chromium if it may
	@$(PY) tools/parts.py test

check: $(DEVELOPER)  ## the quick parts: lint, format, types, walls, architecture
	@$(PY) tools/parts.py check

mutants: $(DEVELOPER)  ## show that each law's test fails when the law is broken
	@$(PY) tools/mutants.py

soak: $(DEVELOPER)  ## the long series (marked slow), up to an hour
	@$(PY) -m pytest -n 2 -m slow

load: $(DEVELOPER)  ## many stations: time and memory of a check with a national station table
	@$(PY) benchmarks/load.py

validate: $(DEVELOPER)  ## compute the figures of docs/validation.md again and compare
	@$(PY) tools/validate.py

bench: $(DEVELOPER)  ## the times that are promised, measured
	@$(PY) benchmarks/bench.py && $(PY) benchmarks/allocation.py && $(PY) benchmarks/images.py
	@$(PY) benchmarks/national.py --stations 10000 100000 --rounds 1
	@$(PY) benchmarks/log.py --entries 100000 && $(PY) benchmarks/verify.py
	@$(PY) benchmarks/outbox.py && $(PY) benchmarks/archive.py
	@$(PY) benchmarks/agreement.py --stations 1000 20000

coverage: $(DEVELOPER)  ## which lines no test walks through
	@$(PY) -m coverage run --source=secondcount -m pytest -m "not slow" && $(PY) -m coverage report

golden: $(DEVELOPER)  ## write what is generated again (reference pages, charts, museum); review it with git diff
	@$(PY) tools/write_reference.py
	@cd tests && ../$(PY) -m golden.site_charts
	@cd tests && ../$(PY) -m museum.build_definitions && ../$(PY) -m museum.build_tables && ../$(PY) -m museum.build_images

lock: $(DEVELOPER)  ## resolve both lock files anew, with hashes and without naming any index
	@$(PY) tools/lock.py

wheel: $(DEVELOPER)  ## build dist/secondcount-*.whl, for pipx install
	@rm -rf build dist
	@$(PY) -m pip --disable-pip-version-check --quiet wheel --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

clean:  ## remove what the other targets made (the environment too)
	rm -rf $(VENV) build dist demo report src/*.egg-info .hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

$(PY):
	@test -n "$(PYTHON)" || { echo "Secondcount needs Python 3.11 or newer, and this machine shows none." \
		"Install it, or name it: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; exit 2; }
	@echo "Creating $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "This Python cannot create environments." \
		"On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }

$(RUNTIME): requirements.lock pyproject.toml $(SOURCES) | $(PY)
	@echo "Installing the locked packages ..."
	@$(PIP) --require-hashes -r requirements.lock
	@rm -rf build
	@$(PIP) --no-deps --no-build-isolation .
	@touch $@

$(DEVELOPER): requirements-dev.lock pyproject.toml | $(PY)
	@echo "Installing the locked packages and the developer's tools ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@rm -rf build
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
