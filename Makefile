# The developer's manual: `make help`. Works with GNU make 3.81 (macOS) and newer.

PORT ?= 8501
VENV := .venv
PY := $(VENV)/bin/python
# What was installed last; newer requirements make these stale, so a second `make run` installs nothing.
RUN_STAMP := $(VENV)/requirements.stamp
TEST_STAMP := $(VENV)/requirements-dev.stamp
PIP := $(PY) -m pip --disable-pip-version-check install --quiet
LOCK := $(PY) -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--no-emit-index-url --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := help
.PHONY: help run test tools check lock bench calibration screenshots figures

help: ## These lines
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s%s\n", $$1, $$2 }'

run: $(RUN_STAMP) ## Set up what is missing, then start the app (PORT=8501)
	@echo "Starting Plumbline on port $(PORT) (Ctrl+C stops it; make run PORT=8600 takes another port)"
	@exec $(PY) -m streamlit run app.py --server.port $(PORT) --server.headless true

test: $(TEST_STAMP) tools ## Set up what is missing, then run the tests (ARGS="-k log" for some of them)
	@$(PY) -m pytest --numprocesses 3 --dist loadfile $(ARGS)

tools: $(TEST_STAMP)
	@PYTHON=$(PY) bash tests/install_tools.sh

check: $(TEST_STAMP) ## Lint, format, types, and the lock files against pyproject.toml
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest tests/test_lock.py

lock: $(TEST_STAMP) ## Write requirements*.txt from pyproject.toml (UPGRADE=1 takes the newest versions)
	$(LOCK) --output-file requirements.txt >/dev/null
	$(LOCK) --group dev --constraint requirements.txt --output-file requirements-dev.txt >/dev/null

bench: $(TEST_STAMP) ## Measure pages, storage and statistics on ten years of data, and thirty visitors at once
	@$(PY) -m benchmarks

calibration: $(TEST_STAMP) ## Simulate thousands of diaries, print docs/calibration.md, fail when a figure is out of bounds
	@$(PY) -m benchmarks.calibration

screenshots: $(TEST_STAMP) tools ## Every page, light and dark, wide and narrow, into build/screenshots/
	@$(PY) -m tests.browser.screenshots

figures: $(RUN_STAMP) ## All figures of the guides on one page, moving and still, into build/figures/
	@$(PY) -m guides.contact_sheet

$(RUN_STAMP): requirements.txt $(PY)
	@echo "Installing what Plumbline needs (once; a minute or two)"
	@$(PIP) -r requirements.txt
	@touch $@

$(TEST_STAMP): requirements-dev.txt $(PY)
	@echo "Installing what Plumbline and its tests need (once; a few minutes)"
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(RUN_STAMP)

# The newest Python that is really there: a version manager's stand-ins exist, and fail when they are run.
$(PY):
	@found=; for name in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Plumbline needs Python 3.11 or newer; here is $$(python3 --version 2>/dev/null || echo none)." >&2; \
	  echo "Install one (Debian: apt-get install python3 python3-venv; macOS: brew install python)" >&2; \
	  echo "or name it: make run PYTHON=/path/to/python3" >&2; \
	  exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$($$found --version) here cannot make environments. Debian: apt-get install python3-venv" >&2; \
	  exit 1; \
	fi; \
	echo "Making the environment $(VENV) with $$($$found --version)"; \
	"$$found" -m venv --clear $(VENV)
