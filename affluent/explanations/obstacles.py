"""Why a listing is not in sync: the check-list, in order, each with what to do next.

From our own store and settings; whether the account is expired is known only where it was asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from affluent.domain.account import Account
from affluent.domain.difference import KnownDifference
from affluent.domain.effect import Effect, EffectState
from affluent.domain.error_book import explain
from affluent.domain.forecast import feed_seconds
from affluent.domain.listing import Listing, ListingStatus, SellingList
from affluent.domain.marketplace import find_marketplace, seller_central
from affluent.domain.offer import OfferProfile, QuantityMode
from affluent.domain.product import Variant
from affluent.domain.variation import Parentage
from affluent.submissions.readback import RECEIPT
from affluent.submissions.sending import STOPPED

_MODES: Final = {
    QuantityMode.CUSTOM: "offers the same quantity always",
    QuantityMode.SINGLE: "offers one piece, once, and leaves the quantity alone afterwards",
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason why Amazon does not show what the store has, and what to do next."""

    check: str
    what: str
    next_step: str
    link: str = ""


@dataclass(frozen=True)
class SyncRules:
    """The merchant's rules of one account. `is_expired` is None where nobody has asked."""

    account: Account
    lists: Mapping[str, SellingList] = field(default_factory=dict)
    profiles: Mapping[str, OfferProfile] = field(default_factory=dict)
    is_expired: bool | None = None

    def profile_of(self, listing: Listing) -> OfferProfile | None:
        """The profile of the listing's selling list."""
        chosen = self.lists.get(listing.selling_list)
        return self.profiles.get(chosen.offer_profile) if chosen else None


@dataclass(frozen=True)
class Standing:
    """What is known of one listing: the latest writes, open differences, and unfinished feeds."""

    listing: Listing
    variant: Variant | None
    writes: Sequence[Effect]
    differences: Sequence[KnownDifference]
    feeds: Mapping[int, Effect]

    @property
    def latest(self) -> Effect | None:
        """The newest write, in whatever state."""
        return max(self.writes, key=lambda one: one.effect_id, default=None)


def obstacles(standing: Standing, rules: SyncRules) -> Iterator[Obstacle]:
    """What stands between the store and what Amazon shows, in the order of the check-list."""
    yield from _account(rules)
    yield from _link(standing, rules)
    yield from _mode(standing.listing, rules)
    yield from _write(standing)
    yield from _differences(standing)
    yield from _visible(standing.listing)


def _account(rules: SyncRules) -> Iterator[Obstacle]:
    account = rules.account
    if rules.is_expired:
        yield Obstacle(
            "account",
            f"The authorisation of {account.name} is expired.",
            "Authorise the application again in Seller Central, and put the new token where the"
            " settings say.",
        )
    for name, is_on in (("quantity", account.sync.quantity), ("price", account.sync.price)):
        if not is_on:
            yield Obstacle(
                "switch",
                f"{name.capitalize()} sync is switched off for {account.name}.",
                f"Set `sync.{name}: true` in the account's settings.",
            )


def _link(standing: Standing, rules: SyncRules) -> Iterator[Obstacle]:
    listing = standing.listing
    if listing.selling_list not in rules.lists:
        yield Obstacle(
            "list",
            f"It stands in no selling list of {rules.account.name} for this marketplace.",
            "Add its product to a list, or run `affluent run link_inventory`.",
        )
    if listing.status is not ListingStatus.LINKED:
        yield Obstacle(
            "status",
            f"Its status is {listing.status}, and only linked items are synced; of one in error"
            " the stock is lowered all the same.",
            _NEXT[listing.status],
        )
    elif standing.variant is None and listing.kinship.parentage is not Parentage.PARENT:
        yield Obstacle(
            "link",
            f"The store has no variant with the SKU {listing.store_sku or listing.sku}.",
            "Give the variant this SKU, or add the pair to `sku_mapping`; then run extract_catalog"
            " and link_inventory, whose table of unlinked items names the nearest candidates.",
        )


_NEXT: Final = {
    ListingStatus.DRAFT: "Run `affluent run publish_listings`.",
    ListingStatus.HELD: "Mend what the reasons below say, and run publish_listings again.",
    ListingStatus.PENDING: "Wait: Amazon has taken it, and the next run reads it back.",
    ListingStatus.ERROR: "Mend what the reasons below say, and run publish_listings again.",
    ListingStatus.ENDED: "`affluent relist` offers it again if it was ended here; else"
    " publish_listings does, if it is still to be sold.",
}


