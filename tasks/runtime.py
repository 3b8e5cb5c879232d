"""What every flow run opens: the application of its settings, and its name in the ledger.

Reading tasks are retried here, as whole steps, when the transport gave up. Writing tasks are not:
what a write left behind is settled through the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect.blocks.system import Secret
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.runtime import flow_run
from prefect.tasks import Task, exponential_backoff
from prefect.utilities.annotations import quote

from affluent.bootstrap import Application, open_application
from affluent.domain.effect import EffectState, Run
from affluent.domain.errors import InvariantBroken, Retryable
from affluent.domain.marketplace import Marketplace
from affluent.ports.progress import Progress
from affluent.submissions.context import Sender

P = ParamSpec("P")
R = TypeVar("R")

#: Set by whoever watches a run in its own process, such as `affluent demo`.
watching: ContextVar[Progress | None] = ContextVar("watching", default=None)


@dataclass(frozen=True)
class Voyage:
    """One flow run: the application, and the run that its ledger rows name."""

    application: Application
    run: Run

    def sender(self, account: str, marketplace: Marketplace) -> Sender:
        """The account's way out to the marketplace."""
        return self.application.sender(account, marketplace, self.run)

    def effects(self) -> dict[EffectState, int]:
        """How many of this run's writes are in each state by now."""
        with self.application.units() as work:
            return work.ledger.count_states(self.run.run_id)


#: The voyage that this run is on.
present: ContextVar[Voyage | None] = ContextVar("present", default=None)


@contextmanager
def open_voyage(flow: str, config: str, number: int = 1) -> Iterator[Voyage]:
    """The application of the settings file, closed when the flow run ends.

    `number` counts how often the run sets out: anew each time that a person has answered it.
    """
    application = open_application(Path(config), read_block, watching.get())
    name = str(flow_run.id) if number == 1 else f"{flow_run.id}.{number}"
    voyage = Voyage(application, Run(name, flow))
    token = present.set(voyage)
    try:
        yield voyage
    finally:
        present.reset(token)
        application.close()


def read_block(name: str) -> str:
    """The value of a Prefect Secret block."""
    block = Secret.load(name)
    if isinstance(block, Coroutine):
        raise InvariantBroken("A Secret block was loaded from asynchronous code.")
    return str(block.get())


def is_retryable(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether a failed step may be run again: only where the vendor may answer later."""
    return isinstance(state.result(raise_on_failure=False), Retryable)


class BatchTask(Task[P, R]):
    """A task whose arguments are whole batches, handed through unopened.

    Prefect walks through every argument for futures, which took more than half of the time of a
    run over 5,000 products; we pass none.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the step, here and now."""
        run: Callable[..., Any] = super().__call__
        return run(*map(quote, args), **{name: quote(value) for name, value in kwargs.items()})


def reading(step: Callable[P, R]) -> BatchTask[P, R]:
    """A step that does no harm when repeated: it only reads, or settles through the ledger.

    It is run again, later and at uneven times, where the vendor was busy.
    """
    return BatchTask(
        step,
        retries=3,
        retry_delay_seconds=exponential_backoff(backoff_factor=5),
        retry_jitter_factor=1.0,
        retry_condition_fn=is_retryable,
        cache_policy=NO_CACHE,
        persist_result=False,
        tags=["reading"],
    )


def writing(step: Callable[P, R]) -> BatchTask[P, R]:
    """A step that writes to the outside: never run again by Prefect."""
    return BatchTask(step, retries=0, cache_policy=NO_CACHE, persist_result=False, tags=["writing"])
