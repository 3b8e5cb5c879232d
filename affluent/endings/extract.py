"""Reading what a plan of endings follows from: our own records alone."""

from __future__ import annotations

from collections.abc import Sequence

from affluent.domain.ending import LeftList
from affluent.endings.plan import Asked, EndingsKnown
from affluent.submissions.context import Sender
from affluent.submissions.endings import endings_of


def gather_endings(left: Sequence[LeftList], asked: Asked, sender: Sender) -> EndingsKnown:
    """The listings of the account and marketplace, what was decided of them before, and which of
    what may end now the account sells elsewhere, too. Raises ConfigurationError where a SKU or
    list was asked for that has no listing there."""
    with sender.units() as work:
        listings = work.listings.of(sender.account, sender.marketplace_id)
        asked.check({one.sku for one in listings}, {one.selling_list for one in listings})
        taken = [one.sku for one in listings if one.status.is_taken]
        siblings = work.offers.elsewhere(sender.account, sender.marketplace_id, taken)
        endings = endings_of(sender.account, sender.marketplace_id, work)
    return EndingsKnown(
        listings={one.sku: one for one in listings},
        endings=endings,
        left={(one.selling_list, one.store_sku): one for one in left},
        elsewhere=frozenset(siblings),
    )
