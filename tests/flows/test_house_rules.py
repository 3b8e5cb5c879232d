"""Rules that every flow and every task keeps, found by looking through their packages."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar, get_type_hints

import pytest
from prefect import Flow, Task
from prefect.cache_policies import NO_CACHE

import flows
import tasks
from affluent.cli.run import FLOWS
from affluent.domain.report import RunReport
from tasks.runtime import is_retryable

Kind = TypeVar("Kind", Flow[..., Any], Task[..., Any])


def _found(package: ModuleType, kind: type[Kind]) -> Iterator[Kind]:
    """What is defined, not imported, in a package's modules."""
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, kind) and inspect.unwrap(value.fn).__module__ == module.name:
                yield value


ALL_FLOWS: list[Flow[..., Any]] = list(_found(flows, Flow))
ALL_TASKS: list[Task[..., Any]] = list(_found(tasks, Task))
READING = [one for one in ALL_TASKS if "reading" in one.tags]
WRITING = [one for one in ALL_TASKS if "writing" in one.tags]

each_flow = pytest.mark.parametrize("flow", ALL_FLOWS, ids=lambda flow: flow.name)
each_task = pytest.mark.parametrize("task", ALL_TASKS, ids=lambda task: task.name)


def test_affluent_run_knows_every_flow() -> None:
    assert sorted(flow.fn.__name__ for flow in ALL_FLOWS) == sorted(FLOWS)


@each_flow
def test_a_flow_is_described_and_named_after_its_module(flow: Flow[..., Any]) -> None:
    module = import_module(flow.fn.__module__)

    assert flow.name == flow.fn.__name__.replace("_", "-")
    assert module.__name__ == f"flows.{flow.fn.__name__}"
    assert flow.fn.__doc__
    assert "Requires:" in (module.__doc__ or "")


@each_flow
def test_a_flows_parameters_are_typed_and_described(flow: Flow[..., Any]) -> None:
    hints = get_type_hints(flow.fn)

    assert hints.pop("return") is RunReport
    assert Any not in hints.values()
    for name, described in flow.parameters.properties.items():
        assert described.get("description"), name
        assert name in hints


@each_flow
def test_a_flow_runs_in_step_and_never_retries(flow: Flow[..., Any]) -> None:
    assert not flow.isasync
    assert not flow.retries


@each_task
def test_a_task_is_described_typed_and_keeps_nothing(task: Task[..., Any]) -> None:
    assert task.fn.__doc__
    assert set(get_type_hints(task.fn)) == {*inspect.signature(task.fn).parameters, "return"}
    assert task.cache_policy == NO_CACHE
    assert task.persist_result is False


def test_a_task_either_reads_or_writes() -> None:
    assert {one.name for one in READING}.isdisjoint(one.name for one in WRITING)
    assert len(READING) + len(WRITING) == len(ALL_TASKS)


@pytest.mark.parametrize("task", READING, ids=lambda task: task.name)
def test_a_task_that_reads_is_retried_at_uneven_times(task: Task[..., Any]) -> None:
    assert task.retries >= 3
    assert task.retry_jitter_factor
    assert task.retry_condition_fn is is_retryable


@pytest.mark.parametrize("task", WRITING, ids=lambda task: task.name)
def test_a_task_that_writes_is_never_retried(task: Task[..., Any]) -> None:
    assert task.retries == 0
