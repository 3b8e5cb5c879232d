# What is done in this folder again and again. `make help` lists it.
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-peers
PYTHON ?= $(shell command -v python3.11 || command -v python3)
# uv leaves no bytecode behind unless it is told to; without, every start takes seconds longer.
export UV_COMPILE_BYTECODE := 1

# The tests of one file tell a story and stay together. In their order the long ones come first, so
# that no core waits for another in the end.
SIDE_BY_SIDE := -n auto --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help demo test test-peers lint chaos behaviours docs sandbox serve bench lock clean $(VENV)

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/runtime.stamp  ## ⭐ the main job, on both vendors' sandboxes, on this machine
	$(BIN)/affluent demo

test: $(VENV)/dev.stamp  ## ⭐ every test, on SQLite and on PostgreSQL
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

test-peers: $(VENV)/runtime.stamp $(PEERS)/peers.stamp  ## other people's clients, unmodified, against the sandbox
	$(PEERS)/bin/python -m pytest -c tests/peers/pytest.ini --rootdir . tests/peers

lint: $(VENV)/dev.stamp  ## format, style, types, and who may import whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

chaos: $(VENV)/dev.stamp  ## 10,000 orders under fire; or ORDERS=500 SEED=7 DATABASE=sqlite
	@$(BIN)/python -m tests.chaos

behaviours: $(VENV)/dev.stamp  ## what a merchant can do, as far as the tests prove it
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --behaviours=docs/behaviours.md

docs: behaviours  ## write what is generated under docs/, and follow every link
	$(BIN)/python -c 'from affluent.domain.error_book import render_error_book as book; print(book(), end="")' > docs/errors.md
	$(BIN)/python -m pytest tests/architecture/test_documents.py

sandbox: $(VENV)/runtime.stamp  ## both vendors on this machine, until Ctrl-C
	$(BIN)/affluent sandbox

serve: $(VENV)/runtime.stamp  ## Prefect's server and a worker for the pool `affluent`, until Ctrl-C
	@deployments/serve $(BIN)

bench:  ## what can be measured
	@ls benchmarks/[a-z]*.py | sed 's,benchmarks/\(.*\).py,make bench-\1,'

bench-%: $(VENV)/dev.stamp
	@test -f benchmarks/$*.py || { echo 'There is no benchmarks/$*.py.'; exit 1; }
	$(BIN)/python -m benchmarks.$*

clean:  ## remove what these targets made: the environment, the caches, the demo's folder
	rm -rf $(VENV) $(PEERS) .affluent-demo *.egg-info build .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache

# The environments: what requirements/ locks, by hash, and in ours the project as it lies here.
define install
@echo 'Installing requirements/$*.txt into $(1).'
@$(1)/bin/pip install --quiet --require-hashes -r requirements/uv.txt || true
@$(1)/bin/uv pip install --quiet --python $(1)/bin/python --require-hashes -r requirements/$*.txt \
	|| { echo 'uv cannot; pip takes longer.'; \
	$(1)/bin/pip install --quiet --no-deps --require-hashes -r requirements/$*.txt; }
endef

$(VENV): $(VENV)/dev.stamp

$(VENV)/%.stamp: requirements/%.txt requirements/uv.txt pyproject.toml | $(VENV)/bin/python
	$(call install,$(VENV))
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(PEERS)/%.stamp: requirements/%.txt requirements/uv.txt | $(PEERS)/bin/python
	$(call install,$(PEERS))
	@touch $@

$(VENV)/bin/python $(PEERS)/bin/python: %/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Affluent needs Python 3.11 or newer: make PYTHON=/path/to/python3.11'; exit 1; }
	@$(PYTHON) -m venv $*

LOCK = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --annotation-style line \
	--custom-compile-command 'make lock' --output-file

lock: $(VENV)/dev.stamp
	echo uv | $(LOCK) requirements/uv.txt -
	$(LOCK) requirements/runtime.txt pyproject.toml --group build
	$(LOCK) requirements/dev.txt pyproject.toml --group dev --constraints requirements/runtime.txt
	$(LOCK) requirements/peers.txt requirements/peers.in
