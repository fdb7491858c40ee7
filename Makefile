# What a contributor runs and what CI runs, under the same names. `make` alone: all that takes less than a few minutes.
PYTHON ?= python3
FORMAT ?= text
BIN = .venv/bin

.PHONY: checks install lint types fast test thorough outputs sdist lock licences workflows reference site

checks: lint types fast outputs

install: # exactly what requirements.lock names, in .venv
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

fast: # the tests that need no program but Python
	$(BIN)/python -m pytest -q -n auto -m "not engine"

test:
	$(BIN)/python -m pytest -q -n auto

thorough: # as often as somebody has the time
	THOROUGH=true $(BIN)/python -m pytest -q -n auto

outputs: # the records are sound, and the outputs are what they build
	$(BIN)/fedbib check --format $(FORMAT)
	$(BIN)/fedbib build --check

sdist:
	bash .ci/sdist

lock: # needs uv; the newest versions, for every Python and system at once
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-header --no-annotate --no-emit-index-url -q -o requirements.lock

licences:
	$(BIN)/python -m tests.locked > docs/licences.new
	mv docs/licences.new docs/licences.md

workflows: # what `fedbib init` writes is what this repository uses, but for what it installs
	cp .github/ISSUE_TEMPLATE/paper.yml fedbib/data/github/ISSUE_TEMPLATE/
	for name in build check discover pages paper release sync; do \
		sed "s/|| '\.' }} #.*/|| 'fedbib' }} # what pip installs/" .github/workflows/$$name.yml > fedbib/data/github/workflows/$$name.yml; done

reference: # docs/commands.md, of what `--help` prints
	$(BIN)/python -m tests.reference > docs/commands.new
	mv docs/commands.new docs/commands.md

site: # the documentation, in site/; needs mkdocs-material
	$(BIN)/mkdocs build --strict -q
