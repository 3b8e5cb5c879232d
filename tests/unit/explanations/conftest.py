"""The world of the rivers' tests."""

from tests.fakes.fixtures import units, world

__all__ = ["units", "world"]
