"""Measurements of speed, one `make bench-…` a module; each ends in one line of JSON."""
