# Everything runs from .venv; the first call of any target makes it. ARGS goes to the command of a target.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.PHONY: demo test conformiteit bench soak lint slot clean

demo: .venv/klaar
	$(BIN)/berichten demo $(ARGS)

test: .venv/test-klaar lint
	$(BIN)/pytest $(ARGS)

conformiteit: .venv/test-klaar
	@for map in ijw-3.2 ijw-303 oordelen fouten; do test -d ../shared/$$map || { echo "make conformiteit vergelijkt met de standaard zelf: ../shared/$$map ontbreekt (ijw-3.2, ijw-303: xsd, voorbeelden, regels; oordelen: de API-regels en de XSLT; fouten: gevallen van buiten)."; exit 1; }; done
	$(BIN)/pytest -o addopts= -q tests/conformiteit $(ARGS)

bench: .venv/test-klaar
	$(BIN)/python -m tests.bench $(ARGS)

soak: .venv/test-klaar
	$(BIN)/pytest -o addopts= -q -m soak --ignore=tests/conformiteit tests $(ARGS)

lint: .venv/test-klaar
	$(BIN)/ruff check src api workers migrations tests
	$(BIN)/ruff format --check src api workers migrations tests
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

.venv/klaar: pyproject.toml docker/requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r docker/requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/test-klaar: .venv/klaar .ci/requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r .ci/requirements.txt
	@touch $@

# The locks: one resolution for every supported Python, with the markers that tell where a package is needed. What was pinned stays
# pinned; ARGS=--upgrade takes the newest. Needed after every change of dependencies in pyproject.toml (a test says so).
SLOT := .venv/slot/bin/uv pip compile --quiet --universal --python-version 3.11.0 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make slot"
slot:
	test -x .venv/slot/bin/uv || { $(PYTHON) -m venv .venv/slot && .venv/slot/bin/pip install --quiet --disable-pip-version-check uv; }
	$(SLOT) --output-file docker/requirements.txt $(ARGS) pyproject.toml
	$(SLOT) --extra test --constraint docker/requirements.txt --output-file .ci/requirements.txt $(ARGS) pyproject.toml

clean:
	rm -rf .venv var
