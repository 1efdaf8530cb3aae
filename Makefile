# Every command a person needs. `make help` lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help

# The newest Python is not always called python3; an old python3 is not a reason to give up.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && exit; done; echo python3)
HOST ?= 127.0.0.1
PORT ?= 8000
NEWSROOM_VENV ?= $(CURDIR)/.venv
export NEWSROOM_VENV
ifdef NEWSROOM_VAR
export NEWSROOM_VAR
endif
BIN = $(NEWSROOM_VENV)/bin
SETUP = @command -v $(PYTHON) >/dev/null 2>&1 || { echo "Python 3.11 or newer is not installed (looked for: $(PYTHON))."; exit 1; }; $(PYTHON) deploy/setup.py

.PHONY: help
help: ## Say what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

.PHONY: run
run: ## Install what is missing and start everything for a try-out (HOST=, PORT=, NEWSROOM_VAR=)
	$(SETUP) runtime
	@exec "$(BIN)/python" manage.py runall --host "$(HOST)" --port "$(PORT)"

.PHONY: fonts
fonts: ## Fetch the fonts that pages are made up with, without root (Debian, Ubuntu)
	@exec "$(PYTHON)" deploy/fonts.py

.PHONY: test
test: ## Linters, types, layers, and every test on SQLite and on private PostgreSQL and Redis
	$(SETUP) dev
	@exec "$(BIN)/python" -m tests.run $(ARGS)

.PHONY: lint
lint: ## The linters, types and layers alone
	$(SETUP) dev
	@exec "$(BIN)/python" -m tests.run --only-checks

.PHONY: format
format: ## Lay out Python code as the linters want it
	$(SETUP) dev
	@"$(BIN)/ruff" check --fix --quiet . ; "$(BIN)/ruff" format .

.PHONY: audit
audit: ## Look for known weaknesses in what is installed (asks the network)
	$(SETUP) dev
	@"$(BIN)/pip-audit" --strict --require-hashes --disable-pip -r requirements/runtime.txt
	@"$(BIN)/pip-audit" --strict --require-hashes --disable-pip -r requirements/dev.txt

LOCK = "$(BIN)/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header
.PHONY: lock
lock: ## Lock requirements/*.in anew (UPGRADE=1 takes newer versions)
	$(SETUP) dev
	$(LOCK) $(if $(UPGRADE),--upgrade) requirements/runtime.in -o requirements/runtime.txt
	$(LOCK) $(if $(UPGRADE),--upgrade) -c requirements/runtime.txt requirements/dev.in -o requirements/dev.txt

.PHONY: messages
messages: ## Collect the texts to translate into locale/
	$(SETUP) dev
	@exec "$(BIN)/python" -m tests.messages

.PHONY: guide
guide: ## Take the pictures of README and guides anew (wants Chromium)
	$(SETUP) dev
	@exec "$(BIN)/python" -m tests.guide_shots

.PHONY: bench
bench: ## Measure, and write docs/benchmarks.md
	$(SETUP) dev
	@exec "$(BIN)/python" manage.py bench $(ARGS)
