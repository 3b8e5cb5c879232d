"""From the `products` of a request to order lines: catalog lines and custom lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sandbox.bigcommerce.catalog.catalog import Catalog
from sandbox.bigcommerce.catalog.products import Product
from sandbox.bigcommerce.catalog.shelves import Shelves
from sandbox.bigcommerce.money import parse_money
from sandbox.bigcommerce.numbering import Numbering
from sandbox.bigcommerce.orders.fields import money_in, whole_number
from sandbox.bigcommerce.orders.order import OrderLine, Price
from sandbox.bigcommerce.orders.problems import ProblemReporter
from sandbox.bigcommerce.orders.product_options import read_answers
from sandbox.bigcommerce.refusals import invalid_field, unsupported_field

Json = dict[str, Any]

CATALOG_FIELDS = {
    "id",
    "product_id",
    "variant_id",
    "name",
    "name_customer",
    "name_merchant",
    "quantity",
    "price_inc_tax",
    "price_ex_tax",
    "upc",
    "product_options",
    "wrapping_id",
    "wrapping_name",
    "wrapping_message",
    "wrapping_cost_ex_tax",
    "wrapping_cost_inc_tax",
}
CUSTOM_FIELDS = {
    "id",
    "name",
    "name_customer",
    "name_merchant",
    "quantity",
    "price_inc_tax",
    "price_ex_tax",
    "sku",
    "upc",
}
TEXTS = ("name", "sku", "upc")
DIMENSIONS = ("weight", "width", "height", "depth")


class LineReader:
    """Reads request lines against the catalog."""

    def __init__(
        self, catalog: Catalog, shelves: Shelves, numbering: Numbering, reporter: ProblemReporter
    ) -> None:
        self._catalog = catalog
        self._shelves = shelves
        self._numbering = numbering
        self._reporter = reporter

    def read(self, given: list[Json]) -> list[OrderLine]:
        """The lines, numbered.

        Raises:
            V2Refusal: a field of a line is invalid, or (400) options do not fit their products.
        """
        problems: list[Json] = []
        lines = [self._line(each, problems) for each in given]
        if problems:
            raise self._reporter.options(problems)
        return [line for line in lines if line is not None]

    def _line(self, given: Json, problems: list[Json]) -> OrderLine | None:
        for name in TEXTS:
            if not isinstance(given.get(name) or "", str):
                raise invalid_field(f"products.{name}")
        if given.get("product_id"):
            return self._catalog_line(given, problems)
        if not given.get("name"):
            raise invalid_field("products.product_id, products.name")
        return self._custom_line(given)

    def _custom_line(self, given: Json) -> OrderLine:
        _refuse_other_fields(given, CUSTOM_FIELDS)
        return OrderLine(
            id=self._numbering.next("order_product"),
            product_id=0,
            variant_id=0,
            name=given["name"],
            sku=given.get("sku") or "",
            upc=given.get("upc") or "",
            quantity=quantity_in(given),
            price=line_price(given, None),
        )

    def _catalog_line(self, given: Json, problems: list[Json]) -> OrderLine | None:
        _refuse_other_fields(given, CATALOG_FIELDS)
        product = self._catalog.index.get(whole_number(given["product_id"]) or 0)
        if product is None:
            raise invalid_field("product_id")
        asked = given.get("variant_id")
        variant_id = None if not asked else (whole_number(asked) or -1)
        options = given.get("product_options")
        answers = read_answers(product, variant_id, options, self._reporter)
        if answers.problems or answers.variant is None:
            problems += answers.problems
            return None
        variant, shown = answers.variant, answers.shown
        list_price = Decimal(str(variant["calculated_price"]))
        return OrderLine(
            id=self._numbering.next("order_product"),
            product_id=product.id,
            variant_id=variant["id"],
            name=given.get("name") or product.get("name"),
            sku=variant.get("sku") or product.get("sku"),
            upc=given.get("upc") or variant.get("upc") or product.get("upc"),
            quantity=quantity_in(given),
            price=line_price(given, Price(list_price, list_price)),
            options=[{"id": self._numbering.next("order_option"), **each} for each in shown],
            dimensions=_dimensions(product, variant),
            brand=self._brand(product),
            cost_price=Decimal(str(variant.get("cost_price") or product.get("cost_price"))),
        )

    def _brand(self, product: Product) -> str:
        brand = self._shelves.brands.get(product.get("brand_id"))
        return "" if brand is None else str(brand["name"])


def quantity_in(given: Json) -> int:
    """The line's quantity, at least one."""
    quantity = whole_number(given.get("quantity"))
    if quantity is None or quantity < 1:
        raise invalid_field("quantity")
    return quantity


def line_price(given: Json, known: Price | None) -> Price:
    """The unit price; the side that is not overridden keeps the known price.

    Raises:
        V2Refusal: a price is invalid, or one is missing and none is known.
    """
    price = Price() if known is None else Price(known.ex_tax, known.inc_tax)
    for side in ("inc_tax", "ex_tax"):
        name = f"price_{side}"
        if given.get(name) is not None:
            setattr(price, side, money_in(given, name, f"products.{name}"))
        elif known is None:
            raise invalid_field(f"products.{name}")
    return price


def _dimensions(product: Product, variant: Json) -> dict[str, Decimal]:
    own = {name: variant.get(name) for name in DIMENSIONS}
    return {
        name: parse_money(product.get(name) if value is None else value)
        for name, value in own.items()
    }


def _refuse_other_fields(given: Json, known: set[str]) -> None:
    for name in given:
        if name not in known:
            raise unsupported_field(f"products.{name}")
