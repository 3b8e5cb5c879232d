"""Fixtures and options for every test, each kept in the module that it is about."""

pytest_plugins = ["tests.behaviour_ledger", "tests.databases", "tests.patience"]
