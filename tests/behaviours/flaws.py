"""What is wrong with products of the demo's store, and what the merchant writes to sell them."""

from __future__ import annotations

from typing import Any

from tests.behaviours.merchant import selling_list

#: The vendors' words, by row.
MESSAGES = {
    "S12": "externally_assigned_product_identifier: 'External Product ID' is required but not "
    "supplied",
    "S17": "merchant_suggested_asin: 'Merchant Suggested ASIN' is required but not supplied",
    "S19": "Error: The seller is not allowed to list products under the restricted brand",
    "S20": "Error: Seller is not authorized to list products in this product line or category.",
    "S23": "item_dimensions: The field 'height' for the attribute 'item_dimensions' does not have "
    "enough values. The required minimum is '1' value(s).(99022)",
    "S24": "number_of_items: 'number_of_items' is required but not supplied.(90220)",
    "S25": "included_components: The attributes are invalid.(90000900)",
}
#: Row, SKU, and the status of the listing once it was sent.
FLAWED = [
    ("S12", "KIT-SPOON-NOCODE", "held"),
    ("S12", "FOOD-BEANS", "held"),
    ("S17", "FOOD-SALT", "held"),
    ("S17", "OFF-LAMP-UNKNOWN", "held"),
    ("S19", "OFF-KNIFE-GUARDED", "held"),
    ("S20", "SUP-VITAMIN-C", "error"),
    ("S20", "OFF-UMBRELLA", "error"),
    ("S23", "KIT-CANISTER-NOHEIGHT", "held"),
    ("S24", "KIT-TRAY-NOCOUNT", "held"),
    ("S25", "LUG-ORGANIZER-PARTS", "held"),
]

#: A creation profile for a product of which the store says too little, switched off at first.
LAMP: dict[str, Any] = {
    "product_type": "KITCHEN",
    "create": False,
    "attributes": {
        "item_name": {"field": "name"},
        "brand": {"field": "brand"},
        "product_description": {"field": "description"},
        "color": {"custom_field": "color", "constant": "Black"},
        "number_of_items": {"constant": "1", "number": True},
        "included_components": {"constant": "Lamp"},
        "item_dimensions.length": {"constant": "6", "unit": "inches", "number": True},
        "item_dimensions.width": {"constant": "6", "unit": "inches", "number": True},
        "item_dimensions.height": {"constant": "14", "unit": "inches", "number": True},
    },
}

#: Amazon's answer to the first put of a product that needs an approval.
NOT_APPROVED_YET = {
    "vendor": "amazon",
    "method": "PUT",
    "path": "/OFF-UMBRELLA$",
    "action": "status",
    "status": 200,
    "body": {
        "sku": "OFF-UMBRELLA",
        "status": "INVALID",
        "submissionId": "f1dc2914-75dd-11ea-bc55-0242ac130003",
        "issues": [
            {
                "code": "18299",
                "severity": "ERROR",
                "message": "Seller is not authorized to list products in this product line or "
                "category.",
            }
        ],
    },
}


def selling_lists(asins: dict[str, str]) -> list[dict[str, Any]]:
    """One list picked by hand, one of categories that goes as a feed, and two sent one by one."""
    creation = {1: "kitchen", 2: "luggage", 3: "grocery"}
    return [
        selling_list("Picked by hand", skus=["FOOD-OLIVE-OIL", "FOOD-SALT"]),
        selling_list(
            "Created one by one",
            skus=["KIT-SKILLET-10", "KIT-SPOON-NOCODE"],
            creation_profiles={0: "kitchen"},
            asins=asins,
        ),
        selling_list("Most", categories=[1, 2, 3], creation_profiles=creation, send="feed"),
        selling_list("Offers", categories=[5], creation_profiles={5: "lamp"}),
        selling_list("Supplements", categories=[6], creation_profiles={6: "supplement"}),
    ]
