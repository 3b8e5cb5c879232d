"""Amazon's listings: replaced, merged, shown late, ignored or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from affluent.domain.issue import Issue, Severity
from affluent.domain.listing import AmazonListing, Submission, SubmissionStatus
from affluent.domain.money import Money
from affluent.domain.plan import Change, Operation
from tests.fakes.clock import FakeClock
from tests.fakes.wire import Wire

_OPERATIONS = {
    "put": Operation.PUT_LISTING,
    "patch": Operation.PATCH_OFFER,
    "delete": Operation.DELETE_LISTING,
}

Attributes = dict[str, list[dict[str, Any]]]


class FakeListings:
    """Listings by SKU.

    `lag_seconds` pass before a write shows. A SKU in `ignored` is accepted without any effect,
    and so is what a patch says of a path in `ignored_paths`; one in `unrelated` is shown without
    its parent, and one in `invalid` is refused at once. `opinions` are what a preview finds, by
    SKU; `judge` answers the issues that Amazon finds in a listing's attributes after it took them.
    `failures` holds, by SKU, what is raised in place of the next answers, after Amazon took the
    write if the SKU is in `taken_all_the_same`.
    """

    def __init__(self, clock: FakeClock, wire: Wire) -> None:
        self.attributes: dict[str, Attributes] = {}
        self.sent: list[Change] = []
        self.previewed: list[str] = []
        self.opinions: dict[str, tuple[Issue, ...]] = {}
        self.lag_seconds = 0.0
        self.ignored: set[str] = set()
        self.ignored_paths: set[str] = set()
        self.unrelated: set[str] = set()
        self.invalid: dict[str, Issue] = {}
        self.judge: Callable[[Attributes], tuple[Issue, ...]] = lambda _attributes: ()
        self.failures: dict[str, list[Exception]] = {}
        self.taken_all_the_same: set[str] = set()
        self._clock = clock
        self._wire = wire
        self._shown: dict[str, AmazonListing] = {}
        self._coming: list[tuple[datetime, AmazonListing | str]] = []

    def put(self, change: Change) -> Submission:
        return self._submit("put", change)

    def patch(self, change: Change) -> Submission:
        return self._submit("patch", change)

    def delete(self, change: Change) -> Submission:
        return self._submit("delete", change)

    def preview(self, change: Change) -> Submission:
        self.previewed.append(change.key)
        issues = self.opinions.get(change.key, ())
        is_refused = any(issue.severity is Severity.ERROR for issue in issues)
        status = SubmissionStatus.INVALID if is_refused else SubmissionStatus.VALID
        return Submission(change.key, status, "", f"preview-{len(self.previewed)}", issues)

    def find(self, marketplace_id: str, skus: Sequence[str]) -> Iterator[AmazonListing]:
        with self._wire.request("find"):
            shown = self.show()
            yield from [shown[sku] for sku in skus if sku in shown]

    def show(self) -> Mapping[str, AmazonListing]:
        """What Amazon shows by now."""
        now = self._clock.now()
        for one in [one for due, one in self._coming if due <= now]:
            if isinstance(one, str):
                self._shown.pop(one, None)
            else:
                self._shown[one.sku] = one
        self._coming = [(due, one) for due, one in self._coming if due > now]
        return self._shown

    def place(self, listing: AmazonListing) -> None:
        """Put a listing there as the merchant did by hand."""
        self._shown[listing.sku] = listing
        self.attributes[listing.sku] = {
            "fulfillment_availability": [
                {"fulfillment_channel_code": listing.channel, "quantity": listing.quantity}
            ]
        }

    def take(self, sku: str, marketplace_id: str, payload: Mapping[str, Any]) -> None:
        """Let a put or patch come into effect, after the lag."""
        if sku in self.ignored or ("patches" in payload and sku not in self.attributes):
            return
        if "patches" in payload:
            for patch in payload["patches"]:
                if patch["path"] not in self.ignored_paths:
                    self._patch(self.attributes[sku], patch)
        else:
            self.attributes[sku] = deepcopy(dict(payload["attributes"]))
        due = self._clock.now() + timedelta(seconds=self.lag_seconds)
        before = self._shown.get(sku)
        listing = replace(
            self._as_shown(sku, marketplace_id, payload["productType"]), changed_at=due
        )
        self._coming.append((due, self._with_what_stays(listing, before)))

    def remove(self, sku: str) -> None:
        """Let a deletion come into effect, after the lag."""
        if sku in self.ignored:
            return
        self.attributes.pop(sku, None)
        due = self._clock.now() + timedelta(seconds=self.lag_seconds)
        self._coming.append((due, sku))

    def _submit(self, operation: str, change: Change) -> Submission:
        assert change.operation is _OPERATIONS[operation]
        with self._wire.request(f"{operation} {change.key}"):
            self.sent.append(change)
            failures = self.failures.get(change.key, [])
            if not failures or change.key in self.taken_all_the_same:
                self._take_if_valid(change)
            if failures:
                raise failures.pop(0)
        issue = self.invalid.get(change.key)
        return Submission(
            sku=change.key,
            status=SubmissionStatus.INVALID if issue else SubmissionStatus.ACCEPTED,
            submission_id=f"submission-{len(self.sent)}",
            request_id=f"request-{len(self.sent)}",
            issues=(issue,) if issue else (),
        )

    def _take_if_valid(self, change: Change) -> None:
        if change.key in self.invalid:
            return
        if change.operation is Operation.DELETE_LISTING:
            self.remove(change.key)
        else:
            self.take(change.key, change.marketplace_id, change.payload)

    def _patch(self, attributes: Attributes, patch: Mapping[str, Any]) -> None:
        name = patch["path"].removeprefix("/attributes/")
        if patch["op"] == "replace":
            attributes[name] = deepcopy(list(patch["value"]))
            return
        selector = {"fulfillment_availability": "fulfillment_channel_code"}.get(name, "audience")
        for value in patch["value"]:
            entries = attributes.setdefault(name, [])
            same = [one for one in entries if one.get(selector) == value[selector]]
            if same:
                same[0].update(value)
            else:
                entries.append(dict(value))

    def _as_shown(self, sku: str, marketplace_id: str, product_type: str) -> AmazonListing:
        attributes = self.attributes[sku]
        stock = attributes.get("fulfillment_availability", [])
        channels = sorted(one.get("fulfillment_channel_code", "DEFAULT") for one in stock)
        own = [one for one in stock if one.get("fulfillment_channel_code") == "DEFAULT"]
        offers = attributes.get("purchasable_offer", [])
        offer = next((one for one in offers if one.get("audience", "ALL") == "ALL"), {})
        [asin] = attributes.get("merchant_suggested_asin") or [{"value": f"B0-{sku}"}]
        return AmazonListing(
            sku=sku,
            marketplace_id=marketplace_id,
            asin=asin["value"],
            product_type="SUITCASE" if product_type == "PRODUCT" else product_type,
            title=sku,
            statuses=frozenset({"BUYABLE", "DISCOVERABLE"}),
            channel=channels[0] if channels else "DEFAULT",
            price=_price(offer) if offer else None,
            quantity=own[0].get("quantity") if own else None,
            issues=self.judge(attributes),
            parent_skus=tuple(
                one["parent_sku"]
                for one in attributes.get("child_parent_sku_relationship", [])
                if "parent_sku" in one and sku not in self.unrelated
            ),
        )

    def _with_what_stays(
        self, listing: AmazonListing, before: AmazonListing | None
    ) -> AmazonListing:
        """A patch on a listing that was placed by hand leaves what the patch does not name."""
        if before is None or listing.price is not None:
            return listing
        return replace(listing, price=before.price)


def _price(offer: Mapping[str, Any]) -> Money:
    [schedule] = offer["our_price"][0]["schedule"]
    return Money(Decimal(str(schedule["value_with_tax"])), offer["currency"])
