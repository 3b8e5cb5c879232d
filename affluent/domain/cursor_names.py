"""The names of cursors that more than their own river asks for."""

from __future__ import annotations

from typing import Final

#: How far the catalog was read.
CATALOG: Final = "catalog"
#: How far an account's orders were searched: `orders/ACCOUNT`.
ORDERS: Final = "orders"
