"""BigCommerce's error bodies -> what the error tree needs to know.

V2 answers a list `[{status, message, details}]`, V3 an object `{status, title, errors}`. Only
BigCommerce's own sentences are passed on, never the values that came with them.
Status codes: https://docs.bigcommerce.com/docs/start/about/status-codes
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from affluent.domain.order import Shortage
from affluent.ports.bigcommerce import OptionProblem
from connectors.bigcommerce.fields import Record, child, records, text, whole
from connectors.bigcommerce.scopes import SCOPE_OF
from connectors.http.errors import AuthorisationExpired, Explanation
from connectors.http.exchange import Answer

_SHORTAGES: Final = {"OutOfStock", "ExceedsMaxQuantity", "InsufficientQuantity"}
_OPTION_PROBLEMS: Final = {
    "MandatoryProductOptions",
    "InvalidProductOption",
    "InvalidProductOptionValue",
}
_NEW_ACCOUNT_FIX: Final = (
    "Make an API account in the store's control panel and give its token to Affluent."
)


def explain(answer: Answer) -> Explanation:
    """What an answer that is no success says, and what to do about it."""
    if answer.status == 401:
        return Explanation(
            words="The store does not know this access token.",
            fix=_NEW_ACCOUNT_FIX,
            kind=AuthorisationExpired,
        )
    if answer.status == 403:
        return Explanation(words=_words(answer), fix=_scope_fix(answer.call.operation))
    return Explanation(words=_words(answer), details=_details(answer))


def _scope_fix(operation: str) -> str:
    return (
        f"Make an API account with the scope {SCOPE_OF[operation]} and give its token to Affluent:"
        " the scopes of an existing account cannot be changed. If it has the scope, check the"
        " store hash and the limits of the store's plan."
    )


def _details(answer: Answer) -> tuple[Shortage | OptionProblem, ...] | None:
    errors = [
        error for entry in _entries(answer) for error in records(child(entry, "details"), "errors")
    ]
    if answer.status == 409:
        return tuple(_shortage(e) for e in errors if text(e, "type") in _SHORTAGES) or None
    return tuple(_option_problem(e) for e in errors if text(e, "type") in _OPTION_PROBLEMS) or None


def _shortage(error: Record) -> Shortage:
    """Either shape: Inventory V3 names the variant, the older one the product and its SKU."""
    product = child(error, "product")
    stock = whole(child(product, "sku"), "inventory_level")
    return Shortage(
        kind=text(error, "type"),
        product_id=whole(product, "id"),
        variant_id=whole(error, "variant_id"),
        available=whole(error, "available_quantity") if stock is None else stock,
    )


def _option_problem(error: Record) -> OptionProblem:
    product = child(error, "product")
    options = records(product, "required_product_options") or [
        option for option in (child(product, "product_option"),) if option
    ]
    ids = [whole(option, "id") for option in options] or [whole(product, "value")]
    return OptionProblem(
        kind=text(error, "type"),
        product_id=whole(product, "id") or 0,
        option_ids=tuple(option_id for option_id in ids if option_id is not None),
        display_names=tuple(text(option, "display_name") for option in options),
    )


def _words(answer: Answer) -> str:
    sentences = [
        sentence
        for entry in _entries(answer)
        for sentence in (text(entry, "message") or text(entry, "title"), *_field_errors(entry))
        if sentence
    ]
    return " ".join(dict.fromkeys(sentences))


def _field_errors(entry: Record) -> list[str]:
    errors = child(entry, "errors")
    return [f"{field}: {text(errors, field)}" for field in errors if text(errors, field)]


def _entries(answer: Answer) -> list[Record]:
    try:
        body = json.loads(answer.body or b"[]")
    except ValueError:
        return []
    entries = body if isinstance(body, list) else [body]
    return [entry for entry in entries if isinstance(entry, Mapping)]
