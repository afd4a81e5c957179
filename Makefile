# Needs GNU make (3.81 or later) and a POSIX shell. Paths are relative: the folder's name may hold blanks.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
UV_VERSION := 0.13.9

.DEFAULT_GOAL := help
.PHONY: help setup build test check golden lock clean veraltet

help: ## zeigt diese Übersicht
	@echo "Aufruf: make ZIEL [PYTHON=python3.12]"
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r ziel text; do \
		printf '  %-8s %s\n' "$$ziel" "$$text"; done

setup: $(VENV)/projekt ## richtet die Umgebung ein (.venv), einmal und nach Änderung der Abhängigkeiten

build: setup ## rechnet den Atlas und schreibt die Berichte nach reports/
	@$(VENV)/bin/atlas build
	@echo "PDF-Dateien:"
	@find reports -name '*.pdf' | LC_ALL=C sort | sed 's/^/  /'

test: check ## prüft alles: Stil, Typen, Konfiguration, Tests
	$(PY) -m pytest

check: setup ## prüft Stil, Typen und Konfiguration (schnell, ohne Tests)
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(VENV)/bin/atlas check

golden: setup ## schreibt die erwarteten Dateien in tests/golden und docs/schema neu und zeigt, was sich ändert
	@status=0; ATLAS_GOLDEN=1 $(PY) -m pytest -q || status=$$?; \
	git status --short -- tests/golden docs/schema; \
	git --no-pager diff --stat -- tests/golden docs/schema; \
	git --no-pager diff -- tests/golden docs/schema; \
	exit $$status

lock: ## schreibt requirements.lock neu (neuere Versionen: make lock LOCK=--upgrade)
	@sh .ci/system "$(PYTHON)"
	@eigene=$$(mktemp -d) && trap 'rm -rf "$$eigene"' EXIT && "$(PYTHON)" -m venv "$$eigene" && \
	"$$eigene/bin/python" -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) && \
	"$$eigene/bin/python" -m uv pip compile pyproject.toml --extra pdfua --group dev --output-file requirements.lock \
		--universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-config --quiet --custom-compile-command "make lock" \
		--no-annotate --no-emit-index-url --no-emit-find-links $(LOCK)

clean: ## löscht Umgebung, Zwischenstände und Caches; Rohdaten, Konfiguration und Berichte bleiben
	rm -rf $(VENV) build dist .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +
	@if [ -d data/processed ]; then find data/processed -mindepth 1 ! -name .gitkeep -delete; fi

# Two stamps: .venv/pakete for the locked packages, .venv/projekt for the editable project. The first holds the folder
# it was made in; a moved folder or a vanished Python makes it out of date, since scripts in a venv hold full paths.
VERALTET := $(shell [ "$$(cat $(VENV)/pakete 2>/dev/null)" = "$$(pwd -P)" ] && $(PY) -c '' 2>/dev/null || echo veraltet)

$(PY):
	@sh .ci/system "$(PYTHON)"
	@"$(PYTHON)" -m venv $(VENV)

$(VENV)/pakete: requirements.lock $(VERALTET)
	@sh .ci/system "$(PYTHON)"
	@echo "Richte .venv ein (etwa eine Minute) ..."
	@"$(PYTHON)" -m venv --clear $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@pwd -P > $@

$(VENV)/projekt: $(VENV)/pakete pyproject.toml src/atlas/__init__.py
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
	@echo "Bereit: $(VENV)/bin/atlas --help"
