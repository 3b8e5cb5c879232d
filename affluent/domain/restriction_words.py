"""What a restriction is called before sending: as Amazon would word it after."""

from __future__ import annotations

import re
from typing import Final

from affluent.domain.amazon_catalog import Restriction, RestrictionReason
from affluent.domain.issue import Issue, Severity

_RESTRICTED_BRAND: Final = "The seller is not allowed to list products under the restricted brand"
_NOT_AUTHORIZED: Final = (
    "Seller is not authorized to list products in this product line or category."
)
_WITHOUT_WORDS: Final = "Amazon restricts this product for this seller."
#: Amazon tells a brand from a category by nothing but its sentence ("… to list this brand.").
_OF_BRAND: Final = re.compile(r"\bbrands?\b", re.IGNORECASE)


def restriction_message(restriction: Restriction) -> str:
    """The words of the refusal, Amazon's sentence where it says more, and where to apply."""
    refusal = Issue("", _refusal(restriction), Severity.ERROR).text()
    said = restriction.message
    sentence = f" Amazon says: {said}" if said and said not in refusal else ""
    way = f" Apply at {restriction.links[0]}" if restriction.links else ""
    return f"{refusal}{sentence}{way}"


def _refusal(restriction: Restriction) -> str:
    if restriction.reason is not RestrictionReason.APPROVAL_REQUIRED:
        return restriction.message or _WITHOUT_WORDS
    return _RESTRICTED_BRAND if _OF_BRAND.search(restriction.message) else _NOT_AUTHORIZED
