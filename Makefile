# The two commands: `make site` and `make test`. Everything else is a task: `.venv/bin/invoke --list`.
PYTHON ?= python3
INVOKE := .venv/bin/invoke
# Whatever the locale says.
export PYTHONUTF8 := 1

.PHONY: setup quickstart site serve check publish test ci lock clean

setup: .venv/site.stamp

quickstart: .venv/site.stamp
	@$(INVOKE) quickstart

site: .venv/site.stamp
	@$(INVOKE) build

serve: .venv/site.stamp
	@$(INVOKE) serve

check: .venv/site.stamp
	@$(INVOKE) check

publish: .venv/site.stamp
	@.venv/bin/python -m bylines publish --settings publishconf.py

test: .venv/test.stamp
	@.venv/bin/python -m pytest -n auto --dist worksteal

ci: .venv/test.stamp
	@.ci/run

.venv/site.stamp: requirements.txt tools/environment.py | python
	@$(PYTHON) tools/environment.py requirements.txt
	@touch $@

.venv/test.stamp: requirements-dev.txt tools/environment.py tools/browser.py | python
	@$(PYTHON) tools/environment.py requirements-dev.txt
	@.venv/bin/python tools/browser.py
	@touch $@ .venv/site.stamp

.PHONY: python
python:
	@command -v $(PYTHON) >/dev/null || { echo "error: there is no $(PYTHON); install Python 3.11 or later (apt install python3 python3-venv, brew install python)"; exit 1; }

# Pins every package with its hashes, for Python 3.11 and later on Linux and macOS.
lock: .venv/test.stamp
	@$(INVOKE) lock

clean:
	rm -rf .venv output cache .output.* .serve .check
