"""The offer in a listing's attributes: price, quantity and fulfilment channel."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sandbox.amazon.marketplaces import is_amazon_fulfillment
from sandbox.amazon.wire import Json

DEFAULT_AUDIENCE = "ALL"
DEFAULT_CHANNEL = "DEFAULT"


def amounts(attributes: Json) -> Iterator[Decimal]:
    """Every regular price, of whatever store and audience."""
    for offer in entries(attributes, "purchasable_offer"):
        amount = _our_price(offer)
        if amount is not None:
            yield amount


def prices(attributes: Json, marketplace_id: str) -> Iterator[tuple[str, Decimal, str]]:
    """Audience, price with tax, and currency of each offer in this store."""
    for offer in entries(attributes, "purchasable_offer"):
        amount = _our_price(offer)
        if amount is not None and offer.get("marketplace_id", marketplace_id) == marketplace_id:
            yield (
                offer.get("audience", DEFAULT_AUDIENCE),
                amount,
                offer.get("currency", ""),
            )


def price(attributes: Json, marketplace_id: str) -> tuple[Decimal, str] | None:
    """The price that all shoppers pay, and its currency; the currency may be empty."""
    for audience, amount, currency in prices(attributes, marketplace_id):
        if audience == DEFAULT_AUDIENCE:
            return amount, currency
    return None


def availability(attributes: Json) -> tuple[str, int | None]:
    """Who keeps the stock, Amazon where it keeps any, and what the seller ships himself."""
    shown = channels(attributes)
    by_amazon = [code for code, _ in shown if is_amazon_fulfillment(code)]
    own = [quantity for code, quantity in shown if not is_amazon_fulfillment(code)]
    return (by_amazon or [DEFAULT_CHANNEL])[0], (own or [None])[0]


def channels(attributes: Json) -> list[tuple[str, int | None]]:
    """Each fulfilment channel code with its quantity; Amazon's own channels carry none."""
    found: list[tuple[str, int | None]] = []
    for entry in entries(attributes, "fulfillment_availability"):
        code = entry.get("fulfillment_channel_code", DEFAULT_CHANNEL)
        found.append((code, None if is_amazon_fulfillment(code) else entry.get("quantity")))
    return found or [(DEFAULT_CHANNEL, None)]


def with_quantity(attributes: Json, quantity: int) -> Json:
    """The attributes with another quantity in the seller's own channel."""
    channels = [
        {**channel, "quantity": quantity}
        if channel.get("fulfillment_channel_code") == DEFAULT_CHANNEL
        else channel
        for channel in entries(attributes, "fulfillment_availability")
    ]
    return {**attributes, "fulfillment_availability": channels}


def first_value(attributes: Json, name: str) -> Any:
    """The `value` of the attribute's first entry, or None."""
    for entry in entries(attributes, name):
        return entry.get("value")
    return None


def entries(attributes: Json, name: str) -> Iterator[Json]:
    """The entries of an attribute that have the form of an entry."""
    values = attributes.get(name)
    if isinstance(values, list):
        yield from (entry for entry in values if isinstance(entry, dict))


def _our_price(offer: Json) -> Decimal | None:
    try:
        amount = offer["our_price"][0]["schedule"][0]["value_with_tax"]
    except (KeyError, IndexError, TypeError):
        return None
    is_number = isinstance(amount, int | float) and not isinstance(amount, bool)
    return Decimal(str(amount)) if is_number else None
