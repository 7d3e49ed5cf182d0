"""The experiments behind the notebooks: pure, seeded functions, one file an experiment."""
