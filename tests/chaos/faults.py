"""What goes wrong on purpose in a campaign: each fault with the name that the matrix gives it."""

from __future__ import annotations

from typing import Any, Final

Json = dict[str, Any]

_SEARCH: Final = {"vendor": "amazon", "method": "GET", "path": "/orders/2026-01-01/orders$"}
_ONE: Final = {"vendor": "amazon", "method": "GET", "path": "/orders/2026-01-01/orders/"}
_LOGIN: Final = {"vendor": "amazon", "method": "POST", "path": "/auth/o2/token$"}
_PATCH: Final = {"vendor": "amazon", "method": "PATCH", "path": "/listings/"}
_FIND: Final = {"vendor": "bigcommerce", "method": "GET", "path": "/v2/orders$"}
_CREATE: Final = {"vendor": "bigcommerce", "method": "POST", "path": "/v2/orders$"}
_SKUS: Final = {"vendor": "bigcommerce", "method": "GET", "path": "/v3/"}

_EXPIRED: Final = {
    "errors": [
        {
            "code": "Unauthorized",
            "message": "Access to requested resource is denied.",
            "details": "The access token you provided has expired.",
        }
    ]
}
#: Longer than a request may live (see surroundings.py), shorter than an order's lease.
_LATE_SECONDS: Final = 2.5


def _fault(calls: Json, chance: float, action: str, **fields: Any) -> Json:
    return {**calls, "action": action, "probability": chance, "times": None, **fields}


#: By name: what strikes while the storm lasts. The chances are those of a single request.
FAULTS: Final[dict[str, Json]] = {
    "searchOrders: 429": _fault(_SEARCH, 0.04, "status", status=429),
    "searchOrders: 500": _fault(_SEARCH, 0.04, "status", status=500),
    "searchOrders: connection broken": _fault(_SEARCH, 0.03, "drop"),
    "searchOrders: token expired": _fault(_SEARCH, 0.03, "status", status=403, body=_EXPIRED),
    "searchOrders: a page comes again": _fault(_SEARCH, 0.06, "repeat"),
    "getOrder: 503": _fault(_ONE, 0.02, "status", status=503),
    "getOrder: connection broken": _fault(_ONE, 0.01, "drop_after"),
    "login: 500": _fault(_LOGIN, 0.05, "status", status=500),
    "patchListingsItem: 429": _fault(_PATCH, 0.03, "status", status=429),
    "patchListingsItem: answer lost": _fault(_PATCH, 0.03, "drop_after"),
    "patchListingsItem: accepted, ignored": _fault(_PATCH, 0.02, "mark", mark="accept_and_ignore"),
    "getOrders: 429": _fault(_FIND, 0.005, "status", status=429),
    "getOrders: 500": _fault(_FIND, 0.005, "status", status=500),
    "getOrders: connection broken": _fault(_FIND, 0.005, "drop"),
    "getOrders: killed (-9) before the claim": _fault(_FIND, 0.002, "kill"),
    "createOrder: index late": _fault(_CREATE, 0.05, "mark", mark="late_index"),
    "createOrder: killed (-9) after the claim": _fault(_CREATE, 0.008, "kill"),
    "createOrder: no answer in time, created later": _fault(
        _CREATE, 0.004, "delay", seconds=_LATE_SECONDS
    ),
    "createOrder: 429": _fault(_CREATE, 0.01, "status", status=429),
    "createOrder: 500, nothing created": _fault(_CREATE, 0.01, "status", status=500),
    "createOrder: 500, yet created": _fault(_CREATE, 0.02, "status_after", status=500),
    "createOrder: broken, nothing created": _fault(_CREATE, 0.01, "drop"),
    "createOrder: broken, yet created": _fault(_CREATE, 0.02, "drop_after"),
    "SKUs: 500": _fault(_SKUS, 0.02, "status", status=500),
}


def faults_of(intensity: float) -> list[Json]:
    """All of them, each so many times as likely."""
    return [
        fault | {"probability": min(1.0, fault["probability"] * intensity)}
        for fault in FAULTS.values()
    ]
