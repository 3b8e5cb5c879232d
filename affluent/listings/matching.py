"""Which pages Amazon's catalog has for the barcodes of a batch: asked once, and then remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from affluent.domain.before_sending import KnownMatches
from affluent.domain.listing import CatalogMatch, Listing
from affluent.domain.selection import Selected
from affluent.listings.standing import is_tied
from affluent.submissions.context import Sender

#: So many barcodes are asked for and kept at once: what a run that ends early has asked, stays.
_PART: Final = 1_000


def matches_of(
    selected: Iterable[Selected], listings: Mapping[str, Listing], days: int, sender: Sender
) -> dict[str, tuple[CatalogMatch, ...]]:
    """Amazon's matches of the barcodes that are not yet tied to an ASIN of ours.

    An answer counts for so many `days`; that there is no page counts for one.
    """
    barcodes = sorted(
        {
            one.variant.barcode
            for one in selected
            if one.variant.barcode and not is_tied(listings.get(one.variant.sku), one.variant)
        }
    )
    now = sender.clock.now()
    with sender.units() as work:
        kept = work.catalog_matches.of(sender.marketplace_id, barcodes)
    known = {code: one.matches for code, one in kept.items() if one.counts(now, days)}
    unknown = [code for code in barcodes if code not in known]
    for start in range(0, len(unknown), _PART):
        known |= _ask(unknown[start : start + _PART], sender)
        sender.progress.show("barcodes matched", len(known), len(barcodes))
    return {code: matches for code, matches in known.items() if matches}


def _ask(barcodes: Sequence[str], sender: Sender) -> dict[str, tuple[CatalogMatch, ...]]:
    found: dict[str, list[CatalogMatch]] = {code: [] for code in barcodes}
    for match in sender.amazon.catalog_items.match(sender.marketplace_id, barcodes):
        found[match.barcode].append(match)
    now = sender.clock.now()
    answers = [KnownMatches(code, tuple(matches), now) for code, matches in found.items()]
    with sender.units() as work:
        work.catalog_matches.save(sender.marketplace_id, answers)
        work.commit()
    return {one.barcode: one.matches for one in answers}
