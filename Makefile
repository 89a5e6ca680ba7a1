.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
PROGRAMS := tesseract-ocr tesseract-ocr-vie catdoc chromium fonts-noto-color-emoji
OURS := bot commands drafting jobs migrations models papers reading takeover web $(wildcard *.py)

# Set on some machines; with it every start compiles everything again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install demo run test test-all system lint bench clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | awk -F '\t' '{printf "  make %-10s %s\n", $$1, $$2}'

install: $(STAMP) ## everything into .venv, the test tools included

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (make PYTHON=...)" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	$(BIN)/python -m compileall -q $(wildcard $(OURS))
	@touch $@

demo: install ## a whole department to play with, in the browser
	$(BIN)/dondoc demo

run: install ## the service, as config.toml and the environment say
	$(BIN)/dondoc run

test: install ## the tests of a minute, that need nothing but Python
	$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder -m "not browser and not scan and not old_word and not thorough"

test-all: install ## all tests; names the Debian programs it did without
	$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder

system: ## Debian programs: to read scans and old .doc files, and for the browser tests (as root, or by sudo)
	@root=; [ "$$(id -u)" = 0 ] || root=sudo; \
	$$root apt-get update -qq && \
	$$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PROGRAMS)

lint: install ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: install ## the figures, as a table with the machine's name
	$(BIN)/python -m bench

clean: ## all that can be made again; never the data in var/
	rm -rf .venv build *.egg-info .pytest_cache .hypothesis .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
