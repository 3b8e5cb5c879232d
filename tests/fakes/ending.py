"""How a merchant of the tests ends listings, and takes that back."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from decimal import Decimal

from affluent.domain.ending import EndingPolicy, LeftList, Way
from affluent.domain.plan import Gated
from affluent.endings.apply import apply_endings
from affluent.endings.extract import gather_endings
from affluent.endings.gate import gate_endings
from affluent.endings.plan import Asked, plan_endings, returned
from affluent.endings.relisting import Relisted, relist
from affluent.endings.verify import verify_endings
from affluent.submissions.context import Sender
from affluent.submissions.sending import clear_what_was_left


class Ends:
    """A world's verbs of ending. `in_lists` are the store's SKUs that stand in a list."""

    in_lists: frozenset[str]

    @abstractmethod
    def sender(self) -> Sender:
        """The way out of a new run."""

    def end(
        self, *skus: str, way: Way = Way.END, selling_list: str = "", left: Sequence[LeftList] = ()
    ) -> Gated:
        """end_listings; answers what the gate made of the plan."""
        sender = self.sender()
        clear_what_was_left(sender)
        asked = Asked(frozenset(skus), selling_list, way)
        known = gather_endings(left, asked, sender)
        gated = gate_endings(plan_endings(asked, known), known, EndingPolicy(Decimal("0.1")))
        if not gated.is_stopped:
            verify_endings(apply_endings(gated, returned(known, self.in_lists), sender), sender)
        return gated

    def relist(self, *skus: str) -> list[Relisted]:
        """affluent relist."""
        sender = self.sender()
        with sender.units() as work:
            place = (sender.account, sender.marketplace_id)
            found = relist(skus, *place, work, sender.run, sender.clock.now())
            work.commit()
        return found
