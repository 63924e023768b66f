# newsdesk: `make demo` shows the main job, `make test` runs the tests. Both set everything up first, in .venv.
# Uses uv when it is there, else venv and pip. Python 3.11 or newer: `make demo PYTHON=python3.12` picks another.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint types imports eval lock clean

help:  ## list what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(READY)  ## make the virtual environment in .venv and install newsdesk into it

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "newsdesk needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up in $(VENV) (once; about 170 packages, one to three minutes)"
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python "$(PYTHON)" $(VENV) && \
		uv pip install --python $(BIN)/python --compile-bytecode --require-hashes -r requirements.lock && \
		uv pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps -e . ; \
	else \
		$(PYTHON) -m venv $(VENV) && \
		$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on --require-hashes -r requirements.lock \
			| sed -unE 's/^(Collecting [^ ]+|Installing collected packages|Successfully installed).*/  \1/p' && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e . ; \
	fi
	@$(BIN)/newsdesk --version
	@touch $(READY)

demo: $(READY)  ## take in the sample articles, ask three questions, write a briefing
	$(BIN)/newsdesk demo

test: $(READY)  ## run the tests
	$(BIN)/python -m pytest -q --numprocesses auto --dist loadfile

check: test lint types imports eval  ## all that CI runs

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

imports: $(READY)
	$(BIN)/lint-imports

eval: $(READY)  ## run the bundled suite offline and hold it against its floors
	$(BIN)/newsdesk eval

lock: $(READY)  ## resolve the dependencies anew into requirements.lock (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		--group dev pyproject.toml -o requirements.lock

clean:  ## remove the virtual environment and what the demo wrote
	rm -rf $(VENV) demo
