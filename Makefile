# `make` builds publish/ from nothing; `make test` passes the tests. Both set up .venv themselves.
PYTHON ?= python3
# what is compiled once is kept, for the many processes that tests start
export PYTHONDONTWRITEBYTECODE :=
BIN := .venv/bin
TROPHEES := $(BIN)/trophees

LINT := .venv/lint/node_modules
# the least per cent of lines and branches that the tests may cover
COVERED := 96

.PHONY: all test test-slow test-tasks test-spark test-all coverage try-wheel fuzz check lint lint-types lint-others mutation bench wheel lock clean
all: .venv/ready .venv/bundled
	$(TROPHEES) check
	$(TROPHEES) build

test: .venv/ready .venv/bundled lint
	$(BIN)/python -m pytest -n auto --dist loadgroup --no-loadscope-reorder -q -m "not slow and not foreign"

# What `make test` leaves out, but for what measures seconds, shows again what quicker tests show, or needs programs from
# elsewhere; what fails is asked once more. One process more than there are two cores: much of it waits.
# `make test-slow SHARE=3 SEED=text` asks one in three of the modules, which the text chooses.
SLOW := -q -m "slow and not (foreign or timed or again)" --share $(or $(SHARE),1) --seed "$(SEED)"
test-slow: .venv/ready .venv/bundled
	$(BIN)/python -m pytest -n 3 --dist loadgroup --no-loadscope-reorder $(SLOW) || \
	  $(BIN)/python -m pytest --last-failed --last-failed-no-failures none $(SLOW)

# What readers come for, in Chromium, Firefox and WebKitGTK; where one is not installed, its tests are skipped and say so.
test-tasks: .venv/ready .venv/bundled
	$(BIN)/python -m pytest -q tests/browser/test_tasks.py

# The same records on Spark, on two cores of this machine; needs Java.
test-spark: .venv/ready .venv/spark
	$(BIN)/python -m pytest -q tests/test_spark.py -m "not slow"

# All tests: also what shows again, or needs programs from elsewhere, and what measures seconds, beside which nothing runs.
test-all: .venv/ready .venv/bundled .venv/spark lint
	$(BIN)/python -m pytest -n auto --dist loadgroup --no-loadscope-reorder -q -m "not timed"
	$(BIN)/python -m pytest -q -m timed

# What the tests cover, but for those that need programs from elsewhere, with the processes that they start; below the floor
# it fails.
coverage: .venv/ready .venv/bundled
	$(BIN)/python -m pytest -n auto --dist loadgroup --no-loadscope-reorder -q -m "not (foreign or timed)" \
	  --cov --cov-report=term:skip-covered --cov-fail-under=$(COVERED)

# The wheel as its users install it.
try-wheel: wheel
	$(BIN)/python tools/try_wheel.py dist/*.whl

# The inputs of which other runs try a share in full number, made-up ones anew each time.
fuzz: .venv/ready .venv/bundled
	FUZZ=full $(BIN)/python -m pytest -n auto --dist loadgroup --no-loadscope-reorder -q -m "hypothesis or sample"

check: .venv/ready
	$(TROPHEES) check

# In two processes: one judges the types of Python, which takes as long as all else.
lint: .venv/ready .venv/bundled .venv/lint/ready
	$(MAKE) --no-print-directory -j2 lint-types lint-others

lint-types:
	$(BIN)/mypy

lint-others:
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	$(BIN)/node $(LINT)/@biomejs/biome/bin/biome lint --config-path=tools/lint/javascript.json --error-on-warnings src tests tools
	for part in browser worker programs; do $(BIN)/node $(LINT)/typescript/bin/tsc -p tools/lint/$$part.json || exit; done
	$(BIN)/node .venv/lint/workflows.mjs .github/workflows/*.yml

# Are small changes of the shapes and of the code noticed by the tests? A seeded sample of 320; below its floor it fails.
# `make mutation FULL=1` tries 300 changes of the code, of all modules, and asks all the tests made for each: an hour.
mutation: .venv/ready
	PYTHONPATH=tests:tools $(BIN)/python -m mutation $(if $(FULL),--full)

# Speed, as ratios to peers whose versions are pinned, in some ten minutes; `make bench WHICH=bulk-10m` for more.
bench: .venv/ready .venv/peers/ready
	$(BIN)/python benchmarks/run.py $(WHICH)

.venv/peers/ready: .venv/ready benchmarks/peers.txt
	$(PYTHON) -m venv .venv/peers
	.venv/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/peers.txt
	touch $@

# Spark, half a gigabyte, in the versions of requirements.txt beside it.
.venv/spark: .venv/ready requirements-spark.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.txt
	touch $@

# The scripts of the site, from npm, with the Node.js that PyPI carries; every package is checked against its hash.
.venv/bundled: .venv/ready $(wildcard src/trophees/site/web/*) src/trophees/ask/standard/regular.json src/trophees/places/columns.json src/trophees/site/scripts.py
	$(BIN)/python -m trophees.site.scripts
	touch $@

# What judges scripts and workflows, from npm, every package checked against its hash.
.venv/lint/ready: .venv/ready $(wildcard tools/lint/*)
	mkdir -p .venv/lint
	cp tools/lint/package.json tools/lint/package-lock.json tools/lint/workflows.mjs .venv/lint
	$(BIN)/npm ci --prefix .venv/lint --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

# A wheel that carries the graph, the scripts and the site.
wheel: all
	rm -rf dist
	$(BIN)/python -m trophees.serve.archive publish src/trophees/serve/site.tar.xz
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

# Pin the dependencies anew, with the hashes of their files (needs uv).
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --upgrade --output-file requirements.txt
	uv pip compile pyproject.toml --extra spark --constraint requirements.txt --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade --output-file requirements-spark.txt
	for tool in tests/tools/*.in benchmarks/peers.in; do uv pip compile $$tool --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate --upgrade --output-file $${tool%.in}.txt || exit; done

# Every package is checked against its hash; the project itself is built with the pinned hatchling.
.venv/ready: requirements.txt pyproject.toml data/dataset/trophees.yaml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf .venv
