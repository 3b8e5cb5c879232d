"""What is wrong with an item before it is accepted: its schema, its identity and its price."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from jsonschema_rs import ValidationError

from sandbox.amazon import issues
from sandbox.amazon.catalog.items import Catalog, CatalogItem
from sandbox.amazon.issues import Issue
from sandbox.amazon.listings import offer
from sandbox.amazon.product_types.schema import LISTING, LISTING_OFFER_ONLY, ProductSchema
from sandbox.amazon.wire import Json

IDENTIFIER = "externally_assigned_product_identifier"
SUGGESTED_ASIN = "merchant_suggested_asin"
EXEMPTION = "supplier_declared_has_product_identifier_exemption"


def find_catalog_item(attributes: Json, catalog: Catalog) -> CatalogItem | None:
    """The item that the suggested ASIN or else the barcode names."""
    asin = offer.first_value(attributes, SUGGESTED_ASIN)
    if asin is not None:
        return catalog.by_asin(str(asin))
    for identifier in offer.entries(attributes, IDENTIFIER):
        item = catalog.by_identifier(
            str(identifier.get("type", "")).upper(), str(identifier.get("value", ""))
        )
        if item is not None:
            return item
    return None


def names_an_identity(attributes: Json) -> bool:
    """Whether there is an identifier, an ASIN, an exemption, or it is a variation parent."""
    return (
        offer.first_value(attributes, SUGGESTED_ASIN) is not None
        or any(entry.get("value") for entry in offer.entries(attributes, IDENTIFIER))
        or offer.first_value(attributes, EXEMPTION) is True
        or offer.first_value(attributes, "parentage_level") == "parent"
    )


def full_item_issues(
    schema: ProductSchema, requirements: str, attributes: Json, catalog: Catalog
) -> list[Issue]:
    """The issues of a whole item, as PUT and UPDATE send it."""
    found = [
        *schema_issues(schema, attributes),
        *_identity_issues(requirements, attributes, catalog),
        *_price_issues(attributes),
    ]
    return list(dict.fromkeys(found))


def partial_item_issues(schema: ProductSchema | None, attributes: Json) -> list[Issue]:
    """The issues of the named attributes alone, as PATCH and PARTIAL_UPDATE send them."""
    found = [*schema_issues(schema, attributes)] if schema else []
    return list(dict.fromkeys([*found, *_price_issues(attributes)]))


def schema_issues(schema: ProductSchema, attributes: Json) -> Iterator[Issue]:
    """Each fault by the JSON Schema and by Amazon's own keywords."""
    if not schema.validator.is_valid(attributes):
        for error in schema.validator.iter_errors(attributes):
            issue_of = _ISSUES_BY_KEYWORD.get(error.kind.name, _value_issue)
            yield issue_of(error, list(error.instance_path))
    for path in schema.rules.violations(attributes):
        yield issues.invalid_value(_dotted(path), str(path[0]))


def _identity_issues(requirements: str, attributes: Json, catalog: Catalog) -> Iterator[Issue]:
    asin = offer.first_value(attributes, SUGGESTED_ASIN)
    if asin is not None:
        if catalog.by_asin(str(asin)) is None:
            yield issues.invalid_value(SUGGESTED_ASIN, SUGGESTED_ASIN)
    elif requirements == LISTING_OFFER_ONLY:
        if find_catalog_item(attributes, catalog) is None:
            yield issues.missing_attribute(SUGGESTED_ASIN)
    elif requirements == LISTING and not names_an_identity(attributes):
        yield issues.missing_attribute(IDENTIFIER)


def _price_issues(attributes: Json) -> Iterator[Issue]:
    if any(amount <= 0 for amount in offer.amounts(attributes)):
        path = "purchasable_offer.our_price.schedule.value_with_tax"
        yield issues.invalid_value(path, "purchasable_offer", "INVALID_PRICE")


def _required_issue(error: ValidationError, path: list[Any]) -> Issue:
    field = str(error.kind.as_dict()["property"])
    return issues.too_few_values(field, _dotted(path)) if path else issues.missing_attribute(field)


def _empty_issue(_error: ValidationError, path: list[Any]) -> Issue:
    names = [part for part in path if isinstance(part, str)]
    return issues.too_few_values(names[-1], ".".join(names[:-1]) or names[0])


def _unaccepted_issue(error: ValidationError, path: list[Any]) -> Issue:
    return issues.unaccepted_value(error.instance, str(path[0]))


def _unknown_issue(error: ValidationError, path: list[Any]) -> Issue:
    names = [str(path[0])] if path else [str(name) for name in error.kind.as_dict()["unexpected"]]
    return issues.invalid_attributes(*names)


def _type_issue(error: ValidationError, path: list[Any]) -> Issue:
    is_whole_attribute = len(path) <= 2
    return (
        issues.invalid_attributes(str(path[0])) if is_whole_attribute else _value_issue(error, path)
    )


def _value_issue(_error: ValidationError, path: list[Any]) -> Issue:
    return issues.invalid_value(_dotted(path), str(path[0]) if path else "")


def _dotted(path: Any) -> str:
    return ".".join(part for part in path if isinstance(part, str))


_ISSUES_BY_KEYWORD: dict[str, Callable[[ValidationError, list[Any]], Issue]] = {
    "required": _required_issue,
    "minItems": _empty_issue,
    "minLength": _empty_issue,
    "enum": _unaccepted_issue,
    "const": _unaccepted_issue,
    "additionalProperties": _unknown_issue,
    "type": _type_issue,
}
