.DEFAULT_GOAL := help
.PHONY: help setup demo run test check fix migrate evaluate bench train translations

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

help: ## show these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.dev ## make .venv with everything a checkout needs

demo: .venv/.run ## run a fictional shop through the real pipeline and serve it (PORT=8123)
	$(BIN)/klantreis demo --port $(PORT)

run: .venv/.run ## serve an empty workspace, with its database in ./instance (PORT=8123)
	$(BIN)/klantreis migrate
	$(BIN)/klantreis serve --port $(PORT)

test: .venv/.dev ## all tests; give some with T=tests/analysis
	$(BIN)/pytest -n auto $(T)

check: .venv/.dev ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: .venv/.dev ## put right what tools can put right
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

migrate: .venv/.run ## bring the database up to date
	$(BIN)/klantreis migrate

evaluate: .venv/.dev ## measure the analysis beside others; writes docs/evaluation.md
	$(BIN)/python -m analysis_evaluation

bench: .venv/.dev ## measure speed; writes docs/benchmarks.md
	$(BIN)/python -m benchmarks

train: .venv/.encoder ## train the encoder, from texts to model card (A='--minutes 60')
	$(BIN)/python -m encoder_training $(A)

translations: .venv/.dev ## collect new texts of the pages into the catalogues
	$(BIN)/pybabel -q extract --no-location --sort-output -F babel.cfg -k lazy_gettext -o .venv/messages.pot .
	$(BIN)/pybabel -q update --omit-header --ignore-pot-creation-date --no-fuzzy-matching -i .venv/messages.pot -d survey_app/translations
	$(BIN)/pybabel -q compile -f -d survey_app/translations

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Klantreis needs Python 3.11 or newer; set PYTHON=")'
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

.venv/.dev: .venv/.run
	$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@

.venv/.encoder: .venv/.dev
	$(PIP) install --constraint constraints.txt --editable '.[dev,encoder]'
	@touch $@
