# The verbs of this project. Plain `make` lists them; CI uses the same ones.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)

BIN := .venv/bin
READY := .venv/ready
BOOK := _build/html/index.html
PORT := 8000

# Threads cost more than they bring on batches of 8x8 matrices.
export OPENBLAS_NUM_THREADS = 1
# Nobody's own settings of matplotlib and IPython reach a figure, and nothing is written to them.
export MPLCONFIGDIR = $(CURDIR)/_build/.matplotlib
export IPYTHONDIR = $(CURDIR)/_build/.ipython

.PHONY: help book course pdf up-to-date test everything plain lint unit notebooks pages wheel oldest newest trust mutants lab serve bench races oracle oracle-check clean distclean

help:
	@echo "make book       build the book, and say what CPU each page took; the first call makes .venv, too"
	@echo "make course     make notebooks, exercise sheets and slides of eight sessions from the chapters"
	@echo "make pdf        print the numbered chapters, and the article, as PDF"
	@echo "make test       every check: style, library, notebooks, strict build, pages in a browser"
	@echo "make everything the same at full length (an hour), the chain without its engine, wheel, oldest, newest"
	@echo "make lab        open the chapters in JupyterLab, to change their code"
	@echo "make serve      show the built book on http://127.0.0.1:$(PORT)"
	@echo "make bench      time the library, alone and beside its peers"
	@echo "make races      search the optima of chapter 12 and of Who wins again (minutes) and store where they are"
	@echo "make oracle     make the table of fifty digits again; oracle-check recomputes 100 sets of it"
	@echo "make trust      try long: random states and systems, bad input, no number without a steady state"
	@echo "make mutants    break the library in one place at a time (an hour); PART=paper, NAMES='omcore.resonator*'"
	@echo "make wheel      test the bare wheel; oldest, newest: with the oldest and newest packages allowed"
	@echo "make clean      remove what was built; distclean removes .venv too"
	@echo
	@echo "Another Python: make book PYTHON=/path/to/python3.12. Parts of test: lint unit notebooks pages."

# ---- set-up: runs again only when the pins or the package's own needs have changed

