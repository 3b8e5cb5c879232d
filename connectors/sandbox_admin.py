"""The admin port of a running sandbox: what the demo and the tests do as a merchant or a buyer.

The product's own work never passes through here. The port is described in docs/sandbox.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Self, TypeAlias, cast

import httpx

Json: TypeAlias = dict[str, Any]


class SandboxAdmin:
    """A hand on the sandbox. Thread-safe; close() it in the end.

    Fractions come as Decimal; a price is sent as text.
    Raises httpx.HTTPStatusError where the sandbox refuses.
    """

    def __init__(self, url: str, *, verify: str | bool = True) -> None:
        self._client = httpx.Client(base_url=url, verify=verify, timeout=30.0)

    def summary(self) -> Json:
        """How much of everything there is on both sides."""
        return cast(Json, self._get("/summary"))

    def amazon_listings(self) -> list[Json]:
        """Every listing of the seller, on every marketplace."""
        return cast(list[Json], self._get("/amazon/listings"))

    def amazon_orders(self) -> list[Json]:
        """Every order on Amazon."""
        return cast(list[Json], self._get("/amazon/orders"))

    def place_order(self, order: Mapping[str, Any]) -> Json:
        """Buy something on Amazon."""
        return cast(Json, self._send("POST", "/amazon/orders", order))

    def change_order(self, order_id: str, **change: Any) -> Json:
        """Let an Amazon order move on (`status`), lose some lines (`cancelledSkus`), or its buyer
        ask for its cancellation (`cancelRequested`)."""
        return cast(Json, self._send("PATCH", f"/amazon/orders/{order_id}", change))

    def amazon_notifications(self, after: int = 0) -> list[Json]:
        """The notifications that the subscribed queues were sent, but for the first so many."""
        return cast(list[Json], self._get(f"/amazon/notifications?after={after}"))

    def change_schema(
        self, product_type: str, changes: Mapping[str, Any], *, announced: bool = False
    ) -> None:
        """Merge changes into a product type's schema for LISTING, at once or in its release
        candidate; what was announced before comes into force with a change at once."""
        body = {"changes": changes, "announced": announced}
        self._send("PATCH", f"/amazon/product-types/{product_type}", body)

    def restrict(self, *, brands: Sequence[str] = (), product_types: Sequence[str] = ()) -> None:
        """Let brands and product types need an approval from now on."""
        self._restrictions("POST", brands, product_types)

    def approve(self, *, brands: Sequence[str] = (), product_types: Sequence[str] = ()) -> None:
        """Approve the seller for brands and product types."""
        self._restrictions("DELETE", brands, product_types)

    def bigcommerce_products(self) -> list[Json]:
        """Every product of the store, with its variants."""
        return cast(list[Json], self._get("/bigcommerce/products"))

    def bigcommerce_orders(self) -> list[Json]:
        """Every order of the store, with its lines."""
        return cast(list[Json], self._get("/bigcommerce/orders"))

    def patch_variant(self, variant_id: int, changes: Mapping[str, Any]) -> Json:
        """Change a variant's inventory_level or price, as its merchant would."""
        return cast(Json, self._send("PATCH", f"/bigcommerce/variants/{variant_id}", changes))

    def ship(self, order_id: int, shipment: Mapping[str, Any]) -> Json:
        """Ship an order of the store, or a part of it."""
        path = f"/bigcommerce/orders/{order_id}/shipments"
        return cast(Json, self._send("POST", path, shipment))

    def requests(self) -> list[Json]:
        """The last requests that the vendors got: method, path, status, operation, times."""
        return cast(list[Json], self._get("/requests"))

    def add_faults(self, faults: Sequence[Mapping[str, Any]]) -> list[Json]:
        """Let calls fail in these ways from now on; answers every fault in force."""
        return cast(list[Json], self._send("POST", "/faults", faults))

    def faults(self) -> list[Json]:
        """The faults in force, with how often each has struck."""
        return cast(list[Json], self._get("/faults"))

    def clear_faults(self) -> None:
        """Let nothing go wrong any more."""
        self._send("DELETE", "/faults", None)

    def pass_time(self, seconds: float) -> None:
        """Let so many of the sandbox's seconds pass at once."""
        self._send("POST", "/time", {"seconds": seconds})

    def reset(self) -> None:
        """Put the sandbox back to where it started."""
        self._send("POST", "/reset", None)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _restrictions(
        self, method: str, brands: Sequence[str], product_types: Sequence[str]
    ) -> None:
        named = {"brands": list(brands), "productTypes": list(product_types)}
        self._send(method, "/amazon/restrictions", named)

    def _get(self, path: str) -> Any:
        return self._send("GET", path, None)

    def _send(self, method: str, path: str, body: object) -> Any:
        response = self._client.request(method, path, json=body)
        response.raise_for_status()
        return response.json(parse_float=Decimal) if response.content else None
