"""Orders and offers under fire: every fault that the vendors know, and workers killed at any point.

`make chaos` runs a campaign and prints its matrix; the short one is part of the tests.
"""
