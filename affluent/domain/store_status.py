"""BigCommerce's order statuses, as far as they decide anything. A status is matched by its id: a
merchant may rename it."""

from __future__ import annotations

from typing import Final

SHIPPED: Final = 2
PARTIALLY_SHIPPED: Final = 3
REFUNDED: Final = 4
CANCELLED: Final = 5
DECLINED: Final = 6
COMPLETED: Final = 10
MANUAL_VERIFICATION: Final = 12
PARTIALLY_REFUNDED: Final = 14

#: Some of the order has left.
HAS_LEFT: Final = frozenset({SHIPPED, PARTIALLY_SHIPPED, COMPLETED})
#: Nothing of the order is going to leave.
IS_OFF: Final = frozenset({REFUNDED, CANCELLED, DECLINED})
