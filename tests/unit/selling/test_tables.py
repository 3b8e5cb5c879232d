"""SKU mappings, ASINs and overrides by file: what is read, what is refused, what would change."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from affluent.domain.errors import ConfigurationError
from affluent.domain.given import GivenAsin, GivenOverride
from affluent.domain.offer.override import OfferOverride
from affluent.domain.sku_mapping import SkuPair
from affluent.selling.tables.asins import asins_form
from affluent.selling.tables.form import Form, Refusal, read_rows
from affluent.selling.tables.importing import plan_import
from affluent.selling.tables.match_quality import match_quality
from affluent.selling.tables.overrides import overrides_form
from affluent.selling.tables.sku_pairs import sku_pairs_form

US, CA = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2"
PAIRS = sku_pairs_form(["acme", "other"], "", "map.csv")
ASINS = asins_form({"acme": [US], "both": [US, CA]}, "", "asins.csv")
OVERRIDES = overrides_form(["Summer"], "offers.csv")


def read(text: str, form: Form[Any]) -> list[Any]:
    rows = read_rows(text.encode(), form)
    assert rows.refused == ()
    return [item for _, item in rows.items]


def refused(text: str, form: Form[Any]) -> list[Refusal]:
    return list(read_rows(text.encode(), form).refused)


@pytest.mark.behaviour("N19")
@pytest.mark.parametrize(
    "text",
    [
        "BigCommerce SKU,Marketplace SKU\n007,AMZ-1\n",
        "BigCommerce SKU | Marketplace SKU\r\n007 | AMZ-1\r\n",
        "\ufeffBigCommerce SKU;Marketplace SKU\r\n007;AMZ-1\r\n",
        '"BigCommerce SKU"\t"Marketplace SKU"\n"007"\t"AMZ-1"\n',
        "007,AMZ-1\n",
        "007|AMZ-1\n",
    ],
)
def test_salestio_s_map_is_read_as_it_is(text: str) -> None:
    assert read(text, PAIRS) == [SkuPair("AMZ-1", "007", source="map.csv")]


@pytest.mark.behaviour("N19")
@pytest.mark.parametrize(
    "text",
    [
        "Product ID,Title,SKU,Channel SKU,Status\n1,Mug,007,AMZ-1,Active\n",
        "channel_sku;magento_sku;qty\nAMZ-1;007;3\n",
        "SKU,Magento SKU,Channel SKU\nIGNORED,007,AMZ-1\n",
    ],
)
def test_m2e_s_map_is_read_by_the_names_of_its_columns(text: str) -> None:
    assert read(text, PAIRS) == [SkuPair("AMZ-1", "007", source="map.csv")]


def test_columns_that_are_not_used_are_named() -> None:
    rows = read_rows(b"SKU,Channel SKU,Title\nA,B,Mug\n", PAIRS)

    assert (rows.columns, rows.unused) == (("amazon_sku", "store_sku"), ("Title",))


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("1.23E+12", "rounded"),
        ('"1,23E+12"', "rounded"),
        ("4E+12", "rounded"),
        ("", "is empty"),
        ("#N/A", "spreadsheet's error"),
        ('"A\x07B"', "control character"),
        ("A" * 41, "41 characters"),
    ],
)
def test_a_sku_that_cannot_be_right_is_refused_with_its_line(value: str, problem: str) -> None:
    [one] = refused(f"store_sku,amazon_sku\nA,B\nC,{value}\n", PAIRS)

    assert (one.line, one.column, one.value) == (3, "amazon_sku", value.strip('"'))
    assert problem in one.problem
    assert one.fix


@pytest.mark.parametrize("sku", ["1E5", "12E+1A", "0001", "E+12"])
def test_a_sku_that_only_looks_like_a_number_is_taken(sku: str) -> None:
    assert read(f"{sku},AMZ\n", PAIRS) == [SkuPair("AMZ", sku, source="map.csv")]


def test_an_account_that_is_not_known_and_a_row_that_is_too_long_are_refused() -> None:
    text = "account,store_sku,amazon_sku\nacme,A,B\nnone,C,D\n,E,F,more\n"

    unknown, long = refused(text, PAIRS)

    assert (unknown.line, unknown.column, unknown.value) == (3, "account", "none")
    assert (long.line, long.value) == (4, "more")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "The file is empty"),
        ("SKU,Title\nA,Mug\n", "no column amazon_sku"),
        ("A,B,C\nD,E,F\n", "no column amazon_sku, store_sku"),
    ],
)
def test_what_is_no_such_table_says_what_is_missing(text: str, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        read_rows(text.encode(), PAIRS)


def test_an_asin_is_for_the_only_marketplace_or_for_the_one_that_is_named() -> None:
    text = "account,marketplace,sku,asin\nacme,,007,B000TEST01\nboth,CA,007,0000000001\n"

    assert read(text, ASINS) == [
        GivenAsin("acme", US, "007", "B000TEST01", "asins.csv"),
        GivenAsin("both", CA, "007", "0000000001", "asins.csv"),
    ]
    problems = refused(
        "account,marketplace,sku,asin\nboth,,A,B000TEST01\nacme,DE,A,B000TEST01\n"
        "acme,XX,A,B000TEST01\nacme,US,A,b000test01\n,US,A,B000TEST01\n",
        ASINS,
    )
    columns = [one.column for one in problems]
    assert columns == ["marketplace", "marketplace", "marketplace", "asin", "account"]


def test_an_override_leaves_empty_cells_to_the_profile() -> None:
    text = "selling_list,sku,price,qty,handling_time,min_price,max_price\nSummer,007,19.90,0,,1,\n"

    assert read(text, OVERRIDES) == [
        GivenOverride(
            "Summer", "007", OfferOverride(Decimal("19.90"), 0, None, Decimal(1)), "offers.csv"
        )
    ]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("Winter,A,1,,,,", "selling_list"),
        ('Summer,A,"19,90",,,,', "price"),
        ("Summer,A,0,,,,", "price"),
        ("Summer,A,1e3,,,,", "price"),
        ("Summer,A,,-1,,,", "quantity"),
        ("Summer,A,,1.5,,,", "quantity"),
        ("Summer,A,,,31,,", "lead_time_days"),
        ("Summer,A,,,,9,8", "ceiling"),
        ("Summer,A,,,,,", "price"),
    ],
)
def test_an_override_that_cannot_be_right_is_refused(cells: str, column: str) -> None:
    header = "selling_list,store_sku,price,quantity,lead_time_days,floor,ceiling"

    [one] = refused(f"{header}\n{cells}\n", OVERRIDES)

    assert (one.line, one.column) == (2, column)


KEPT = [SkuPair("A", "1"), SkuPair("B", "2", source="old.csv"), SkuPair("C", "3", "acme")]


def test_a_plan_says_what_is_added_changed_and_unchanged_and_removes_nothing() -> None:
    rows = read_rows(b"store_sku,amazon_sku\n9,A\n2,B\n2,B\n4,D\n", PAIRS)

    plan = plan_import(rows, KEPT, PAIRS)

    assert plan.added == (SkuPair("D", "4", source="map.csv"),)
    assert plan.changed == ((SkuPair("A", "1"), SkuPair("A", "9", source="map.csv")),)
    assert (plan.unchanged, plan.repeated, plan.removed, plan.refused) == (1, 1, (), ())


def test_what_the_file_does_not_name_is_removed_only_within_what_may_be() -> None:
    rows = read_rows(b"store_sku,amazon_sku\n1,A\n", PAIRS)

    plan = plan_import(rows, KEPT, PAIRS, lambda pair: pair.account == "acme")

    assert plan.removed == (KEPT[2],)


def test_nothing_is_removed_while_rows_are_refused() -> None:
    rows = read_rows(b"store_sku,amazon_sku\n1,A\n,B\n", PAIRS)

    plan = plan_import(rows, KEPT, PAIRS, lambda _: True)

    assert (plan.removed, len(plan.refused)) == ((), 1)


@pytest.mark.behaviour("N19")
def test_of_rows_that_contradict_each_other_none_counts() -> None:
    rows = read_rows(b"store_sku,amazon_sku\n1,X\n2,Y\n3,X\n", PAIRS)

    plan = plan_import(rows, [], PAIRS)

    assert [pair.amazon_sku for pair in plan.added] == ["Y"]
    assert [(one.line, one.value) for one in plan.refused] == [(2, "X"), (4, "X")]
    assert "lines 2, 4" in plan.refused[0].problem


@pytest.mark.behaviour("N19")
def test_match_quality_counts_sides_and_names_the_nearest() -> None:
    pairs = [
        SkuPair("AMZ-1", "MUG-BLUE"),
        SkuPair("AMZ-9999", "MUG-RED"),
        SkuPair("AMZ-2", "mug green"),
        SkuPair("NOWHERE", "NOTHING-LIKE-IT"),
    ]

    quality = match_quality(pairs, ["MUG-BLUE", "MUG-RED", "MUG-GREEN"], ["AMZ-1", "AMZ-2"])

    assert (quality.both, quality.store_only, quality.amazon_only, quality.neither) == (1, 1, 1, 1)
    red, green, nothing = quality.examples
    assert red.store_candidates == ()
    assert green.store_candidates[0] == "MUG-GREEN"
    assert (nothing.store_candidates, nothing.amazon_candidates) == ((), ())
