# Two commands on a fresh machine: `make run` and `make test`. The rest are their parts.
PYTHON ?= python3
BIN := .venv/bin
export CHARTHOUSE_DATA ?= ./var
# Compiled modules are kept even where the environment says otherwise: every start after the first is twice as quick.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup setup-dev run test test-sqlite test-postgres e2e check bench lock migrations clean help

help: ## say what each target does
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/	/' | expand -t 16

setup: .venv/.runtime ## install Charthouse into .venv, with the charthouse command

setup-dev: .venv/.dev ## install what tests and checks need as well

.venv/bin/python:
	@echo "Making .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Charthouse needs Python 3.11 or newer.")'
	@$(PYTHON) -m venv .venv

.venv/.runtime: .venv/bin/python requirements.txt pyproject.toml
	@echo "Installing Charthouse into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.txt
	@echo "Installing what tests and checks need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: setup ## install, make the database, load the demo, start everything
	@CHARTHOUSE_DEMO=1 $(BIN)/charthouse migrate
	@CHARTHOUSE_DEMO=1 $(BIN)/charthouse demo
	@CHARTHOUSE_DEMO=1 $(BIN)/charthouse serve

test: test-sqlite test-postgres ## every test but the browser's, on SQLite and on a real PostgreSQL

test-sqlite: setup-dev
	@echo "Tests on SQLite"
	@$(BIN)/python -m pytest -q -n auto --ignore=tests/e2e

# The code book's commands read files, not the database: SQLite's run is enough for them.
test-postgres: setup-dev
	@echo "Tests on PostgreSQL"
	@$(BIN)/python -m tests.postgres -q -n auto --ignore-glob='tests/cli/test_codes*' tests/apps tests/api tests/web tests/cli tests/sandbox

e2e: setup-dev ## walk through Charthouse in a real Chromium
	@$(BIN)/python -m pytest -q tests/e2e

check: setup-dev ## style, types, import contracts, templates, migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djade --target-version 5.2 --check $$(git ls-files 'src/*.html')
	@CHARTHOUSE_DATA=$$(mktemp -d) $(BIN)/charthouse manage makemigrations --check --dry-run

bench: setup-dev ## print the figures of docs/explanations/performance.md
	@$(BIN)/python -m bench

migrations: setup-dev ## write migrations for changed models
	@$(BIN)/charthouse manage makemigrations

lock: setup-dev ## pin every dependency with hashes (needs uv in .venv: pip install uv)
	@$(BIN)/uv pip compile pyproject.toml --extra postgres --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --output-file requirements.txt
	@$(BIN)/uv pip compile pyproject.toml --extra postgres --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --constraint requirements.txt --output-file requirements-dev.txt

clean: ## remove the data folder of the demo and every cache
	@rm -rf var .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
