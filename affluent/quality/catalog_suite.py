"""What is expected of the store's catalog as it comes in. It reports, and holds nothing.

Importing this module costs seconds, as that of suites.py does.
"""

from __future__ import annotations

from typing import Any, Final

from great_expectations import ExpectationSuite
from great_expectations.expectations.core.expect_column_values_to_be_between import (
    ExpectColumnValuesToBeBetween,
)
from great_expectations.expectations.core.expect_column_values_to_be_null import (
    ExpectColumnValuesToBeNull,
)
from great_expectations.expectations.core.expect_column_values_to_match_regex import (
    ExpectColumnValuesToMatchRegex,
)
from great_expectations.expectations.core.expect_column_values_to_not_be_null import (
    ExpectColumnValuesToNotBeNull,
)

from affluent.domain.catalog_quality import SampledVariant
from affluent.quality.barcodes import WELL_FORMED, is_well_formed
from affluent.quality.listing_rows import LONGEST_NAME
from affluent.quality.row import Row
from affluent.quality.suites import ExpectColumnValuesToHaveGtinCheckDigit

TITLE: Final = "title"


def _titled(title: str) -> dict[str, str]:
    return {TITLE: title, "notes": title}


def catalog_suite() -> ExpectationSuite:
    """The suite over catalog_row, each expectation with its title."""
    return ExpectationSuite(
        name="catalog",
        expectations=[
            ExpectColumnValuesToNotBeNull(column="sku", meta=_titled("has a SKU")),
            ExpectColumnValuesToBeNull(column="shared_sku", meta=_titled("has a SKU of its own")),
            ExpectColumnValuesToNotBeNull(column="barcode", meta=_titled("has a barcode")),
            ExpectColumnValuesToMatchRegex(
                column="barcode", regex=WELL_FORMED, meta=_titled("barcode of 8, 12 to 14 digits")
            ),
            ExpectColumnValuesToHaveGtinCheckDigit(
                column="checkable_barcode", meta=_titled("barcode ends in its check digit")
            ),
            ExpectColumnValuesToBeNull(
                column="shared_barcode", meta=_titled("has a barcode of its own")
            ),
            ExpectColumnValuesToBeBetween(
                column="price", min_value=0, strict_min=True, meta=_titled("price above 0")
            ),
            ExpectColumnValuesToBeBetween(
                column="quantity", min_value=0, meta=_titled("stock not below 0")
            ),
            ExpectColumnValuesToNotBeNull(column="name", meta=_titled("has a name")),
            ExpectColumnValuesToBeBetween(
                column="name_bytes",
                max_value=LONGEST_NAME,
                meta=_titled(f"name of at most {LONGEST_NAME} bytes"),
            ),
            ExpectColumnValuesToBeBetween(
                column="images", min_value=1, meta=_titled("has an image")
            ),
        ],
    )


def catalog_row(variant: SampledVariant) -> Row:
    """The columns that the suite judges; None where an expectation does not apply."""
    barcode = variant.barcode or None
    row: dict[str, Any] = {
        "sku": variant.sku or None,
        "shared_sku": variant.sku if variant.shares_sku else None,
        "barcode": barcode,
        "checkable_barcode": barcode if barcode and is_well_formed(barcode) else None,
        "shared_barcode": barcode if variant.shares_barcode else None,
        "price": variant.price,
        "quantity": variant.quantity,
        "name": variant.name if variant.name.strip() else None,
        "name_bytes": len(variant.name.encode()),
        "images": variant.images,
    }
    return row
