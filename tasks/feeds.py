"""Sending gated batches to Amazon, and reading back what became of them."""

from __future__ import annotations

from collections.abc import Mapping

from affluent.domain.effect import Effect
from affluent.domain.listing import SubmissionPath
from affluent.domain.plan import Gated
from affluent.domain.product import Variant
from affluent.listings.apply import apply_listings
from affluent.listings.verify import verify_listings
from affluent.offers.apply import apply_offers
from affluent.offers.urgent import rush
from affluent.offers.verify import verify_offers
from affluent.submissions.context import Sender
from affluent.submissions.sending import clear_what_was_left
from tasks.runtime import reading, writing


@reading
def settle_earlier_runs(sender: Sender) -> int:
    """Resolve what an earlier run, dead by now, left open in the ledger."""
    return clear_what_was_left(sender)


@writing
def send_listings(
    gated: Gated,
    paths: Mapping[str, SubmissionPath],
    variants: Mapping[str, Variant],
    sender: Sender,
) -> list[Effect]:
    """Send a gated plan of listings."""
    return apply_listings(gated, paths, variants, sender)


@reading
def read_listings_back(taken: list[Effect], sender: Sender) -> int:
    """Answers how many listings Amazon does not show yet."""
    return verify_listings(taken, sender)


@writing
def send_offers(quantities: Gated, prices: Gated, sender: Sender) -> list[Effect]:
    """Send gated quantities and prices, one patch a SKU."""
    return apply_offers(quantities, prices, sender)


@writing
def send_urgent_offers(quantities: Gated, prices: Gated, sender: Sender) -> list[Effect]:
    """Send what must not wait, beside whatever else is sent, and look once."""
    return rush(quantities, prices, sender)


@reading
def read_offers_back(taken: list[Effect], sender: Sender) -> int:
    """Answers how many offers Amazon does not show yet."""
    return verify_offers(taken, sender)
