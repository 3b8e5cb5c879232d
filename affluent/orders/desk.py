"""Where orders are created, and how long what is on its way there is waited for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from affluent.domain.effect import Run
from affluent.domain.order_policy import OrderPolicy
from affluent.ports.bigcommerce import StorePorts
from affluent.ports.clock import Clock
from affluent.ports.progress import Progress
from affluent.ports.storage import UnitsOfWork
from affluent.privacy.safe import NOTHING_KEPT, Safe

#: BigCommerce shows a new order in its search, and a raised stock, only after a while.
INDEX_SECONDS: Final = 12.0
#: Between two looks.
PAUSE_SECONDS: Final = 1.0


@dataclass(frozen=True)
class OrderDesk:
    """The store, our ledger, the clock, the merchant's policy, the run that writes, and the safe
    in which the orders waited."""

    store: StorePorts
    units: UnitsOfWork
    clock: Clock
    policy: OrderPolicy
    run: Run
    progress: Progress
    safe: Safe = NOTHING_KEPT
