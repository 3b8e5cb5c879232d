"""Product Type Definitions API 2020-09-01: product types, and the schemas that judge listings.

https://developer-docs.amazon.com/sp-api/docs/product-type-definitions-api-v2020-09-01-reference
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from affluent.domain.amazon_catalog import ParentageLevel, ProductTypeName
from affluent.domain.listing import Definition, Requirements
from connectors.amazon.wire import Json, path_to
from connectors.http.exchange import Answer, Request, malformed
from connectors.http.transport import HttpClient

_PRODUCT_TYPES: Final = ("definitions", "2020-09-01", "productTypes")


class ProductTypes:
    """The port ProductTypesPort. `documents` fetches a schema by its link, without any login."""

    def __init__(self, client: HttpClient, documents: HttpClient, seller_id: str) -> None:
        self._client = client
        self._documents = documents
        self._seller_id = seller_id

    def search(
        self, marketplace_id: str, *, keywords: Sequence[str] = (), item_name: str = ""
    ) -> tuple[ProductTypeName, ...]:
        """searchDefinitionsProductTypes: by keywords, or suggested for an item's name; else all."""
        query = {"marketplaceIds": marketplace_id}
        if item_name:
            query["itemName"] = item_name
        elif keywords:
            query["keywords"] = ",".join(keywords)
        answer = self._client.send(
            Request("searchDefinitionsProductTypes", "GET", path_to(*_PRODUCT_TYPES), query=query)
        )
        return answer.read(
            lambda body: tuple(
                ProductTypeName(str(one["name"]), str(one.get("displayName") or one["name"]))
                for one in body["productTypes"]
            )
        )

    def definition(
        self,
        marketplace_id: str,
        product_type: str,
        requirements: Requirements,
        *,
        parentage_level: ParentageLevel | None = None,
        known: Definition | None = None,
        announced: bool = False,
    ) -> Definition:
        """getDefinitionsProductType for this seller, and the schema behind its link.

        Nothing is downloaded where Amazon's checksum is still that of `known`. With `announced`
        the release candidate is asked for; where there is none, Amazon answers with the latest.
        """
        query = {
            "marketplaceIds": marketplace_id,
            "sellerId": self._seller_id,
            "requirements": requirements.value,
            "requirementsEnforced": "ENFORCED",
        }
        if announced:
            query["productTypeVersion"] = "RELEASE_CANDIDATE"
        if parentage_level:
            query["parentageLevel"] = parentage_level.value
        answer = self._client.send(
            Request(
                "getDefinitionsProductType",
                "GET",
                path_to(*_PRODUCT_TYPES, product_type),
                query=query,
            )
        )
        link, checksum = answer.read(_link_and_checksum)
        version, is_candidate = answer.read(_version)
        is_known = known is not None and known.checksum == checksum
        schema = known.schema if known is not None and is_known else self._schema(link, checksum)
        return Definition(
            product_type, requirements, marketplace_id, checksum, schema, version, is_candidate
        )

    def _schema(self, link: str, checksum: str) -> Json:
        """The schema; one that came broken is fetched once more."""
        answer = self._fetch(link)
        if not _is_whole(answer.body, checksum):
            answer = self._fetch(link)
        if not _is_whole(answer.body, checksum):
            wrong = ValueError("the checksum is another one")
            raise malformed(answer.call, answer.status, answer.request_id, wrong)
        return answer.read(_schema)

    def _fetch(self, link: str) -> Answer:
        return self._documents.send(Request("fetchSchema", "GET", link, parse=False))


def _link_and_checksum(body: Json) -> tuple[str, str]:
    schema = body["schema"]
    return str(schema["link"]["resource"]), str(schema["checksum"])


def _version(body: Json) -> tuple[str, bool]:
    """Amazon's name for the version, and whether it is not in force yet."""
    told = body.get("productTypeVersion") or {}
    return str(told.get("version") or ""), bool(told.get("releaseCandidate"))


def _is_whole(content: bytes | None, checksum: str) -> bool:
    """An MD5, in Base64 as the reference says or in hexadecimal as its example shows."""
    digest = hashlib.md5(content or b"", usedforsecurity=False)
    in_base64 = base64.b64encode(digest.digest()).decode()
    return checksum == in_base64 or checksum.lower() == digest.hexdigest()


def _schema(content: bytes) -> Json:
    # A schema's numbers are limits to compare with, not money: validators want plain ones.
    document: Any = json.loads(content)
    if not isinstance(document, dict):
        raise TypeError("a schema is an object")
    return document
