# Thin: picks a Python, has it make .venv if need be, and hands the command to bnlib.course.
# Needs nothing newer than GNU make 3.81.

.DEFAULT_GOAL := help
.PHONY: help environment lab test progress mine reset update shipping-check ship frameworks bench \
	pins site test-browser test-hub mutants clean

# A learner's settings for other Pythons must not reach this one.
unexport PYTHONHOME PYTHONPATH PYTHONSAFEPATH

# What a command line gives reaches Python whole, through the environment: neither make nor a shell
# reads it. Of the environment itself PYTHON alone is taken: a NAME may be set there for other ends.
given = $(if $(filter command,$(firstword $(origin $(1)))),$(value $(1)))
override ARGS := $(call given,ARGS)
override FOLDER := $(call given,FOLDER)
override NAME := $(call given,NAME)
override NOTEBOOK := $(call given,NOTEBOOK)
override PYODIDE := $(call given,PYODIDE)
override PYTHON := $(value PYTHON)
export ARGS FOLDER NAME NOTEBOOK PYODIDE PYTHON

# 3.15 last: its NumPy is another than the one that stored outputs come from.
PYTHONS := .venv/bin/python python3.14 python3.13 python3.12 python3.11 python3.15 python3 python

# Run one of the course's scripts with the first Python that suits; failing that, with any that
# can at least say what is wrong.
define run_script
for python in $(if $(PYTHON),"$$PYTHON",$(PYTHONS)); do \
    "$$python" bnlib/course/environment.py --suits >/dev/null 2>&1 && \
        exec "$$python" bnlib/course/$(1); \
done; \
for python in $(if $(PYTHON),"$$PYTHON",$(PYTHONS)); do \
    "$$python" -c 'import pathlib; f"{1}"' >/dev/null 2>&1 && \
        exec "$$python" bnlib/course/$(1); \
done; \
printf '%s\n' "No Python was found as $${PYTHON:-$(wordlist 2,9,$(PYTHONS))}. The course needs" \
    'Python 3.11 to 3.15: install one (from python.org, or with apt, dnf, brew or conda),' \
    'open a new terminal and try again, or name it: make lab PYTHON=/path/to/python3.12'; \
exit 1
endef

# One of the course's commands; ARGS are split into words by it.
course := COURSE_ARGS="$$ARGS" .venv/bin/python -m bnlib.course

help:
	@echo 'make lab                open the course in JupyterLab'
	@echo '                        (ARGS=--no-browser: print the address)'
	@echo 'make test               check the library, the notebooks and your exercises'
	@echo 'make test NOTEBOOK=1    check one notebook, in 10 to 30 seconds'
	@echo 'make progress           show which exercises you have passed'
	@echo 'make mine               write the answers that passed into a module of your own'
	@echo 'make reset NOTEBOOK=2   start notebook 2 afresh; your copy is kept beside it'
	@echo 'make update             get the newest version of the course; your work is kept'
	@echo 'make clean              delete the environment and caches, nothing of yours'
	@echo '                        (ARGS=--all: those of tools as well)'
	@echo
	@echo 'For contributors:'
	@echo 'make ship               execute the notebooks and record their outputs'
	@echo 'make shipping-check     check what must hold of the course as it is shipped'
	@echo 'make frameworks         run its network in other frameworks (NAME=pytorch: one)'
	@echo 'make bench              measure speed, memory, accuracy beside NumPy and PyTorch'
	@echo 'make test-browser       try notebooks, widgets and the site in a real browser'
	@echo 'make test-hub           run a JupyterHub and nbgrader by TEACHING.md (needs npm)'
	@echo 'make mutants            how many one-token slips in bnlib the tests catch'
	@echo '                        (ARGS=core: a folder)'
	@echo 'make pins               compile the versions declared in pyproject.toml'
	@echo '                        (ARGS=--upgrade: the newest)'
	@echo 'make site               build the course as a static site, in .site'
	@echo '                        (PYODIDE=folder: it checks answers, runs notebooks)'
	@echo
	@echo 'For teachers:'
	@echo 'make progress FOLDER=submissions   write a table of what a class has passed'
	@echo
	@echo 'The first command makes the environment in .venv (PYTHON=python3.12: with that).'

environment:
	@$(call run_script,environment.py)

lab mine update bench pins test-browser: environment
	@$(course) $@

mutants: environment
	@.venv/bin/python tests/mutants.py $$ARGS

test-hub: environment
	@.venv/bin/python -m pytest -q -p no:cacheprovider tests/hub $$ARGS

progress: environment
	@$(course) $@ $${FOLDER:+-- "$$FOLDER"}

site: environment
	@$(course) $@ $${PYODIDE:+--pyodide "$$PYODIDE"}

frameworks: environment
	@$(course) $@ $${NAME:+-- "$$NAME"}

test reset ship shipping-check: environment
	@$(course) $@ $${NOTEBOOK:+-- "$$NOTEBOOK"}

clean:
	@$(call run_script,clean.py $$ARGS)
