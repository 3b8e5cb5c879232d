"""Catalog Items API 2022-04-01: which ASINs Amazon has for a barcode, and what an ASIN is.

https://developer-docs.amazon.com/sp-api/docs/catalog-items-api-v2022-04-01-reference
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from affluent.domain.amazon_catalog import CatalogItem
from affluent.domain.errors import NotFound
from affluent.domain.listing import CatalogMatch
from connectors.amazon.wire import Json, in_marketplace, pages_of, path_to
from connectors.http.exchange import Request
from connectors.http.paging import batches
from connectors.http.transport import HttpClient

_ITEMS: Final = ("catalog", "2022-04-01", "items")
_INCLUDED: Final = "identifiers,summaries,productTypes"
_IDENTIFIERS_A_CALL: Final = 20
_TYPE_BY_LENGTH: Final = {8: "EAN", 12: "UPC", 13: "EAN", 14: "GTIN"}


class CatalogItems:
    """The port CatalogItemsPort."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client

    def match(self, marketplace_id: str, barcodes: Sequence[str]) -> Iterator[CatalogMatch]:
        """searchCatalogItems by 20 barcodes of one type a call.

        One match for every ASIN of a barcode; what is no EAN, UPC or GTIN by its length has none.
        """
        for kind in ("EAN", "UPC", "GTIN"):
            known = dict.fromkeys(code for code in barcodes if _kind(code) == kind)
            for batch in batches(known, _IDENTIFIERS_A_CALL):
                yield from self._search(marketplace_id, kind, batch)

    def item(self, marketplace_id: str, asin: str) -> CatalogItem | None:
        """getCatalogItem; None where this marketplace's catalog has no such ASIN."""
        request = Request(
            "getCatalogItem",
            "GET",
            path_to(*_ITEMS, asin),
            query={"marketplaceIds": marketplace_id, "includedData": _INCLUDED},
        )
        try:
            answer = self._client.send(request)
        except NotFound:
            return None
        return answer.read(lambda body: _item(body, marketplace_id))

    def _search(
        self, marketplace_id: str, kind: str, barcodes: list[str]
    ) -> Iterator[CatalogMatch]:
        request = Request(
            "searchCatalogItems",
            "GET",
            path_to(*_ITEMS),
            query={
                "identifiers": ",".join(barcodes),
                "identifiersType": kind,
                "marketplaceIds": marketplace_id,
                "includedData": _INCLUDED,
                "pageSize": _IDENTIFIERS_A_CALL,
            },
        )
        asked: dict[str, list[str]] = {}
        for barcode in barcodes:
            asked.setdefault(_bare(barcode), []).append(barcode)
        for answer in pages_of(self._client, request, "pageToken"):
            yield from answer.read(lambda body: _matches(body["items"], marketplace_id, asked))


def _item(body: Json, marketplace_id: str) -> CatalogItem:
    summary = in_marketplace(body.get("summaries"), marketplace_id)
    identifiers: dict[str, list[str]] = {}
    for one in in_marketplace(body.get("identifiers"), marketplace_id).get("identifiers") or ():
        identifiers.setdefault(str(one["identifierType"]), []).append(str(one["identifier"]))
    return CatalogItem(
        asin=str(body["asin"]),
        product_type=_product_type(body, marketplace_id),
        brand=summary.get("brand") or "",
        item_name=summary.get("itemName") or "",
        identifiers={kind: tuple(values) for kind, values in identifiers.items()},
    )


def _matches(
    items: list[Json], marketplace_id: str, asked: dict[str, list[str]]
) -> list[CatalogMatch]:
    return [
        CatalogMatch(
            barcode=barcode,
            asin=item["asin"],
            product_type=_product_type(item, marketplace_id),
            brand=summary.get("brand") or "",
            item_name=summary.get("itemName") or "",
        )
        for item in items
        for summary in [in_marketplace(item.get("summaries"), marketplace_id)]
        for barcode in _barcodes_asked_for(item, asked)
    ]


def _barcodes_asked_for(item: Json, asked: dict[str, list[str]]) -> list[str]:
    """Those of the item's barcodes that were asked for: the catalog may write 12 digits as 13."""
    known = {
        _bare(str(identifier["identifier"])): None
        for group in item.get("identifiers") or ()
        for identifier in group.get("identifiers") or ()
    }
    return [barcode for bare in known for barcode in asked.get(bare, ())]


def _product_type(item: Json, marketplace_id: str) -> str:
    entry = in_marketplace(item.get("productTypes"), marketplace_id)
    return entry.get("productType") or ""


def _kind(barcode: str) -> str | None:
    return _TYPE_BY_LENGTH.get(len(barcode)) if barcode.isdecimal() else None


def _bare(barcode: str) -> str:
    return barcode.lstrip("0")
