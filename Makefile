# The two promises of the README are `make run` and `make test`. Everything else is for people who build queueapp.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
RUN := .venv/bin
DEV := .venv-dev/bin
LOCK := $(DEV)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate pyproject.toml locks/build.in

.PHONY: run test prove lint format bench pictures derive lock browser clean
.DEFAULT_GOAL := help

help: ## say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/.ready ## migrate, make the demo hall once, serve, print the addresses
	$(RUN)/queueapp migrate
	$(RUN)/queueapp demo
	exec $(RUN)/queueapp serve

test: lint browser ## lint, then the whole suite: rules, doors, live layer, real servers, real browser
	node --test static/js/tests/*.test.js
	$(DEV)/pytest -q -n 2 --dist worksteal -m "not prove" $(ARGS)

prove: .venv-dev/.ready node_modules/.ready browser ## the longer proofs: more kills, more agents, more screens
	$(DEV)/pytest -q -m prove --timeout 3000 $(ARGS)

lint: .venv-dev/.ready node_modules/.ready ## ruff, mypy, djlint, biome
	$(DEV)/ruff check .
	$(DEV)/ruff format --check .
	$(DEV)/mypy queueapp app.py
	$(DEV)/djlint templates --lint --quiet
	npx biome check static/js static/css

format: .venv-dev/.ready node_modules/.ready ## let the formatters write
	$(DEV)/ruff check --fix . || true
	$(DEV)/ruff format .
	npx biome check --write static/js static/css

bench: .venv/.ready .venv-dev/.ready ## memory, press to last screen, acts per second (figures, not verdicts)
	$(DEV)/python -m bench

pictures: .venv-dev/.ready browser ## the four faces of the README, from a real hall
	$(DEV)/python docs/pictures/take.py

derive: .venv-dev/.ready ## write what derives from the code: life of a ticket, events, refusals, settings
	$(DEV)/queueapp derive

lock: ## pin every dependency again, with hashes
	test -x $(DEV)/python || $(PYTHON) -m venv .venv-dev
	$(DEV)/pip install -q uv
	$(LOCK) -o locks/core.txt
	$(LOCK) --extra test --extra lint --extra watch -c locks/core.txt -o locks/dev.txt

# Two environments: what is installed is loaded (python-socketio imports every client library it finds), so the
# served process gets the core only, and the suite's tools never weigh on a Raspberry Pi.
.venv/.ready: locks/core.txt pyproject.toml $(wildcard translations/*/LC_MESSAGES/*.po)
	tools/environment .venv locks/core.txt $(PYTHON)

.venv-dev/.ready: locks/dev.txt pyproject.toml $(wildcard translations/*/LC_MESSAGES/*.po)
	tools/environment .venv-dev locks/dev.txt $(PYTHON)

# The lock pins versions and hashes. Not `npm ci`: it insists on packages for every platform, and mirrors lack some.
node_modules/.ready: package-lock.json
	tools/need node npm
	npm install --no-save --no-audit --no-fund --loglevel=error
	touch $@

browser:
	tools/need chromium

clean: ## remove environments and artefacts; the hall's data in instance/ stays
	rm -rf .venv .venv-dev node_modules test-artifacts build *.egg-info
