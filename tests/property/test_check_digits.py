"""Check digits, as the reference implementation has them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from affluent.quality.barcodes import has_good_check_digit

barcodes = st.sampled_from([8, 12, 13, 14]).flatmap(
    lambda length: st.text("0123456789", min_size=length, max_size=length)
)


@given(barcode=barcodes)
def test_a_check_digit_is_judged_as_the_reference_does(barcode: str) -> None:
    mended = barcode[:-1] + ean.calc_check_digit(barcode[:-1])

    assert has_good_check_digit(barcode) is ean.is_valid(barcode)
    assert has_good_check_digit(mended)
