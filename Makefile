# Thin: picks a Python, has it make .venv if need be, and hands the command to bnlib.course.
# Needs nothing newer than GNU make 3.81.

.DEFAULT_GOAL := help
.PHONY: help environment lab test progress reset update shipping-check ship frameworks bench site test-browser \
	clean

# A learner's settings for other Pythons must not reach this one.
unexport PYTHONHOME PYTHONPATH PYTHONSAFEPATH

PYTHONS := .venv/bin/python python3.13 python3.12 python3.11 python3 python

# Run one of the course's scripts with the first Python that suits; failing that, with any that
# can at least say what is wrong.
define run_script
for python in $(if $(PYTHON),"$(PYTHON)",$(PYTHONS)); do \
    "$$python" bnlib/course/environment.py --suits >/dev/null 2>&1 && \
        exec "$$python" bnlib/course/$(1); \
done; \
for python in $(if $(PYTHON),"$(PYTHON)",$(PYTHONS)); do \
    "$$python" -c 'import pathlib; f"{1}"' >/dev/null 2>&1 && \
        exec "$$python" bnlib/course/$(1); \
done; \
echo 'No Python was found as $(or $(PYTHON),$(wordlist 2,9,$(PYTHONS))). The course needs'; \
echo 'Python 3.11, 3.12 or 3.13: install one (from python.org, or with apt, dnf, brew or conda),'; \
echo 'open a new terminal and try again, or name it: make lab PYTHON=/path/to/python3.12'; \
exit 1
endef

help:
	@echo 'make lab                open the course in JupyterLab (ARGS=--no-browser: print the address)'
	@echo 'make test               check everything: the library, the notebooks, your exercises'
	@echo 'make test NOTEBOOK=1    check one notebook, in 10 to 30 seconds'
	@echo 'make progress           show which exercises you have passed'
	@echo 'make reset NOTEBOOK=2   start notebook 2 afresh; your copy is kept beside it'
	@echo 'make update             get the newest version of the course; your work is kept'
	@echo 'make clean              delete the environment and caches, nothing of yours'
	@echo
	@echo 'For contributors:'
	@echo 'make ship               execute the notebooks and record their outputs'
	@echo 'make shipping-check     check what must hold of the course as it is shipped'
	@echo 'make frameworks         run its network in other frameworks (NAME=pytorch: in one of them)'
	@echo 'make bench              measure speed, memory and accuracy beside NumPy and PyTorch'
	@echo 'make test-browser       try notebooks, widgets and the site in a real browser'
	@echo 'make site               build the course as a static site, in .site'
	@echo
	@echo 'For teachers:'
	@echo 'make progress FOLDER=submissions   write a table of what a class has passed'
	@echo
	@echo 'The first command makes the environment in .venv; PYTHON=python3.12 chooses its Python.'

environment:
	@$(call run_script,environment.py)

lab update bench site test-browser: environment
	@.venv/bin/python -m bnlib.course $@ $(ARGS)

progress: environment
	@.venv/bin/python -m bnlib.course progress $(if $(FOLDER),"$(FOLDER)") $(ARGS)

frameworks: environment
	@.venv/bin/python -m bnlib.course frameworks $(NAME) $(ARGS)

test reset ship shipping-check: environment
	@.venv/bin/python -m bnlib.course $@ $(NOTEBOOK) $(ARGS)

clean:
	@$(call run_script,clean.py)
