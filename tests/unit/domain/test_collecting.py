"""Fewer collections last as long as their block, whatever ends it."""

from __future__ import annotations

import gc

import pytest

from affluent.domain.collecting import few_collections


def test_collections_are_as_frequent_again_afterwards_as_before() -> None:
    before, during = gc.get_threshold(), []

    def stop() -> None:
        with few_collections():
            during.append(gc.get_threshold())
            raise ValueError("stopped")

    with pytest.raises(ValueError, match="stopped"):
        stop()
    assert during[0][0] > before[0]
    assert gc.get_threshold() == before
