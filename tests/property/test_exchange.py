"""What is exported and imported again is what it was, whatever it holds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from affluent.domain.given import GivenAsin, GivenOverride
from affluent.domain.offer.override import NO_OVERRIDE, OfferOverride
from affluent.domain.sku_mapping import SkuPair
from affluent.selling.tables.asins import asins_form
from affluent.selling.tables.form import Form, read_rows, written_rows
from affluent.selling.tables.importing import plan_import
from affluent.selling.tables.overrides import overrides_form
from affluent.selling.tables.sku_pairs import sku_pairs_form
from affluent.spreadsheets.cell import harmless, meant

US, CA = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2"
LISTS = ["Summer, sale", "=Winter", "'Fall'", "Été"]

_letters = st.characters(exclude_categories=["Cc", "Cs"])
_words = st.text(_letters, min_size=1, max_size=40) | st.sampled_from(
    ["=1+1", "'=1", "''", "-5", "007", "a,b;c|d", 'say "5"', "account", "1E5", "sep=;"]
)


def _is_possible(sku: str) -> bool:
    """White space around a SKU is none of it, and what a spreadsheet has rounded is no SKU."""
    rounded = "E+" in sku.upper() or "E-" in sku.upper()
    return sku == sku.strip() != "" and not rounded and not sku.startswith("#")


_skus = _words.filter(_is_possible)
_accounts = st.sampled_from(["acme", "+other"])
_amounts = st.none() | st.decimals(Decimal("0.01"), Decimal(99_999), places=2)

_pairs = st.builds(SkuPair, _skus, _skus, st.sampled_from(["", "acme", "+other"]), _skus)
_asins = st.builds(
    GivenAsin,
    _accounts,
    st.sampled_from([US, CA]),
    _skus,
    st.from_regex(r"\A[A-Z0-9]{10}\Z"),
    _skus,
)
_whole = st.none() | st.integers(0, 30)
_overrides = st.builds(
    GivenOverride,
    st.sampled_from(LISTS),
    _skus,
    st.builds(OfferOverride, _amounts, _whole, _whole, _amounts, st.none()).filter(
        lambda one: one != NO_OVERRIDE
    ),
    _skus,
)


def unique(items: list[Any], form: Form[Any]) -> list[Any]:
    return list({form.key(item): item for item in items}.values())


def assert_comes_back(items: list[Any], form: Form[Any]) -> None:
    kept = unique(items, form)

    rows = read_rows(written_rows(kept, form), form)

    assert rows.refused == ()
    assert [item for _, item in rows.items] == kept
    again = plan_import(rows, kept, form, lambda _: True)
    assert (again.written, again.removed, again.unchanged) == ((), (), len(kept))


@given(st.lists(_pairs, max_size=8))
def test_sku_mappings_come_back(pairs: list[SkuPair]) -> None:
    assert_comes_back(pairs, sku_pairs_form(["acme", "+other"], "", ""))


@given(st.lists(_asins, max_size=8))
def test_asins_come_back(asins: list[GivenAsin]) -> None:
    assert_comes_back(asins, asins_form({"acme": [US, CA], "+other": [US, CA]}, "", ""))


@given(st.lists(_overrides, max_size=8))
def test_overrides_come_back(overrides: list[GivenOverride]) -> None:
    assert_comes_back(overrides, overrides_form(LISTS, ""))


@given(st.text())
def test_a_cell_is_harmless_and_means_what_it_meant(text: str) -> None:
    cell = harmless(text)

    assert meant(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
