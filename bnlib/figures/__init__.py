"""Figures: the course's style (`style`), and one module a notebook with its drawings."""