def _mode(listing: Listing, rules: SyncRules) -> Iterator[Obstacle]:
    profile = rules.profile_of(listing)
    is_own = not listing.fulfilled_by_amazon or (
        profile is not None and profile.offers_own_units(listing)
    )
    if not is_own:
        yield Obstacle(
            "fulfilment",
            "Amazon fulfils it (FBA), so its quantity is Amazon's own.",
            "Send stock to Amazon to change it; or, to offer units of your own beside Amazon's,"
            " name the SKU in the profile's `sells_both_ways`.",
        )
    elif profile is not None and profile.quantity_mode in _MODES:
        yield Obstacle(
            "mode",
            f"The offer profile {profile.name} {_MODES[profile.quantity_mode]}"
            f" (quantity_mode: {profile.quantity_mode}).",
            "Choose quantity_mode product, at_most or buffer to follow the store.",
        )


def _write(standing: Standing) -> Iterator[Obstacle]:
    latest = standing.latest
    if latest is None:
        return
    words = " ".join(latest.messages)
    match latest.state:
        case EffectState.HELD:
            yield _held(latest, words)
        case EffectState.PLANNED:
            yield Obstacle(
                "queue",
                f"{_wanted(latest)} was planned at {told(latest.created_at)} and waits for"
                " Amazon's quota.",
                "Wait; `affluent plan` foretells how long a batch takes.",
            )
        case EffectState.SENT if latest.parent_id in standing.feeds:
            yield _in_feed(latest, standing.feeds)
        case EffectState.ACCEPTED:
            yield _accepted(latest, words)
        case EffectState.IGNORED:
            yield Obstacle(
                "ignored",
                words,
                "It is sent again; if it stays so, ask Amazon's seller"
                " support about the submission.",
            )
        case EffectState.REFUSED:
            entry = explain(words)
            yield Obstacle(
                "refused",
                f"Amazon refused {_wanted(latest)} at {told(latest.updated_at)}: {words}",
                entry.fix if entry else "Mend what Amazon says.",
            )


def _held(latest: Effect, words: str) -> Obstacle:
    if words.startswith(STOPPED):
        return Obstacle(
            "breaker",
            f"{words} (at {told(latest.created_at)})",
            "Look at the run's table of the plan; when it is right, run again with its"
            " approved_hash, or raise the profile's limit.",
        )
    entry = explain(words)
    return Obstacle(
        "held",
        f"{_wanted(latest)} has been held since {told(latest.created_at)}: {words}",
        entry.fix if entry else "Mend the value in the store, or the limit of the profile.",
    )


def _accepted(latest: Effect, words: str) -> Obstacle:
    if not words.startswith(RECEIPT):
        words = (
            f"{RECEIPT} {_wanted(latest)} at {told(latest.updated_at)} (submission"
            f" {latest.reference}) and does not show it yet."
        )
    fix = "Wait: the next run reads it back, and sends it again if it is still not shown."
    return Obstacle("accepted", words, fix)


def _in_feed(latest: Effect, feeds: Mapping[int, Effect]) -> Obstacle:
    feed = feeds[latest.parent_id or 0]
    place = sorted(feeds).index(feed.effect_id) + 1
    seconds = sum(
        feed_seconds(one.after["messages"])
        for one in feeds.values()
        if one.effect_id <= feed.effect_id
    )
    due = feed.created_at + timedelta(seconds=seconds)
    return Obstacle(
        "feed",
        f"{_wanted(latest)} rides in feed {feed.reference}, number {place} of {len(feeds)} that"
        f" Amazon has not ended, submitted at {told(feed.created_at)}, foretold for {told(due)}.",
        " ".join(feed.messages) or "Wait; a quantity of zero does not wait for an overdue feed.",
    )


def _differences(standing: Standing) -> Iterator[Obstacle]:
    for known in standing.differences:
        one = known.difference
        yield Obstacle(
            "difference",
            f"Amazon shows {one.field} {one.shown}, intended is {one.intended}; cause: {one.cause}."
            f" Since {told(known.first_seen)}.",
            "The next sync_offers plans it, unless something above keeps it from doing so.",
        )


def _visible(listing: Listing) -> Iterator[Obstacle]:
    has_stock = listing.fulfilled_by_amazon or bool(listing.quantity)
    market = find_marketplace(listing.marketplace_id)
    if listing.status is ListingStatus.LINKED and not listing.buyable and has_stock and market:
        yield Obstacle(
            "visible",
            "It is linked, but buyers do not see it: Amazon wants more data, or has deactivated the"
            " listing for a time.",
            'In Seller Central open Catalog > "Complete your drafts" and complete it there.',
            seller_central(market),
        )


def _wanted(effect: Effect) -> str:
    named = [name for name in ("price", "quantity") if effect.after.get(name) is not None]
    return " and ".join(f"{name} {effect.after[name]}" for name in named) or "The listing"


def told(moment: datetime | None) -> str:
    """A moment for a person, in UTC."""
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "never"
