# Everything runs from .venv; the first call of any target makes it. ARGS goes to the command of a target.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
# Two processes share the files of tests, the long ones first; each has a database server, ports and folders of its own.
NAAST := -n 2 --dist loadfile --no-loadscope-reorder
# Where one file is as long as all others, its conftest.py says which of its tests go together.
VERDEELD := -n 2 --dist loadgroup --no-loadscope-reorder

# The quick ones among the tests of rules, outcomes, decisions and books.
DEKKING := tests/regels tests/beoordeling/test_fte.py tests/beoordeling/test_uitgewerkte_getallen.py tests/besluiten/test_besluiten.py \
	tests/financien/test_boeken.py tests/financien/test_betalingen.py

.PHONY: sbom help demo test browser stijl conformiteit dekking bench soak lint slot clean

help: ## this list
	@echo "make DOEL [ARGS=...]"; grep -hE '^[a-z]+:.* ## ' $(MAKEFILE_LIST) | sed -E 's/:.* ## /|/' | while IFS='|' read -r doel zin; do printf '  %-14s%s\n' "$$doel" "$$zin"; done

demo: .venv/klaar ## a made-up town sends its messages through the running service; ARGS=--stop ends after printing
	$(BIN)/berichten demo $(ARGS)

test: .venv/test-klaar lint ## lint, types, import layers, and every test that needs only this repository
	$(BIN)/pytest $(NAAST) $(ARGS)
	@echo "tests/browser wants a Chromium, which is no part of this repository: make browser"

browser: .venv/test-klaar ## the portal in a real Chromium (apt-get install chromium, or CHROMIUM=path): stories, accessibility, pictures
	$(BIN)/pytest -o addopts= -q $(VERDEELD) tests/browser $(ARGS)

stijl: ## builds the portal's style and script anew, from the packages that stijl/package-lock.json pins (needs node and npm)
	npm ci --prefix stijl --no-audit --no-fund
	node stijl/bouw.mjs
	cp stijl/node_modules/axe-core/axe.min.js stijl/node_modules/axe-core/LICENSE tests/browser/axe/

conformiteit: .venv/test-klaar ## compares with the standard itself, which must lie in ../shared
	@for map in ijw-3.2 ijw-303 oordelen fouten; do test -d ../shared/$$map || { echo "make conformiteit vergelijkt met de standaard zelf: ../shared/$$map ontbreekt (ijw-3.2, ijw-303: xsd, voorbeelden, regels; oordelen: de API-regels en de XSLT; fouten: gevallen van buiten)."; exit 1; }; done
	$(BIN)/pytest -o addopts= -q $(VERDEELD) tests/conformiteit $(ARGS)

dekking: .venv/test-klaar ## which lines and branches of the pure rooms (regels, beoordeling, boeken) the tests pass through
	$(BIN)/coverage run --branch --include='src/berichten/regels/*,src/berichten/beoordeling/*,src/berichten/boeken/*' \
		--data-file=.venv/dekking -m pytest -q $(DEKKING) $(ARGS)
	$(BIN)/coverage report --data-file=.venv/dekking --show-missing --skip-covered

bench: .venv/test-klaar ## ratios of time and memory to something run beside it (needs xmllint)
	$(BIN)/python -m tests.bench $(ARGS)

soak: .venv/test-klaar ## the long tests: the service killed, every awkward hour, real brokers and clusters (needs libfaketime, redis-server, rabbitmq-server, pgbouncer, patroni, etcd-server, postgresql-15), mistakes planted in rules
	$(BIN)/pytest -o addopts= -q -m soak --ignore=tests/conformiteit tests $(ARGS)
	test ! -d ../shared/oordelen || SCHEMATHESIS_VOORBEELDEN=5 MUTANTEN=20500 MUTANTEN_VERZOEKEN=20500 BASES_VERZOEKEN=4 $(BIN)/pytest -o addopts= -q \
		tests/conformiteit/test_niveau2_xslt.py tests/conformiteit/test_xsd_gelijk.py tests/conformiteit/test_api_schemathesis.py -k "requests or regie or zelfde_oordeel or described"

lint: .venv/test-klaar ## ruff, its format, mypy and the import layers
	$(BIN)/ruff check src api workers migrations tests
	$(BIN)/ruff format --check src api workers migrations tests
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

sbom: .venv/test-klaar ## every part of the service with its licence and hashes (CycloneDX), in sbom.json
	$(BIN)/python -m tests.hulp.sbom sbom.json

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
slot: ## locks the dependencies for every supported Python, after a change in pyproject.toml
	test -x .venv/slot/bin/uv || { $(PYTHON) -m venv .venv/slot && .venv/slot/bin/pip install --quiet --disable-pip-version-check uv; }
	$(SLOT) --output-file docker/requirements.txt $(ARGS) pyproject.toml
	$(SLOT) --extra sporen --constraint docker/requirements.txt --output-file docker/requirements-sporen.txt $(ARGS) pyproject.toml
	$(SLOT) --extra test --constraint docker/requirements-sporen.txt --output-file .ci/requirements.txt $(ARGS) pyproject.toml

clean: ## removes .venv and the local database
	rm -rf .venv var
