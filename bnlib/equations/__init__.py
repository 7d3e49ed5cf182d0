"""The equations of the course, as functions: batch norm, softmax, cross-entropy.

`Z` has shape `(n, m)`: a row a unit, a column an example.
"""
