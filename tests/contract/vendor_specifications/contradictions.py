r"""Where a vendor's specification contradicts its own documentation or its servers.

Each entry is one place in a few operations, with the reason; what it names is no violation.
A single bad example does not belong here: it is no licence for anybody to answer so.
"""

import re
from dataclasses import dataclass

from .exchanges import Exchange, Vendor, Violation

API_WIDE_STATUSES = frozenset({401, 403, 413, 423, 429})
SERVER_ERROR = 500


@dataclass(frozen=True)
class Contradiction:
    """`where` and `message` are regular expressions for the whole text of a violation."""

    vendor: Vendor
    addresses: tuple[str, ...]
    where: str
    reason: str
    message: str = ".*"

    def excuses(self, violation: Violation, address: str) -> bool:
        """Whether the violation, of the operation at this address, is this contradiction."""
        return (
            self.vendor == violation.vendor
            and address in self.addresses
            and re.fullmatch(self.where, violation.where) is not None
            and re.fullmatch(self.message, violation.message) is not None
        )


def is_api_wide_answer(exchange: Exchange) -> bool:
    """Whether any BigCommerce operation may answer with this status, declared or not.

    Its page of status codes gives them for the whole API (credentials, scopes, limits, a locked
    or broken store); the OpenAPI files repeat them only here and there. Amazon's models declare
    theirs with every operation.
    """
    return exchange.vendor == "bigcommerce" and (
        exchange.status in API_WIDE_STATUSES or exchange.status >= SERVER_ERROR
    )


PRODUCTS = (
    "GET /v3/catalog/products",
    "POST /v3/catalog/products",
    "PUT /v3/catalog/products",
    "GET /v3/catalog/products/{product_id}",
    "PUT /v3/catalog/products/{product_id}",
)
V2_ORDER_WRITES = ("POST /v2/orders", "PUT /v2/orders/{order_id}")
V2_SHIPMENT_WRITES = (
    "POST /v2/orders/{order_id}/shipments",
    "PUT /v2/orders/{order_id}/shipments/{shipment_id}",
)
V2_ORDER_LISTS = (
    "GET /v2/orders/{order_id}/products",
    "GET /v2/orders/{order_id}/shipments",
    "GET /v2/orders/{order_id}/shipping_addresses",
)

KNOWN: tuple[Contradiction, ...] = (
    Contradiction(
        "bigcommerce",
        ("POST /v2/orders",),
        "status 201",
        "OpenAPI says 200, the older V2 reference and the API's functional tests 201",
    ),
    Contradiction(
        "bigcommerce",
        V2_ORDER_WRITES,
        "status (400|409)",
        "the V2 reference answers bad fields and options with 400 and missing stock with 409; "
        "the OpenAPI file declares no error at all",
    ),
    Contradiction(
        "bigcommerce",
        V2_SHIPMENT_WRITES,
        "status 400",
        "the V2 reference answers bad fields with 400; the OpenAPI file declares no error",
    ),
    Contradiction(
        "bigcommerce",
        ("PUT /v2/orders/{order_id}", *V2_ORDER_LISTS, *V2_SHIPMENT_WRITES),
        "status 404",
        "declared for GET /v2/orders/{order_id} alone, but true of everything beneath an order",
    ),
    Contradiction(
        "bigcommerce",
        ("GET /v2/orders", *V2_ORDER_LISTS),
        "status 204",
        "V2 answers an empty list, and a page past the last, with 204 and no body",
    ),
    Contradiction(
        "bigcommerce",
        ("GET /v2/orders",),
        "query sort",
        "described as a field with :asc or :desc behind it, but typed as the bare fields",
        message=r'"[a-z_]+:(asc|desc)" is not one of .*',
    ),
    Contradiction(
        "bigcommerce",
        V2_ORDER_WRITES,
        r"request body /(consignments/.+/)?(products|line_items)/\d+/"
        r"(price|wrapping_cost)_(inc|ex)_tax",
        "the orders guide takes money as number or as string; the schema of a line says number",
        message=r'"\d+(\.\d+)?" is not of type "number"',
    ),
    Contradiction(
        "bigcommerce",
        PRODUCTS,
        r"response body /data(/\d+)?/base_variant_id",
        "described as null for a product with options, but typed as an integer",
        message='null is not of type "integer"',
    ),
    Contradiction(
        "bigcommerce",
        ("GET /v3/inventory/items", "GET /v3/inventory/locations/{location_id}/items"),
        r"response body /data/\d+/identity/sku_id",
        "the variants' file has sku_id null for a base variant, the inventory file an integer",
        message='null is not of type "integer"',
    ),
    Contradiction(
        "bigcommerce",
        ("GET /v3/hooks",),
        "response body /data",
        "the schema asks for one webhook at least, and an API account begins with none",
        message=r"\[\] has less than 1 item",
    ),
)
