"""The places where stock lies; location 1 is the default one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

DEFAULT_LOCATION_ID = 1
_DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


@dataclass
class Location:
    """A location as GET /v3/inventory/locations shows it."""

    id: int
    code: str
    label: str
    created_at: str
    enabled: bool = True
    type_id: str = "PHYSICAL"

    @property
    def is_default(self) -> bool:
        """Whether it is the location that the storefront sells from."""
        return self.id == DEFAULT_LOCATION_ID

    def view(self) -> Json:
        """The location's JSON."""
        return {
            "id": self.id,
            "code": self.code,
            "label": self.label,
            "description": "",
            "managed_by_external_source": False,
            "type_id": self.type_id,
            "enabled": self.enabled,
            "operating_hours": {
                day: {"open": True, "opening": "09:00", "closing": "17:00"} for day in _DAYS
            },
            "time_zone": "Etc/UTC",
            "created_at": self.created_at,
            "updated_at": self.created_at,
            "address": {
                "address1": "1 Warehouse Way",
                "address2": "",
                "city": "Austin",
                "state": "Texas",
                "zip": "78751",
                "email": "warehouse@example.com",
                "phone": "0000000000",
                "geo_coordinates": {"latitude": 30.27, "longitude": -97.74},
                "country_code": "US",
            },
            "storefront_visibility": True,
            "special_hours": [],
        }