define check-python
	@test -n "$(PYTHON)" || { echo "No Python found. Remedy: sudo apt install python3 python3-venv"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is too old: Python 3.11 or later is needed."; \
	  echo "Remedy: install a newer one, then make PYTHON=/path/to/python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot create environments: Debian and Ubuntu package that part separately."; \
	  echo "Remedy: sudo apt install python3-venv"; exit 1; }
endef

$(READY): requirements.txt constraints.txt pyproject.toml
	$(check-python)
	@echo "==> Set-up 1/2: environment in .venv with $(PYTHON)"
	@"$(PYTHON)" -m venv .venv
	@echo "==> Set-up 2/2: the pinned packages; this takes some minutes, once"
	@$(BIN)/python -m pip install --disable-pip-version-check --no-compile -r requirements.txt
	@$(BIN)/python -m compileall -qq -j 0 .venv/lib || true  # on all cores; pip would take one
	@touch $@

# ---- the book

# What nbval has run, the build takes from its cache; book/_ext/runs.py puts it there.
NBVAL = $(BIN)/python -m pytest -n auto --dist loadfile -p book._ext.runs --nbval-lax --nbval-current-env --ignore book/_ext --ignore book/drawings

# Warnings are errors. Sphinx does not repeat the warnings of pages that it has read before, so
# after a build that failed or was interrupted every page is read again; no notebook runs twice.
# Where all are in the cache pytest says 5: nothing to do.
book: $(READY)
	@echo "==> Building the book; only notebooks that are new or changed are run, one on each core"
	@$(NBVAL) --new book || [ $$? -eq 5 ]
	@test -e _build/.passed || rm -rf _build/.doctrees
	@rm -f _build/.passed
	$(BIN)/jupyter-book build . -W --keep-going -n
	@touch _build/.passed
	@echo
	@echo "Open the book in a browser, no server needed:"
	@$(BIN)/python -c 'from pathlib import Path; print("  " + Path("$(BOOK)").resolve().as_uri())'
	@echo "or run  make serve  and open http://127.0.0.1:$(PORT)"

# ---- what is made from the built book; this is built first where it is not there, or older than its sources

SOURCES := book omcore _toc.yml _config.yml
up-to-date: $(READY)
	@test -e _build/.passed && test -z "$$(find $(SOURCES) -type f -not -path '*/__pycache__/*' -newer _build/.passed)" \
	  || $(MAKE) --no-print-directory book

course pdf: up-to-date
	@echo "==> Making _build/$@"
	$(BIN)/python -m course$(if $(filter pdf,$@),.pdf)

serve: $(READY)
	@test -e $(BOOK) || { echo "There is no book yet. Remedy: make book"; exit 1; }
	@echo "http://127.0.0.1:$(PORT) - stop with Ctrl-C; another port: make serve PORT=8001"
	@$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory _build/html

# Opens the first chapter, for root too. The settings in book/_lab ask nobody about news.
lab: $(READY)
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/book/01_sagnac.ipynb \
	  --LabApp.app_settings_dir=book/_lab $(if $(filter 0,$(shell id -u)),--allow-root)

# ---- the checks, cheapest first

# These read what is built.
OF_THE_BOOK := tests/test_pages*.py tests/test_course.py
# What shares something dear stays with one worker: a file, and more in tests/conftest.py.
PYTEST = $(BIN)/python -m pytest -n auto --dist loadfile --junitxml _build/reports/$@.xml

test: $(READY)
	@rm -rf _build/reports
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory unit
	@$(MAKE) --no-print-directory notebooks
	@$(MAKE) --no-print-directory book
	@$(MAKE) --no-print-directory pages
	@$(BIN)/python tests/slowest.py _build/reports/*.xml

# `make test` tries a sample where there is much to try: see tests/trust/effort.py.
everything: $(READY)
	OMCORE_TRUST=long OMCORE_ORACLE_SETS=100 $(MAKE) --no-print-directory test plain
	@$(MAKE) --no-print-directory course pdf
	@$(MAKE) --no-print-directory wheel oldest newest

lint: $(READY)
	@echo "==> Test 1/5: style"
	$(BIN)/ruff check
	$(BIN)/ruff format --check

unit: $(READY)
	@echo "==> Test 2/5: the library, its examples and the sources of the book"
	MPLBACKEND=Agg $(PYTEST) $(OF_THE_BOOK:%=--ignore-glob='%')

notebooks: $(READY)
	@echo "==> Test 3/5: every notebook runs from top to bottom (test 4 is the strict build)"
	$(NBVAL) -p tests.recorded --junitxml _build/reports/$@.xml book

# Without omcore.engine, at tolerances of the plain route.
CHAIN := sagnac parameters systems steady_state covariance stability solution gradients edges oracle evolution
plain: $(READY)
	@echo "==> The chain by its plain route"
	OMCORE_ENGINE=off MPLBACKEND=Agg $(PYTEST) $(CHAIN:%=tests/test_%.py) tests/gaussian tests/trust/test_no_false_numbers.py

pages: $(READY)
	@echo "==> Test 5/5: the built pages"
	$(PYTEST) -rs $(OF_THE_BOOK)

# ---- the wheel on its own: each of these makes an environment in _build and needs a network

wheel oldest newest:
	$(check-python)
	"$(PYTHON)" tests/trial.py $@

# ---- the rest

# The peers have an environment of their own, with this project's pins and theirs; one that does not
# install is left out, and the table says so.
PEERS := _build/peers
$(PEERS)/ready: requirements.txt constraints.txt pyproject.toml benchmarks/requirements.txt
	$(check-python)
	@"$(PYTHON)" -m venv $(PEERS)
	@grep -hE '^[A-Za-z].*==' requirements.txt constraints.txt benchmarks/requirements.txt > $(PEERS)/pins.txt
	@$(PEERS)/bin/python -m pip install -q --disable-pip-version-check -c $(PEERS)/pins.txt \
	  -e ".[figures,sweep]" mpmath
	@for peer in thewalrus qutip control slycot; do \
	  $(PEERS)/bin/python -m pip install -q --disable-pip-version-check -c $(PEERS)/pins.txt $$peer || \
	  echo "skipped: $$peer does not install here"; done
	@touch $@

bench: $(READY) $(PEERS)/ready
	$(BIN)/python benchmarks/pipeline.py
	$(BIN)/python benchmarks/redraw.py
	$(BIN)/python benchmarks/browser.py
	$(BIN)/python benchmarks/sweep.py
	$(PEERS)/bin/python benchmarks/peers.py benchmarks/measured.json

races: $(READY)
	$(BIN)/python -m omcore.paper.optima
	$(BIN)/python -m omcore.paper.winners

# A sample of these is in every `make test`.
trust: $(READY)
	OMCORE_TRUST=long MPLBACKEND=Agg $(BIN)/python -m pytest -n auto tests/trust
	@$(MAKE) --no-print-directory oracle-check

# Goes on where it was stopped. One in ten of paper/ only: the ledger takes its time, anew for each.
PART := chain
NAMES :=
mutants:
	$(check-python)
	"$(PYTHON)" tests/mutants.py $(PART) $(NAMES)

oracle: $(READY)
	rm -f tests/oracle/*.jsonl
	PYTHONPATH=tests $(BIN)/python -m oracle.make

oracle-check: $(READY)
	OMCORE_ORACLE_SETS=100 $(BIN)/python -m pytest -n auto --dist loadfile tests/test_oracle.py

clean:
	rm -rf _build .pytest_cache .ruff_cache
	find . -path ./.venv -prune -o \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

distclean: clean
	rm -rf .venv omcore.egg-info
