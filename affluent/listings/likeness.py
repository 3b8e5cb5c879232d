"""Whether the page that a barcode leads to shows the product: by its brand and by its title.

A mistyped barcode, or one that was reused, offers a product on somebody else's page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, utils

from affluent.domain.before_sending import MatchCheck
from affluent.domain.issue import Finding, Reason, Weight
from affluent.domain.listing import CatalogMatch
from affluent.domain.product import Variant

#: Amazon writes brands and titles in its own way, and titles in the marketplace's language.
_SAME_BRAND: Final = 80.0
_SAME_TITLE: Final = 40.0
_SHOWN: Final = 10
_WEIGHTS: Final = {MatchCheck.WARN: Weight.WARN, MatchCheck.HOLD: Weight.HOLD}


def likeness_findings(
    variant: Variant, match: CatalogMatch, check: MatchCheck
) -> tuple[Finding, ...]:
    """One finding where the page shows another product; what either side leaves out is no sign."""
    differences = [
        f"{name} '{theirs}', and the store '{ours}'"
        for name, theirs, ours, is_same in (
            ("the brand", match.brand, variant.brand, _is_same_brand(match.brand, variant.brand)),
            ("the title", match.item_name, variant.name, _is_same_title(match, variant)),
        )
        if not is_same
    ]
    if not differences:
        return ()
    return (
        Finding(
            key=variant.sku,
            reason=Reason.MATCH_DIFFERS,
            message=f"The page {match.asin} may be of another product: Amazon has "
            f"{'; and '.join(differences)}.",
            field="asin",
            value=match.asin,
            weight=_WEIGHTS[check],
        ),
    )


def likeness_notes(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Those of the warnings that are about pages in one sentence, for the report."""
    warned = sorted(
        one.key
        for one in findings
        if one.reason is Reason.MATCH_DIFFERS and one.weight is Weight.WARN
    )
    if not warned:
        return ()
    shown = ", ".join(warned[:_SHOWN]) + (", …" if len(warned) > _SHOWN else "")
    return (f"{len(warned)} SKUs lead to pages that may be of other products: {shown}.",)


def _is_same_brand(theirs: str, ours: str) -> bool:
    first, second = (utils.default_process(one).replace(" ", "") for one in (theirs, ours))
    if not first or not second or first in second or second in first:
        return True
    return fuzz.ratio(first, second) >= _SAME_BRAND


def _is_same_title(match: CatalogMatch, variant: Variant) -> bool:
    theirs, ours = (utils.default_process(one) for one in (match.item_name, variant.name))
    return not theirs or not ours or fuzz.token_set_ratio(theirs, ours) >= _SAME_TITLE
