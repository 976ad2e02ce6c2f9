# `make run` serves the app, `make class` serves it to a class, `make test` checks everything; all
# set up what they need.
PYTHON ?= python3
PORT ?= 8501
# For instance PIP_ARGS="--index-url …", to take torch's CPU build from where pytorch.org says.
PIP_ARGS ?=
BIN := .venv/bin

.PHONY: run class test lint unit portable lowest browser format messages notebook benchmarks clean

# To this machine alone.
run: .venv/installed
	$(BIN)/python -m explorer serve --port $(PORT)

# To everyone on the network; prints the address to write on the board.
class: .venv/installed
	$(BIN)/python -m explorer serve --class --port $(PORT)

test: lint unit portable browser

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

unit: .venv/installed-dev
	$(BIN)/pytest -n 2 --dist worksteal --ignore=tests/browser

# What trains or compares, once more as processors without AVX-512, and without AVX2, compute it:
# other kernels run there, which round otherwise and lack bfloat16. What reads, names, refuses or
# writes does so on any processor.
ANYWHERE := benchmark export* glosses own_corpus intervention intervention_code labels refusals \
  width_figures every_experiment catalogue checkpoint *_folders own_models_page
COMPARE := $(BIN)/pytest -n 2 --dist worksteal $(ANYWHERE:%=--ignore-glob='*/test_%.py')
COMPARED := training seq2seq recurrence search experiments models cloze
portable: .venv/installed-dev
	ONEDNN_MAX_CPU_ISA=AVX2 ATEN_CPU_CAPABILITY=avx2 $(COMPARE) $(COMPARED:%=tests/%)
	ONEDNN_MAX_CPU_ISA=AVX2 ATEN_CPU_CAPABILITY=default $(COMPARE) $(wordlist 1,3,$(COMPARED:%=tests/%))

# With the lower ends of the ranges that pyproject.toml allows, in an environment of its own; without
# transformers, whose own ranges are narrower.
LOWEST := .venv-lowest/bin/python -m
lowest: .venv/created
	$(PYTHON) -m venv .venv-lowest
	$(LOWEST) pip install --quiet $(PIP_ARGS) -c requirements-lowest.txt -r requirements-lowest.txt \
	  'pytest==9.2.0' 'hypothesis==6.170.15'
	$(LOWEST) pytest --ignore-glob='*/test_benchmark.py' --ignore=tests/decoding/test_sampling.py \
	  --deselect=tests/decoding/test_memory.py::test_a_cache_of_transformers_is_counted \
	  --deselect=tests/recurrence/test_transforms.py::test_nothing_is_opened_inside_a_compiled_function \
	  tests/recurrence tests/decoding tests/models tests/stored

# On a busy machine a browser may be late: a test that fails is tried once more, and named.
browser: .venv/installed-dev
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.browser.nginx
	$(BIN)/pytest -n 2 --dist worksteal --reruns 1 -rR tests/browser

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Brings the catalogues up to date with the messages in the code.
messages: .venv/installed-dev
	$(BIN)/python -m explorer.locale.update

# Executes docs/notebook.ipynb, and writes docs/notebook.md with its pictures.
notebook: .venv/installed-dev
	$(BIN)/python -m tests.saving.notebook docs

benchmarks: .venv/installed-dev
	$(BIN)/python -m benchmarks.trace
	$(BIN)/python -m benchmarks.translate
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.web
	$(BIN)/python -m benchmarks.jobs
	$(BIN)/python -m benchmarks.load --processes 2
	$(BIN)/python -m benchmarks.load --followers 30

clean:
	rm -rf .venv

.venv/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Gatescope needs Python 3.11 or newer; name one with: make PYTHON=python3.11 run"; exit 1; }
	$(PYTHON) -m venv .venv
	touch $@

.venv/installed: requirements.txt .venv/created
	@echo "Installing requirements.txt; torch is large, so the first time takes minutes."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(PIP_ARGS) -r requirements.txt
	touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(PIP_ARGS) -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(PIP_ARGS) --no-deps g2p-en==2.1.0
	touch $@
