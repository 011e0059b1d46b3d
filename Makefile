# `make` lists what there is. Every target sets up first what it needs; nothing is done twice.
.DEFAULT_GOAL := help
.PHONY: help setup setup-tests setup-spark demo serve test test-pg test-spark faults lint types bench screens docs lock translations

PYTHON ?= python3
BIN := .venv/bin
# What checks and types must not leave in the data folder.
SCRATCH := JIAHE_HOME=build/home

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: ## .venv, npm parts and translations to run Jiahe
	@$(PYTHON) tools/setup.py run

setup-tests: # the same with everything that tests need
	@$(PYTHON) tools/setup.py tests

setup-spark: # and with a Spark cluster
	@$(PYTHON) tools/setup.py spark

demo: setup ## a small city on real screens at http://127.0.0.1:8000
	@$(BIN)/jiahe demo

serve: setup ## the web server on the data folder (JIAHE_HOME, default ./var)
	@$(BIN)/jiahe serve

test: setup-tests ## all tests on SQLite
	$(BIN)/pytest -n auto

test-pg: setup-tests ## those that touch a database, on a PostgreSQL that the run starts itself
	$(BIN)/pytest -n auto --database postgresql

test-spark: setup-spark ## both engines against each other, on a Spark cluster that the run starts itself
	$(BIN)/pytest -m spark tests/engines

faults: setup-tests ## the long runs: kill a large gather at random instants
	$(BIN)/pytest -m faults

lint: setup-tests ## style, layers, dependencies, links
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(SCRATCH) $(BIN)/lint-imports --no-logo
	$(BIN)/deptry src
	$(BIN)/python tools/check.py

types: setup-tests ## mypy, strict
	$(SCRATCH) $(BIN)/mypy

bench: setup-tests ## everything that is measured, against what, in one run
	$(BIN)/jiahe bench all

screens: setup-tests ## look at every page at 1280 and 390 pixels, and ask axe
	$(BIN)/python -m tools.screens
	PICTURES=docs/enterprise/pictures $(BIN)/pytest tests/journeys

docs: setup-tests ## write the generated reference pages anew
	$(BIN)/python -m tools.docs

lock: setup-tests ## resolve the dependencies anew and write the lock files
	$(BIN)/python tools/lock.py

translations: setup-tests ## collect the sentences that need an English translation
	$(BIN)/python tools/translations.py collect
