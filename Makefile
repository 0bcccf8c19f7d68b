# Everything this project can be asked to do. Needs make and Python 3.11 or newer;
# the rest is installed into .venv when a target first wants it.

VENV ?= .venv
BIN := $(VENV)/bin

# The first interpreter that is new enough and can make environments.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)

# What has been installed: the library alone, with what its tests need, with every tool.
RUN := $(VENV)/.installed
TEST := $(VENV)/.installed-test
DEV := $(VENV)/.installed-dev

.DEFAULT_GOAL := help
.NOTPARALLEL: # pip installs one thing at a time, and pytest's summary comes last
.PHONY: help demo test check lint types imports examples docs wheel test-pages tidy bench test-all test-lowest dev clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(RUN)  ## one real collaboration, read, questioned and printed
	@$(BIN)/python examples/vastra_gotaland_2016.py

test: $(TEST)  ## the tests
	$(BIN)/pytest --numprocesses auto --dist loadfile

check: lint types imports examples docs wheel test-pages  ## all that must hold before a change is finished

lint: $(DEV)  ## style and layout of the code
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(DEV)  ## types
	$(BIN)/mypy

imports: $(DEV)  ## layers: who may import what
	$(BIN)/lint-imports --no-logo

examples: $(RUN)  ## every example runs to its end
	@for example in examples/*.py; do \
		echo "$$example"; $(BIN)/python "$$example" >/dev/null || exit 1; done

docs: $(DEV)  ## the manual, in build/docs
	$(BIN)/sphinx-build --quiet --fresh-env --nitpicky --fail-on-warning --keep-going docs build/docs

wheel: $(DEV)  ## the package, built in dist, installed alone in build/installed and tried on the README
	rm -rf dist build/installed
	$(BIN)/python -m build --quiet
	$(BIN)/twine check --strict dist/*
	$(BIN)/python -m venv build/installed
	build/installed/bin/pip install --quiet --disable-pip-version-check dist/*.whl
	build/installed/bin/python -I tests/as_installed.py .

test-pages: $(TEST)  ## the tests, and the code in README, manual and docstrings, with coverage
	$(BIN)/pytest --numprocesses auto --dist loadfile --cov --cov-report= $(wildcard README.md) docs src tests

tidy: $(DEV)  ## lay the code out and mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(DEV)  ## how fast, and how it grows
	$(BIN)/pytest benchmarks

test-all:  ## the tests on each Python from 3.11 that this machine has
	@for version in 3.11 3.12 3.13; do \
		if python$$version -c '' 2>/dev/null; then \
			echo "Python $$version"; \
			$(MAKE) --no-print-directory test VENV=.venv-$$version PYTHON=python$$version || exit 1; \
		else echo "Python $$version: not on this machine, passed over"; fi; done

test-lowest: $(DEV)  ## the tests with the lowest versions that pyproject.toml promises
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)-lowest
	$(BIN)/uv pip install --quiet --python $(VENV)-lowest --resolution lowest-direct --editable '.[test]'
	$(VENV)-lowest/bin/pytest --numprocesses auto --dist loadfile

dev: $(DEV)  ## a .venv with every tool

clean:  ## remove what can be made again
	rm -rf .venv .venv-3.* .venv-lowest build dist .coverage*
	rm -rf .benchmarks .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(TEST): EXTRA := [test]
$(TEST): INCLUDED := $(RUN)
$(DEV): EXTRA := [dev]
$(DEV): INCLUDED := $(RUN) $(TEST)
$(RUN) $(TEST) $(DEV): pyproject.toml | $(BIN)/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.$(EXTRA)'
	@touch $@ $(INCLUDED)

$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "samverkan needs Python 3.11 or newer, with its venv module; none was found." \
		"Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
