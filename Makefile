# The gut-skin assistant. `make help` lists what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PORT ?= 5005
ACTIONS_PORT ?= 5055
FUZZ ?= 500
export PORT ACTIONS_PORT FUZZ
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 2
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export PYTHONHASHSEED := 0
export PYTHONWARNINGS := ignore
PY := .venv/bin/python
ROLE ?= reception
QUESTIONS ?= evaluation/questions/clinic.jsonl
VIGNETTES ?= evaluation/vignettes/vignettes.jsonl

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 20

serve: .venv/.ready ## start everything and print its address (PORT=5005); Ctrl-C ends all of it
	@exec $(PY) -m tools.serve

chat: .venv/.ready ## talk to a running assistant in the terminal
	@exec $(PY) -m tools.chat

desk-user: .venv/.ready ## make a desk account or reset its password (NAME=asha ROLE=reception|clinician|admin)
	@$(PY) -m tools.desk_user "$(NAME)" "$(ROLE)"

retention: .venv/.ready ## erase what has been kept long enough (the running assistant does so every hour)
	@$(PY) -m tools.retention

test: .venv/.ready widget/node_modules/.ready lint train validate ## all tests: lint, types, data, unit, contract, conversations, server, browser
	@$(PY) -m pytest

lint: .venv/.ready ## style and types
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy

format: .venv/.ready ## put the code in its one style
	@$(PY) -m ruff check --fix-only . && $(PY) -m ruff format .

train: .venv/.ready ## train, if data or understanding changed
	@$(PY) -m tools.train

validate: .venv/.ready ## check all data files
	@$(PY) -m tools.check_data
	@$(PY) -m rasa data validate --fail-on-warnings --domain domain.yml --data data/nlu data/rules data/stories --config config.yml > .state/validate.log 2>&1 \
		&& echo "Rasa finds the training data consistent." || { cat .state/validate.log; exit 1; }

evaluate: train ## measure on a question file (QUESTIONS=file.jsonl): a report with plots, and the triage levels
	@$(PY) -m evaluation.run $(QUESTIONS)
	@$(MAKE) --no-print-directory evaluate-triage

evaluate-triage: .venv/.ready ## the table of triage levels, needed and given (VIGNETTES=file.jsonl)
	@$(PY) -m evaluation.vignettes $(VIGNETTES)

evaluate-spread: .venv/.ready ## cross-validation over data/nlu for five seeds: what is real, what is noise
	@OMP_NUM_THREADS=1 $(PY) -m evaluation.spread

evaluate-peers: train ## the assistant beside the stock pipeline and plain retrieval (QUESTIONS=file.jsonl; minutes)
	@$(PY) -m evaluation.peers $(QUESTIONS)

evaluate-speed: train ## milliseconds to understand a message, on one core (QUESTIONS=file.jsonl)
	@OMP_NUM_THREADS=1 $(PY) -m evaluation.speed $(QUESTIONS)

widget: widget/node_modules/.ready ## build the chat element anew (needs Node)
	@cd widget && npm run --silent build

test-faults: train ## hurt a running assistant and see what visitors get (FUZZ=20000 OVERLOAD=120 for the long form)
	@$(PY) -m pytest tests/faults

test-cluster: train ## several of each process on PostgreSQL, Redis and nginx, where they are installed
	@$(PY) -m pytest tests/cluster

sbom: .venv/.ready ## the bill of materials of the lock, into results/sbom.json
	@mkdir -p results && $(PY) -m cyclonedx_py -r -i requirements/run.txt --format json --force -o results/sbom.json

audit: .venv/.ready ## known vulnerabilities of the lock, asked of PyPI; fails where a package cannot be judged
	@$$(sh tools/uv.sh) tool run -q --from pip-audit==2.10.1 pip-audit --strict --progress-spinner off --disable-pip \
		--require-hashes -r requirements/run.txt

bench: train ## measure beside the bot of `rasa init`, and the chat element and the desk in a browser (SHORT=1 for a look)
	@$(PY) -m evaluation.bench $(if $(SHORT),--short)
	@$(PY) -m tools.measure_widget
	@$(PY) -m tools.measure_desk

screenshots: .venv/.ready ## pictures of the page in eight states and of the desk, into results/screenshots (needs Chromium)
	@$(PY) -m tools.screenshots

lock: .venv/.ready ## compile the pinned requirements anew
	@uv=$$(sh tools/uv.sh) && for set in run dev; do \
		extra=; [ $$set = dev ] && extra="--extra dev"; \
		$$uv pip compile -q --universal --python-version 3.10 --generate-hashes --no-emit-index-url \
			--custom-compile-command "make lock" $$extra pyproject.toml -o requirements/$$set.txt; done; \
		$$uv pip compile -q --no-deps --python-version 3.10 --generate-hashes --no-emit-index-url \
			--custom-compile-command "make lock" requirements/encoder.in -o requirements/encoder.txt

clean: ## remove what was made: environment, models, state
	rm -rf .venv .tools .state .rasa models

setup: .venv/.ready ## make the environment and the sentence encoder

# What the browser tests and the build of the chat element need; without npm those tests say that they are skipped.
widget/node_modules/.ready: widget/package-lock.json
	@if command -v npm >/dev/null 2>&1; then \
		echo "Fetching what the browser tests need …"; cd widget && npm ci --silent --no-fund --no-audit && touch node_modules/.ready; \
	else echo "No npm here: the browser tests that need axe-core will be skipped."; fi

.venv/.ready: requirements/dev.txt requirements/encoder.txt .python-version tools/uv.sh tools/setup.sh tools/build_encoder.py
	@sh tools/setup.sh

.PHONY: help setup serve chat test lint format train validate widget bench screenshots evaluate lock clean evaluate-triage evaluate-spread evaluate-peers evaluate-speed desk-user retention test-faults test-cluster sbom audit
