"""Product Type Definitions API 2020-09-01: the schema that a listing is judged by.

https://developer-docs.amazon.com/sp-api/docs/product-type-definitions-api-v2020-09-01-reference
"""

from __future__ import annotations

import json
from typing import Any

from affluent.domain.listing import Definition, Requirements
from connectors.amazon.wire import Json, path_to
from connectors.http.exchange import Request
from connectors.http.transport import HttpClient


class ProductTypes:
    """The port ProductTypesPort. `documents` fetches a schema by its link, without any login."""

    def __init__(self, client: HttpClient, documents: HttpClient, seller_id: str) -> None:
        self._client = client
        self._documents = documents
        self._seller_id = seller_id

    def definition(
        self, marketplace_id: str, product_type: str, requirements: Requirements
    ) -> Definition:
        """getDefinitionsProductType for this seller, and the schema behind its link."""
        answer = self._client.send(
            Request(
                "getDefinitionsProductType",
                "GET",
                path_to("definitions", "2020-09-01", "productTypes", product_type),
                query={
                    "marketplaceIds": marketplace_id,
                    "sellerId": self._seller_id,
                    "requirements": requirements.value,
                    "requirementsEnforced": "ENFORCED",
                },
            )
        )
        link, checksum = answer.read(_link_and_checksum)
        return Definition(product_type, requirements, marketplace_id, checksum, self._schema(link))

    def _schema(self, link: str) -> Json:
        answer = self._documents.send(Request("fetchSchema", "GET", link, parse=False))
        return answer.read(_schema)


def _link_and_checksum(body: Json) -> tuple[str, str]:
    schema = body["schema"]
    return str(schema["link"]["resource"]), str(schema["checksum"])


def _schema(content: bytes) -> Json:
    # A schema's numbers are limits to compare with, not money: validators want plain ones.
    document: Any = json.loads(content)
    if not isinstance(document, dict):
        raise TypeError("a schema is an object")
    return document
