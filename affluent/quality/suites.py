"""Great Expectations suites as code, one per subject; each expectation carries its reason.

Importing this module costs seconds: it is imported where a batch is judged, and nowhere else.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

import pandas as pd
from great_expectations import ExpectationSuite
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.core.expect_column_pair_values_a_to_be_greater_than_b import (
    ExpectColumnPairValuesAToBeGreaterThanB,
)
from great_expectations.expectations.core.expect_column_pair_values_to_be_equal import (
    ExpectColumnPairValuesToBeEqual,
)
from great_expectations.expectations.core.expect_column_values_to_be_between import (
    ExpectColumnValuesToBeBetween,
)
from great_expectations.expectations.core.expect_column_values_to_be_null import (
    ExpectColumnValuesToBeNull,
)
from great_expectations.expectations.core.expect_column_values_to_be_unique import (
    ExpectColumnValuesToBeUnique,
)
from great_expectations.expectations.core.expect_column_values_to_match_regex import (
    ExpectColumnValuesToMatchRegex,
)
from great_expectations.expectations.core.expect_column_values_to_not_be_null import (
    ExpectColumnValuesToNotBeNull,
)
from great_expectations.expectations.core.expect_column_values_to_not_match_regex import (
    ExpectColumnValuesToNotMatchRegex,
)
from great_expectations.expectations.expectation import ColumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider.column_condition_partial import (
    column_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.column_map_metric_provider import (
    ColumnMapMetricProvider,
)

from affluent.domain.issue import Reason
from affluent.quality.barcodes import RESTRICTED, WELL_FORMED, has_good_check_digit
from affluent.quality.listing_rows import LONGEST_NAME

_BOTH_GIVEN: Final = "either_value_is_missing"


class GtinCheckDigit(ColumnMapMetricProvider):
    """Whether the last digit of each barcode follows from the others."""

    condition_metric_name = "column_values.gtin_check_digit"

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: pd.Series[str], **kwargs: Any) -> pd.Series[bool]:  # noqa: N805  a class method
        return column.map(has_good_check_digit)


class ExpectColumnValuesToHaveGtinCheckDigit(ColumnMapExpectation):
    """Expect barcodes of 8, 12, 13 or 14 digits to end in their check digit."""

    map_metric: ClassVar[str] = GtinCheckDigit.condition_metric_name


def _because(reason: Reason) -> dict[str, str]:
    return {"reason": reason.value}


IDENTIFIERS: Final = ExpectationSuite(
    name="identifiers",
    expectations=[
        ExpectColumnValuesToNotBeNull(column="identifier", meta=_because(Reason.NO_IDENTIFIER)),
        ExpectColumnValuesToMatchRegex(
            column="barcode", regex=WELL_FORMED, meta=_because(Reason.MALFORMED_BARCODE)
        ),
        ExpectColumnValuesToHaveGtinCheckDigit(
            column="checkable_barcode", meta=_because(Reason.BAD_CHECK_DIGIT)
        ),
        ExpectColumnValuesToNotMatchRegex(
            column="new_gtin", regex=RESTRICTED, meta=_because(Reason.RESTRICTED_BARCODE)
        ),
        ExpectColumnValuesToBeUnique(column="sku", meta=_because(Reason.DUPLICATE_SKU)),
    ],
)

PRICES: Final = ExpectationSuite(
    name="prices",
    expectations=[
        ExpectColumnValuesToBeBetween(
            column="price", min_value=0, strict_min=True, meta=_because(Reason.ZERO_PRICE)
        ),
        ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="ceiling",
            column_B="asked_price",
            or_equal=True,
            ignore_row_if=_BOTH_GIVEN,
            meta=_because(Reason.HUGE_PRICE),
        ),
        ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="asked_price",
            column_B="floor",
            or_equal=True,
            ignore_row_if=_BOTH_GIVEN,
            meta=_because(Reason.LOW_PRICE),
        ),
    ],
)

STOCK: Final = ExpectationSuite(
    name="stock",
    expectations=[
        ExpectColumnValuesToBeBetween(
            column="quantity", min_value=0, meta=_because(Reason.NEGATIVE_QUANTITY)
        ),
    ],
)

CONTENT: Final = ExpectationSuite(
    name="content",
    expectations=[
        ExpectColumnValuesToNotBeNull(column="name", meta=_because(Reason.NO_NAME)),
        ExpectColumnValuesToBeBetween(
            column="name_bytes", max_value=LONGEST_NAME, meta=_because(Reason.LONG_NAME)
        ),
        ExpectColumnValuesToBeNull(column="title_flaws", meta=_because(Reason.TITLE_CHARACTERS)),
    ],
)

IMAGES: Final = ExpectationSuite(
    name="images",
    expectations=[
        ExpectColumnValuesToBeNull(column="insecure_image", meta=_because(Reason.INSECURE_IMAGE)),
    ],
)

CATALOG: Final = ExpectationSuite(
    name="catalog",
    expectations=[
        ExpectColumnValuesToBeNull(
            column="unmatched_barcode", meta=_because(Reason.NOT_IN_CATALOG)
        ),
        ExpectColumnValuesToBeBetween(
            column="undecided_matches", max_value=1, meta=_because(Reason.SEVERAL_MATCHES)
        ),
    ],
)

UNIQUENESS: Final = ExpectationSuite(
    name="uniqueness",
    expectations=[
        ExpectColumnPairValuesToBeEqual(
            column_A="sku",
            column_B="keeper",
            ignore_row_if=_BOTH_GIVEN,
            meta=_because(Reason.DUPLICATE_GTIN),
        ),
    ],
)

MOVES: Final = ExpectationSuite(
    name="moves",
    expectations=[
        ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="largest_move",
            column_B="distance",
            or_equal=True,
            ignore_row_if=_BOTH_GIVEN,
            meta=_because(Reason.PRICE_MOVED),
        ),
        ExpectColumnValuesToBeNull(column="fba_quantity", meta=_because(Reason.FBA_QUANTITY)),
    ],
)

LISTING_SUITES: Final = (IDENTIFIERS, PRICES, STOCK, CONTENT, IMAGES, CATALOG)
UNIQUENESS_SUITES: Final = (UNIQUENESS,)
OFFER_SUITES: Final = (PRICES, MOVES, STOCK)
