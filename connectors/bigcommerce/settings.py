"""What holds for the whole store: its name, currency, country and units.

Store information V2 and Settings V3:
https://docs.bigcommerce.com/docs/rest-management/store-information
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from connectors.bigcommerce.api import StoreApi
from connectors.bigcommerce.fields import child, text

_WEIGHT_UNITS: Final = {
    "lbs": "pounds",
    "ounces": "ounces",
    "kgs": "kilograms",
    "grams": "grams",
    "tonnes": "tonnes",
}


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """`country_code` is ISO 3166-1 alpha-2; units are spelled out, e.g. kilograms, inches."""

    name: str
    currency: str
    country_code: str
    weight_unit: str
    length_unit: str


class SettingsReader:
    """Reads the store's settings and remembers them. Thread-safe."""

    def __init__(self, api: StoreApi) -> None:
        self._api = api
        self._known: StoreSettings | None = None

    def fetch(self) -> StoreSettings:
        """The settings as they are now."""
        self._known = _fetch(self._api)
        return self._known

    def known(self) -> StoreSettings:
        """The settings as last read, for what they hardly ever change."""
        return self._known or self.fetch()


def _fetch(api: StoreApi) -> StoreSettings:
    """From both sources: what the units of measurement lack, the store's own fields fill."""
    store = api.get("getStoreInformation", "/v2/store").read(dict)
    answer = api.get("getSettingsMeasurementUnits", "/v3/settings/store/units-of-measurement")
    units = answer.read(lambda body: child(body or {}, "data"))
    weight = text(units, "weight_measurement") or text(store, "weight_units")
    length = text(units, "length_measurement") or text(store, "dimension_units")
    return StoreSettings(
        name=text(store, "name"),
        currency=text(store, "currency"),
        country_code=text(store, "country_code"),
        weight_unit=_WEIGHT_UNITS.get(weight.lower(), weight.lower()),
        length_unit=length.lower(),
    )
