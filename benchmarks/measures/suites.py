"""The gate's suites over listings, against the same rules in plain, vectorised pandas.

Both get the same columns, of which one row in fifty is flawed, and must hold the same rows.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from affluent.quality.barcodes import RESTRICTED, WELL_FORMED, as_gtin, has_good_check_digit
from affluent.quality.batch import columns_of, failures
from affluent.quality.listing_rows import LONGEST_NAME
from affluent.quality.row import Row
from affluent.quality.suites import LISTING_SUITES

ROWS: Final = 1_000_000
_FLAWED_EACH: Final = 50
_FIRST_BARCODE: Final = 401_000_000_000

Columns = dict[str, "pd.Series[Any]"]


def suites_against_pandas(count: int = ROWS) -> tuple[float, float]:
    """Seconds of the suites and of plain pandas."""
    rows = [_row(number) for number in range(count)]
    by_suite = [(suite, columns_of(rows, suite)) for suite in LISTING_SUITES]
    together: Columns = {name: column for _, found in by_suite for name, column in found.items()}
    del rows
    # The first batch also makes what Great Expectations makes once.
    _judge(
        [(suite, {name: one[:10] for name, one in found.items()}) for suite, found in by_suite], 10
    )
    ours, held = _timed(lambda: _judge(by_suite, count))
    plain, flawed = _timed(lambda: _judge_plainly(together))
    if held != flawed:
        raise ValueError(f"The suites hold {len(held)} rows, plain pandas {len(flawed)}")
    return ours, plain


def _judge(by_suite: list[tuple[Any, Columns]], count: int) -> set[int]:
    return {
        position
        for suite, columns in by_suite
        for _, positions in failures(suite, columns, count)
        for position in positions
    }


def _judge_plainly(of: Columns) -> set[int]:
    held: set[int] = set()
    for broken in _plain_rules(of):
        held.update(broken[broken].index)
    return held


def _plain_rules(of: Columns) -> Iterator[pd.Series[bool]]:
    yield of["identifier"].isna()
    yield ~_given(of["barcode"]).str.contains(WELL_FORMED, regex=True)
    yield ~_given(of["checkable_barcode"]).map(has_good_check_digit).astype(bool)
    yield _given(of["new_gtin"]).str.contains(RESTRICTED, regex=True)
    yield of["sku"].duplicated(keep=False)
    yield _given(of["price"]) <= 0
    asked = of["asked_price"].notna()
    yield of["asked_price"][asked] > of["ceiling"][asked]
    yield of["asked_price"][asked] < of["floor"][asked]
    yield _given(of["quantity"]) < 0
    yield of["name"].isna()
    yield _given(of["name_bytes"]) > LONGEST_NAME
    for name in ("title_flaws", "insecure_image", "unmatched_barcode"):
        yield of[name].notna()
    yield _given(of["undecided_matches"]) > 1


def _given(column: pd.Series[Any]) -> pd.Series[Any]:
    return column[column.notna()]


def _timed(judge: Callable[[], set[int]]) -> tuple[float, set[int]]:
    started = time.process_time()
    found = judge()
    return time.process_time() - started, found


def _row(number: int) -> Row:
    barcode = _ean(_FIRST_BARCODE + number)
    is_flawed = number % _FLAWED_EACH == 0
    price = Decimal(0) if is_flawed else Decimal("19.90")
    return {
        "sku": f"SKU-{number}",
        "identifier": barcode,
        "barcode": barcode,
        "checkable_barcode": barcode,
        "new_gtin": as_gtin(barcode),
        "unmatched_barcode": None,
        "undecided_matches": 0,
        "price": price,
        "asked_price": None if is_flawed else price,
        "floor": Decimal("0.01"),
        "ceiling": Decimal(100_000),
        "quantity": number % 50,
        "name": "Stoneware Mug",
        "name_bytes": 13,
        "title_flaws": "!" if number % _FLAWED_EACH == 1 else None,
        "insecure_image": None,
    }


def _ean(body: int) -> str:
    digits = str(body).encode()
    total = sum(digits[0::2]) + 3 * sum(digits[1::2]) - ord("0") * 4 * 6
    return f"{body}{-total % 10}"
