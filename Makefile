# `make decks` builds everything under decks/ from content/; `make test` passes the tests. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: decks test check bench clean lock

decks: $(VENV)/runtime
	$(BIN)/coursedeck build content --out decks

test: $(VENV)/development
	$(BIN)/python -m pytest

check: $(VENV)/development
	$(BIN)/coursedeck check content --strict
	$(BIN)/coursedeck build content --out decks --check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

clean:
	rm -rf $(VENV)

$(VENV)/runtime: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/development: requirements-dev.txt $(VENV)/runtime
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@

# Pin anew, with hashes and without any index's address.
lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 -q requirements.in -o requirements.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 -q requirements.in requirements-dev.in -o requirements-dev.txt
