# The map of everyday commands; `make` alone lists them.

# Another Python is asked for as in `make test PYTHON=python3.13 VENV=.venv-3.13`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# More than two cores can work: many tests wait, for a lease to lapse or a browser to draw.
WORKERS ?= 4
UV := $(shell command -v uv 2>/dev/null)

TOOLS := vnu-jar@26.9.27 axe-core@4.14.1 sitemap@8.0.0

# A program that a test starts, hundreds of times, would compile all it imports each time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo desk tools test fuzz chaos lint format messages bench screenshots wheel lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/base ## set up, run the whole line on the demo releases, and say where the pages are
	@$(BIN)/l10n demo

desk: $(VENV)/base ## open the desk on the demo project
	@test -f demo/l10n.toml || $(BIN)/l10n demo
	@$(BIN)/l10n -C demo serve

test: $(VENV)/dev ## set up and run the tests; what is missing on this machine is skipped and named
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal -r s $(TESTS)

tools: ## install the Nu HTML checker, axe and the schema of sitemaps, for the tests of pages (needs npm; vnu needs Java)
	@npm install --silent --no-save --no-audit --no-fund --prefix .l10n/tools $(TOOLS)

fuzz: $(VENV)/dev ## send the desk's API many generated requests
	@L10N_FUZZ_EXAMPLES=500 $(BIN)/pytest -q -n 2 tests/contracts/test_desk_api_schemathesis.py

chaos: $(VENV)/dev ## kill processes at random points and check that nothing is lost, for many rounds
	@L10N_CHAOS_ROUNDS=40 $(BIN)/pytest -q tests/laws/test_crash_laws.py \
		tests/laws/test_many_machines_laws.py \
		tests/laws/test_site_laws.py::test_a_reader_never_misses_a_page_while_versions_are_swapped

lint: $(VENV)/dev ## ruff, mypy and the import layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/dev ## format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

messages: $(VENV)/dev ## add new texts of the interface to locales/*/…/passerelle.po, and list what has no translation
	@$(BIN)/python -m tests.interface_texts

bench: $(VENV)/dev ## measure, as ratios against a peer or a floor in the same run
	@$(BIN)/python -m benchmarks

screenshots: $(VENV)/dev ## take the pictures of the README and docs/images
	@$(BIN)/python docs/screenshots.py

wheel: $(VENV)/dev ## build the wheel into dist/
	@$(BIN)/python -m hatchling build -t wheel

lock: ## resolve the requirements files anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header pyproject.toml -o requirements/base.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --group build -c requirements/base.txt -o requirements/build.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header pyproject.toml --group build --group dev -c requirements/base.txt \
	  -o requirements/dev.txt

clean: ## remove what was set up and made
	rm -rf $(VENV) .l10n demo dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

ifdef UV
venv = uv venv -q --python '$(if $(filter file,$(origin PYTHON)),>=3.11,$(PYTHON))' $(VENV)
install = uv pip install -q -p $(BIN)/python
else
venv = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")' \
  && $(PYTHON) -m venv $(VENV)
install = $(BIN)/python -m pip install -q --disable-pip-version-check
endif

$(BIN)/python:
	@$(venv)

$(VENV)/base: requirements/base.txt requirements/build.txt pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) …"
	@$(install) --require-hashes -r requirements/base.txt -r requirements/build.txt
	@$(install) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: requirements/dev.txt $(VENV)/base | $(BIN)/python
	@echo "Setting up the development tools …"
	@$(install) --require-hashes -r requirements/dev.txt
	@touch $@
