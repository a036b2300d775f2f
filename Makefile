PYTHON ?= python3
PY := .venv/bin/python
RUNTIME := .venv/requirements.txt
DEV := .venv/requirements-dev.txt
LOCK := $(PY) -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-header

.PHONY: help serve staff test fuzz bench bench-wagtail deploy-check lighthouse observatory audit lint check fixtures shares pictures lock
.DELETE_ON_ERROR:

help: ## List these verbs
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' Makefile | while read -r verb meaning; do \
		printf '  make %-14s %s\n' "$$verb" "$$meaning"; done

serve: $(RUNTIME) ## Run the guide on 127.0.0.1:8000 (HOST= and PORT= change that)
	@$(PY) -m legrelief.serve

staff: $(RUNTIME) ## Make a staff login (asks, or reads DJANGO_SUPERUSER_USERNAME, _EMAIL, _PASSWORD)
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py createsuperuser $(if $(DJANGO_SUPERUSER_PASSWORD),--noinput)

test: $(DEV) ## Run every test (REQUIRE_ALL=1: a skipped test fails; ARGS= goes to pytest)
	@$(PY) -m pytest --numprocesses auto $(ARGS)

bench: $(DEV) ## Measure pages and the engine, as ratios in one run
	@$(PY) -m tests.bench

bench-wagtail: $(DEV) ## Measure an article against a page of Wagtail (fetches Wagtail)
	@$(PY) -m tests.bench_wagtail

deploy-check: $(DEV) ## Try the files in deploy/ for real: nginx, two hosts, PostgreSQL, Redis
	@$(PY) -m tests.deploy_check

fuzz: $(DEV) ## Ask everything wrongly, 100,000 times (SEED=, FIRST= and COUNT= ask the same again)
	@$(PY) -m tests.fuzz

lighthouse: $(DEV) tests/npm/node_modules/.package-lock.json ## Write what Lighthouse says of five pages to docs/lighthouse.md
	@$(PY) -m tests.lighthouse

observatory: $(DEV) tests/npm-observatory/node_modules/.package-lock.json ## Write what MDN's HTTP Observatory says to docs/observatory.md
	@$(PY) -m tests.observatory

audit: $(DEV) ## Hold the packages against what is locked: hashes, files, licences (needs no network)
	@$(PY) -m tests.audit

lint: $(DEV) ## Check style, types and templates
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy manage.py legrelief guide tests
	@$(PY) -m djlint --quiet --lint templates

check: $(RUNTIME) ## Ask Django about settings, migrations and production
	@$(PY) manage.py check
	@$(PY) manage.py makemigrations --check --dry-run
	@LEGRELIEF_ENV=production LEGRELIEF_ALLOWED_HOSTS=example.org LEGRELIEF_DEBUG=false \
		LEGRELIEF_SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') \
		$(PY) manage.py check --deploy --fail-level WARNING

fixtures: $(RUNTIME) ## Load the fixtures into a throwaway database, then write them back in order
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
		export DATABASE_URL="sqlite:///$$folder/fixtures.sqlite3" && \
		$(PY) manage.py migrate --verbosity 0 && \
		$(PY) manage.py load_guide && \
		$(PY) manage.py dump_guide

shares: $(DEV) ## Draw the pictures of shared links anew, in static/share/ (needs Chromium)
	@$(PY) -m tests.share_images

pictures: $(DEV) ## Draw the pictures of docs/editing.md anew (needs Chromium)
	@$(PY) -m tests.pictures

lock: $(DEV) ## Write the hash-locked requirement files anew (ARGS=--upgrade: newest versions)
	@$(LOCK) $(ARGS) requirements.in --output-file requirements.txt
	@$(LOCK) $(ARGS) requirements-scale.in --output-file requirements-scale.txt
	@$(LOCK) $(ARGS) requirements-dev.in --output-file requirements-dev.txt

tests/npm/node_modules/.package-lock.json: tests/npm/package-lock.json
	@cd tests/npm && npm ci

tests/npm-observatory/node_modules/.package-lock.json: tests/npm-observatory/package-lock.json
	@cd tests/npm-observatory && npm ci --ignore-scripts

# A copy of the lock file inside .venv says what is installed there.
$(RUNTIME) $(DEV): .venv/%: %
	@test -w . || { echo "Cannot write in $(CURDIR): make the folder writable."; exit 1; }
	@command -v $(PYTHON) >/dev/null || \
		{ echo "There is no $(PYTHON) here: install Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("This Python is too old: \
	name one of 3.11 or newer, as in PYTHON=python3.11")'
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@echo "Installing the packages of $<"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes --requirement $<
	@cp $< $@
