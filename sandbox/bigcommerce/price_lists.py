"""Price lists and their records, one per variant and currency."""

from __future__ import annotations

from typing import Any

from sandbox.bigcommerce.catalog.products import ProductIndex
from sandbox.bigcommerce.moments import iso
from sandbox.bigcommerce.numbering import Numbering
from sandbox.bigcommerce.refusals import V3Refusal, unprocessable
from sandbox.clock import SandboxClock

Json = dict[str, Any]
RecordKey = tuple[int, str]

PRICES = ("price", "sale_price", "retail_price", "map_price")
MAXIMUM_RECORDS = 1000


class PriceLists:
    """Empty until lists are posted."""

    def __init__(self, clock: SandboxClock, numbering: Numbering, index: ProductIndex) -> None:
        self._clock = clock
        self._numbering = numbering
        self._index = index
        self.lists: dict[int, Json] = {}
        self._records: dict[int, dict[RecordKey, Json]] = {}

    def add(self, given: Json) -> Json:
        """A new price list.

        Raises:
            V3Refusal: 422 without a name, 409 for a name that is taken.
        """
        if not given.get("name"):
            raise unprocessable({"name": "error.path.missing"})
        if any(each["name"] == given["name"] for each in self.lists.values()):
            raise V3Refusal(409, "The price list name is a duplicate", {})
        now = iso(self._clock.now())
        price_list = {
            "id": self._numbering.next("price_list"),
            "name": given["name"],
            "active": given.get("active", True),
            "date_created": now,
            "date_modified": now,
        }
        self.lists[price_list["id"]] = price_list
        self._records[price_list["id"]] = {}
        return price_list

    def get(self, price_list_id: int) -> Json:
        """The price list of that id.

        Raises:
            V3Refusal: 404.
        """
        if price_list_id not in self.lists:
            raise V3Refusal(404, "The price list does not exist.")
        return self.lists[price_list_id]

    def records(self, price_list_id: int) -> list[Json]:
        """The list's records, by variant and currency."""
        self.get(price_list_id)
        kept = self._records[price_list_id]
        return [kept[key] for key in sorted(kept)]

    def put_records(self, price_list_id: int, given: list[Json]) -> None:
        """Set records, all or none.

        Raises:
            V3Refusal: 422 with the errors of each record, or for more than 1,000.
        """
        self.get(price_list_id)
        if len(given) > MAXIMUM_RECORDS:
            raise V3Refusal(422, f"No more than {MAXIMUM_RECORDS} records may be sent.", {})
        keys = [self._key(each) for each in given]
        errors = [
            {"data": each, "field_errors": {"variant_id": "The variant or its currency is invalid"}}
            for each, key in zip(given, keys, strict=True)
            if key is None
        ]
        if errors:
            raise V3Refusal(422, "Some records are invalid.", batch_errors=errors)
        for each, key in zip(given, keys, strict=True):
            if key is not None:
                self._put(price_list_id, key, each)

    def _key(self, given: Json) -> RecordKey | None:
        variant_id = given.get("variant_id")
        if variant_id is None and given.get("sku"):
            variant_id = self._index.id_by_variant_sku(given["sku"])
        currency = given.get("currency")
        if variant_id is None or self._index.variant(variant_id) is None or not currency:
            return None
        return variant_id, str(currency).lower()

    def _put(self, price_list_id: int, key: RecordKey, given: Json) -> None:
        variant = self._index.variant(key[0]) or {}
        now = iso(self._clock.now())
        known = self._records[price_list_id].get(key, {"date_created": now})
        record = {
            **known,
            **{name: given[name] for name in PRICES if given.get(name) is not None},
            "price_list_id": price_list_id,
            "variant_id": key[0],
            "product_id": variant["product_id"],
            "currency": key[1],
            "date_modified": now,
            "bulk_pricing_tiers": given.get("bulk_pricing_tiers", []),
        }
        record["calculated_price"] = (
            record.get("sale_price") or record.get("price") or variant["calculated_price"]
        )
        self._records[price_list_id][key] = record

    def delete(self, price_list_id: int) -> None:
        """Take a price list away with its records."""
        self.get(price_list_id)
        del self.lists[price_list_id], self._records[price_list_id]

    def sku_of(self, record: Json) -> str:
        """The SKU of a record's variant."""
        variant = self._index.variant(record["variant_id"])
        return "" if variant is None else str(variant.get("sku", ""))
