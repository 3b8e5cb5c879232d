"""Fixtures for every test, each kept in the module that it is about."""

pytest_plugins = ["tests.databases"]
