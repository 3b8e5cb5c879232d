"""Price lists V3: what other prices the store has for its variants.

https://docs.bigcommerce.com/docs/rest-management/price-lists
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from affluent.domain.price_list import PriceRecord
from connectors.bigcommerce.api import Query, StoreApi
from connectors.bigcommerce.fields import Record, amount, as_iso_8601, text, whole


class StorePriceLists:
    """Implements StorePriceListsPort. Thread-safe."""

    def __init__(self, api: StoreApi) -> None:
        self._api = api

    def records(
        self, price_list_id: int, currency: str, modified_since: datetime | None = None
    ) -> Iterator[list[PriceRecord]]:
        """The list's records in one currency, or those modified since, a page at a time.

        Raises NotFound where there is no such list.
        """
        query: Query = {"currency": currency.lower()}
        if modified_since is not None:
            query = {**query, "date_modified:min": as_iso_8601(modified_since)}
        path = f"/v3/pricelists/{price_list_id}/records"
        for page in self._api.v3_pages_by_cursor("getPriceListRecords", path, query):
            # The filter's promise is checked: an amount must never pass for another currency's.
            records = map(map_price_record, page)
            yield [record for record in records if record.currency == currency]


def map_price_record(record: Record) -> PriceRecord:
    """One record; BigCommerce writes currencies in small letters."""
    return PriceRecord(
        variant_id=whole(record, "variant_id") or 0,
        currency=text(record, "currency").upper(),
        price=amount(record, "price"),
        sale_price=amount(record, "sale_price"),
    )
