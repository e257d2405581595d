# `make decks` builds everything under decks/ from content/; `make test` passes the tests. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What leans on Anki's importer passes in the oldest Anki too that knows image occlusion.
OLDEST := .venv-oldest
# An update is rehearsed in these two, and in one between them.
MIDDLE := .venv-middle
# Tests start a hundred processes: without bytecode each would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE
# A test goes to whichever core is free: no two tests share a file, a port or a clock.
CORES := -n auto --dist worksteal
IN_ANKI := tests/test_anki_import.py tests/test_merge.py tests/test_merge_notetypes.py tests/test_merge_refused.py tests/test_merge_retired.py tests/test_merge_stateful.py tests/test_notetypes_frozen.py tests/test_rehearsal.py tests/test_updates.py tests/test_updates_stateful.py tests/test_updates_sync.py

# CI gives this as MEASURE to `test`, so that `check` need not run the tests again for their coverage.
COVERAGE := --cov --cov-report=

# What pytest does around each test and no quick test needs: a millisecond a test, half a second at the end. No plugin is looked for either.
BARE := $(addprefix -p no:,cacheprovider debugging doctest faulthandler junitxml legacypath pastebin recwarn setuponly setupplan stepwise threadexception unraisableexception)

.PHONY: decks test quick check shipped code rehearse fix cover bench clean lock

decks: $(VENV)/runtime
	$(BIN)/coursedeck build content --out decks

test: $(VENV)/development $(OLDEST)/ready
	$(BIN)/python -m pytest $(CORES) $(MEASURE)
	$(OLDEST)/bin/python -m pytest $(CORES) -p no:cacheprovider -m "not newest" $(IN_ANKI)

# What can be tested in seconds; run it after each change. Half of the files each: to deal so many short tests out takes as long as they do.
quick: $(VENV)/development
	@$(MAKE) --no-print-directory --output-sync --jobs=2 quick-a-o quick-p-z

quick-%:
	@PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 $(BIN)/python -m pytest $(BARE) -m "not slow" --ignore-glob='*/test_[!$*]*'

# The lines and branches that no test reaches; fails below the bound.
cover: .coverage
	$(BIN)/coverage report --skip-covered --show-missing --fail-under=96

# A run of its own, since measuring makes every test slower; done again only where the code or a test is newer. It passes all cases.
.coverage: $(VENV)/development $(shell find generator tests -name '*.py')
	THOROUGH=1 $(BIN)/python -m pytest $(CORES) $(COVERAGE)

# Mend what tools can mend.
fix: $(VENV)/development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# After the tests, if these are due: a core for the course and one for the rest.
check: $(VENV)/development .coverage
	@$(MAKE) --no-print-directory --output-sync --jobs=2 shipped cover code

shipped: $(VENV)/development
	$(BIN)/coursedeck check content --strict
	rm -rf build/check && mkdir -p build/check && cp -R content build/check/content
	$(BIN)/coursedeck build build/check/content --out build/check/decks

code: $(VENV)/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Before a release: every learner who has a published version takes what content/ gives. The tables go into the changelog.
rehearse: $(VENV)/development $(MIDDLE)/ready $(OLDEST)/ready
	mkdir -p build && : > build/rehearsing.md
	for venv in $(VENV) $(MIDDLE) $(OLDEST); do \
	  $$venv/bin/coursedeck rehearse content --published tests/published >> build/rehearsing.md || exit 1; \
	done
	mv build/rehearsing.md build/rehearsal.md

# Beside the least that the job can cost, and beside two peers in an environment of their own: some ten minutes.
bench: $(VENV)/runtime
	$(BIN)/python benchmarks/speed.py --peers .venv-peers --write docs/performance.md
	$(BIN)/python benchmarks/print.py
	$(BIN)/python benchmarks/overhead.py

clean:
	rm -rf $(VENV) $(MIDDLE) $(OLDEST) .venv-peers

$(VENV)/runtime: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# Of the desktop program only its pages, without Qt: tests show cards in its own reviewer.
$(VENV)/development: requirements-dev.txt requirements-desktop.txt $(VENV)/runtime
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements-desktop.txt
	touch $@

.venv-%/ready: requirements-%.txt pyproject.toml
	$(PYTHON) -m venv .venv-$*
	.venv-$*/bin/python -m pip install --quiet --require-hashes -r requirements-$*.txt
	.venv-$*/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# Pin anew, with hashes and without any index's address.
lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --no-strip-extras --python-version 3.11 -q requirements.in -o requirements.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --no-strip-extras --python-version 3.11 -q requirements.in requirements-dev.in -o requirements-dev.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --no-strip-extras --python-version 3.11 -q requirements.in requirements-oldest.in -o requirements-oldest.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --no-strip-extras --python-version 3.11 -q requirements.in requirements-middle.in -o requirements-middle.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --no-deps --python-version 3.11 -q requirements-desktop.in -o requirements-desktop.txt
