"""Which listings should end, against how they stand: a pure plan of patches and deletions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from affluent.domain import attributes as amazon
from affluent.domain.ending import Ending, LeftList, Way, WhenLeft
from affluent.domain.errors import ConfigurationError
from affluent.domain.issue import Finding, Reason
from affluent.domain.listing import (
    GENERIC_PRODUCT_TYPE,
    MERCHANT_CHANNEL,
    Listing,
    ListingStatus,
)
from affluent.domain.plan import Change, Operation, Plan
from affluent.domain.variation import Parentage


@dataclass(frozen=True)
class Asked:
    """What a person asks to end: single SKUs of Amazon's, or all that a list has listed. Where
    neither is named, what has left its list ends by the list's own rule."""

    skus: AbstractSet[str] = frozenset()
    selling_list: str = ""
    way: Way = Way.END

    @property
    def names_nothing(self) -> bool:
        """Whether only the rules decide."""
        return not (self.skus or self.selling_list)

    def check(self, known: Collection[str], lists: Collection[str]) -> None:
        """Raises ConfigurationError where a SKU, or the list, has no listing."""
        if unknown := sorted(self.skus - set(known)):
            raise ConfigurationError(
                f"No listing is known of the SKU {', '.join(unknown)} there.",
                why="Only what was listed or linked by Affluent can be ended by it.",
                fix="Check its spelling; `affluent inventory` shows what is on Amazon.",
            )
        if self.selling_list and self.selling_list not in lists:
            raise ConfigurationError(
                f"The selling list {self.selling_list} has no listing there.",
                fix="`affluent lists` shows the lists and where they sell.",
            )


@dataclass(frozen=True)
class EndingsKnown:
    """Everything that a plan of endings follows from.

    `listings` and `endings` are keyed by Amazon's SKU, `left` by list and the store's SKU.
    `elsewhere` names the SKUs that the account sells on another marketplace, too.
    """

    listings: Mapping[str, Listing]
    endings: Mapping[str, Ending] = field(default_factory=dict)
    left: Mapping[tuple[str, str], LeftList] = field(default_factory=dict)
    elsewhere: AbstractSet[str] = frozenset()


def plan_endings(asked: Asked, known: EndingsKnown) -> Plan:
    """One write for each listing that should end and has not, by SKU; what was decided before and
    did not take effect is planned again."""
    changes: list[Change] = []
    findings: list[Finding] = []
    standing = parents = 0
    for sku in sorted(known.listings):
        listing = known.listings[sku]
        decided = _decision(listing, asked, known)
        if decided is None:
            continue
        if listing.kinship.parentage is Parentage.PARENT and decided[0] is not Way.DELETE:
            parents += 1
            continue
        if not _is_open(listing, decided, known):
            standing += 1
            continue
        changes.append(_change(listing, *decided))
        findings += _findings(listing, decided[0], asked, known)
    notes = (*_notes_on_parents(parents), *_notes(asked, known))
    return Plan(tuple(changes), standing, notes, tuple(findings))


def decision_of(change: Change) -> Ending:
    """What a planned change decides, to be kept."""
    way = Way(change.after["way"])
    return Ending(change.account, change.marketplace_id, change.key, way, change.why)


def is_named(change: Change) -> bool:
    """Whether a person named this one SKU."""
    return bool(change.after["named"])


def returned(known: EndingsKnown, in_lists: AbstractSet[str]) -> list[Ending]:
    """The decisions that hold no longer: no units were offered until the product stands in a list
    again, and it does. `in_lists` are the store's SKUs that do."""
    return [
        one
        for sku, one in sorted(known.endings.items())
        if one.way is Way.ZERO
        and sku in known.listings
        and known.listings[sku].status is ListingStatus.ENDED
        and known.listings[sku].store_sku in in_lists
    ]


