# Everything a developer does, by name. `make help` lists it.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
# One stamp per lock file: set up once, and again when the lock changes.
READY_TO_RUN := .venv/ready-to-run
READY_TO_TEST := .venv/ready-to-test
CODE := app domain kit loaders persistence realtime resolvers schema tests scripts
# The npm clients that tests and measurements speak through; npm writes the stamp.
NPM_CLIENTS := tests/clients
NPM_READY := $(NPM_CLIENTS)/node_modules/.package-lock.json
WORKERS ?= auto
# Only from make's own command line: whoever has these in the environment for
# something else would not want them emptied.
TEST_MONGODB_URI := $(if $(filter command,$(firstword $(origin MONGODB_URI))),$(MONGODB_URI))
TEST_REDIS_URL := $(if $(filter command,$(firstword $(origin REDIS_URL))),$(REDIS_URL))
LOCK := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header

.DEFAULT_GOAL := help

.PHONY: help
help: ## show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: $(READY_TO_RUN) ## set up and serve at http://127.0.0.1:8000 with demo data
	@$(BIN)/dashboard serve --demo

.PHONY: serve
serve: $(READY_TO_RUN) ## set up and serve, without demo data
	@$(BIN)/dashboard serve

.PHONY: test
test: $(READY_TO_TEST) npm-clients ## set up and run every test [MONGODB_URI=… REDIS_URL=…, emptied!]
	@TEST_MONGODB_URI='$(TEST_MONGODB_URI)' TEST_REDIS_URL='$(TEST_REDIS_URL)' \
		$(BIN)/pytest -q -n $(WORKERS) --maxprocesses 4

.PHONY: setup
setup: $(READY_TO_TEST) npm-clients ## put everything for development into place

.PHONY: npm-clients
npm-clients:
	@if ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null; then \
		echo "No Node 20 or newer: tests with npm clients are skipped."; \
	elif ! [ $(NPM_READY) -nt $(NPM_CLIENTS)/package-lock.json ]; then \
		echo "Setting up npm clients ($(NPM_CLIENTS)) ..."; \
		cd $(NPM_CLIENTS) && npm ci --ignore-scripts --no-audit --no-fund --silent; \
	fi

.PHONY: check
check: lint types layers ## linters, types, layers

.PHONY: lint
lint: $(READY_TO_TEST) ## ruff: rules and formatting
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)

.PHONY: types
types: $(READY_TO_TEST) ## mypy, strict
	@$(BIN)/mypy

.PHONY: layers
layers: $(READY_TO_TEST) ## import-linter: who may import whom
	@$(BIN)/lint-imports --no-logo

.PHONY: schema
schema: $(READY_TO_TEST) ## write schema/schema.graphql anew
	@$(BIN)/dashboard schema > .venv/schema.graphql
	@mv .venv/schema.graphql schema/schema.graphql

.PHONY: drill
drill: $(READY_TO_TEST) ## kill everything during writes, and count what is lost
	@$(BIN)/python scripts/crash_drill.py

.PHONY: soak
soak: $(READY_TO_TEST) ## cut and kill while events flow, and count what is missed
	@$(BIN)/python -m scripts.live_soak $(SECONDS)

.PHONY: revocation
revocation: $(READY_TO_TEST) ## time revocations from replica to replica
	@$(BIN)/python -m scripts.revocation_timing

.PHONY: fanout
fanout: $(READY_TO_TEST) npm-clients ## fan-out next to a plain subscription (needs Node)
	@$(BIN)/python -m scripts.fanout

.PHONY: lock
lock: ## pin every dependency anew, with hashes (needs uv)
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra embedded --output-file requirements-embedded.lock
	$(LOCK) --extra embedded --extra dev --output-file requirements-dev.lock

.PHONY: clean
clean: ## remove .venv and what tools leave behind; data stays
	rm -rf .venv $(NPM_CLIENTS)/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY_TO_TEST): requirements-dev.lock $(BIN)/dashboard
	@echo "Setting up for development (.venv) ..."
	@$(PIP) --require-hashes --no-deps -r requirements-dev.lock
	@touch $(READY_TO_RUN) $@

$(READY_TO_RUN): requirements-embedded.lock $(BIN)/dashboard
	@echo "Setting up (.venv) ..."
	@$(PIP) --require-hashes --no-deps -r requirements-embedded.lock
	@touch $@

$(BIN)/dashboard: scripts/make_venv
	@PYTHON='$(PYTHON)' scripts/make_venv
