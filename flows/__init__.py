"""Prefect flows, one a file: parameters, the order of steps, artifacts. No rule and no I/O here."""
