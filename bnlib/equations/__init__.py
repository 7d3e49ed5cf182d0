"""The equations of the course, as functions: batch norm, softmax, cross-entropy.

`Z` has shape `(n, m)`: one row a unit, one column an example.
"""