def _decision(listing: Listing, asked: Asked, known: EndingsKnown) -> tuple[Way, str, bool] | None:
    """How the listing should end, why, and whether it was named itself."""
    if listing.sku in asked.skus:
        return asked.way, "named by its SKU", True
    if asked.selling_list and listing.selling_list == asked.selling_list:
        return asked.way, f"the whole list {asked.selling_list}", False
    if not asked.names_nothing:
        return None
    before = known.endings.get(listing.sku)
    if before is not None and listing.status.is_taken and not before.relisting:
        return before.way, before.why, True
    left = known.left.get((listing.selling_list, listing.store_sku))
    if left is None or left.policy.way is None or not listing.status.is_taken:
        return None
    why = f"left the list {left.selling_list}: {left.why} (when_left: {left.policy})"
    return left.policy.way, why, False


def _is_open(listing: Listing, decided: tuple[Way, str, bool], known: EndingsKnown) -> bool:
    """Whether there is something to write: a listing that offers no units may still be deleted."""
    if listing.status.is_taken:
        return True
    before = known.endings.get(listing.sku)
    is_there = before is not None and before.way is not Way.DELETE
    return decided[0] is Way.DELETE and listing.status is ListingStatus.ENDED and is_there


def _change(listing: Listing, way: Way, why: str, named: bool) -> Change:
    facts = {"status": ListingStatus.ENDED.value, "way": way.value, "named": named}
    offered = {"quantity": 0, "channel": MERCHANT_CHANNEL}
    return Change(
        operation=Operation.DELETE_LISTING if way is Way.DELETE else Operation.PATCH_OFFER,
        account=listing.account,
        marketplace_id=listing.marketplace_id,
        key=listing.sku,
        before={"status": listing.status.value, "quantity": listing.quantity},
        after=facts if way is Way.DELETE else facts | offered,
        payload={} if way is Way.DELETE else _no_units(listing),
        why=why,
    )


def _no_units(listing: Listing) -> dict[str, object]:
    """A merge, so that handling time and Amazon's own channel stay as they are."""
    patch = {
        "op": "merge",
        "path": f"/attributes/{amazon.AVAILABILITY}",
        "value": amazon.fulfillment_availability(0, None),
    }
    return {"productType": listing.product_type or GENERIC_PRODUCT_TYPE, "patches": [patch]}


def _findings(listing: Listing, way: Way, asked: Asked, known: EndingsKnown) -> Iterator[Finding]:
    """What must not end in this way, in the words that its log shows."""
    if way is Way.DELETE:
        if not listing.fingerprint and listing.sku not in asked.skus:
            yield Finding(
                listing.sku,
                Reason.NOT_OURS,
                "The listing was on Amazon before it was linked: it is deleted only where its SKU"
                " is named.",
                "sku",
                listing.sku,
            )
    elif listing.fulfilled_by_amazon:
        yield Finding(
            listing.sku,
            Reason.KEPT_BY_AMAZON,
            f"Amazon ships this SKU ({listing.channel}): no quantity of ours ends its offer.",
            "channel",
            listing.channel,
        )
    elif listing.sku in known.elsewhere:
        yield Finding(
            listing.sku,
            Reason.SHARED_STOCK,
            "The account sells this SKU on another marketplace, too, and its stock is one number:"
            " a quantity of 0 would end it there as well.",
            "quantity",
            "0",
        )


def _notes_on_parents(count: int) -> Iterator[str]:
    if count:
        yield f"Parents of variations offer no units and stay until they are deleted: {count} here."


def _notes(asked: Asked, known: EndingsKnown) -> Iterator[str]:
    """What has left its list and stays as it is."""
    if not asked.names_nothing:
        return
    kept = Counter(one.selling_list for one in known.left.values() if one.policy is WhenLeft.KEEP)
    for name, count in sorted(kept.items()):
        yield (
            f"{count} products left the list {name} and stay on Amazon as they are"
            " (when_left: keep)."
        )
