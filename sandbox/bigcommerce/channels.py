"""Sales channels and the listings on them."""

from __future__ import annotations

import re
from typing import Any

from sandbox.bigcommerce.moments import iso
from sandbox.bigcommerce.numbering import Numbering
from sandbox.bigcommerce.refusals import V3Refusal, unprocessable
from sandbox.clock import SandboxClock

Json = dict[str, Any]

STOREFRONT_ID = 1
STATUSES = {
    "storefront": {"prelaunch", "active", "inactive", "archived", "deleted", "terminated"},
    "marketplace": {"connected", "disconnected", "archived", "deleted"},
    "marketing": {"connected", "disconnected", "archived", "deleted"},
    "pos": {"active", "inactive", "connected", "disconnected", "archived", "deleted"},
}
PLATFORMS = {
    "storefront": {
        "acquia",
        "bigcommerce",
        "bloomreach",
        "catalyst",
        "custom",
        "next",
        "wordpress",
    },
    "marketplace": {
        "amazon",
        "custom",
        "ebay",
        "facebook by meta",
        "google_shopping",
        "meta",
        "wish",
    },
    "marketing": {"custom", "facebook by meta", "google_shopping"},
    "pos": {"clover", "custom", "shopkeep", "square", "vend"},
}
OPEN_STATUSES = {"active", "prelaunch", "connected"}
_NAME = re.compile(r"[\w \-.&()]+")
_LISTING_FIELDS = ("state", "name", "description", "external_id")


class Channels:
    """The store's channels; channel 1 is its storefront."""

    def __init__(self, clock: SandboxClock, numbering: Numbering) -> None:
        self._clock = clock
        self._numbering = numbering
        self.channels: dict[int, Json] = {}
        self._listings: dict[int, dict[int, Json]] = {}
        numbering.taken("channel", STOREFRONT_ID - 1)
        self.add(
            {
                "name": "Sandbox Store",
                "type": "storefront",
                "platform": "bigcommerce",
                "status": "active",
            }
        )

    def add(self, given: Json) -> Json:
        """A new channel.

        Raises:
            V3Refusal: 422 for missing or unfitting fields, or a channel that is there already.
        """
        missing = [name for name in ("name", "type", "platform") if name not in given]
        if missing:
            raise unprocessable(dict.fromkeys(missing, "error.path.missing"))
        kind, platform = given["type"], given["platform"]
        if platform not in PLATFORMS.get(kind, set()):
            raise _refused(
                f"Input channel type [{kind}] with platform [{platform}] is not supported"
            )
        if not _NAME.fullmatch(str(given["name"])):
            raise _refused(
                "Only latin alphabet letters, arabic numerals, dash and underscore "
                "are allowed to be used as channel name."
            )
        for known in self.channels.values():
            if all(known[name] == given[name] for name in ("name", "type", "platform")):
                raise _refused(f"Channel already exists with name [{given['name']}]")
        return self._keep(given)

    def _keep(self, given: Json) -> Json:
        now = iso(self._clock.now())
        kind = given["type"]
        status = given.get("status", "active" if kind == "storefront" else "connected")
        if status not in STATUSES[kind]:
            raise _refused(f"Channel status [{status}] is not supported for type [{kind}]")
        channel = {
            "id": self._numbering.next("channel"),
            "external_id": "",
            "is_listable_from_ui": True,
            "is_visible": True,
            "icon_url": f"https://cdn.example.com/channels/{kind}.svg",
            "date_created": now,
            "date_modified": now,
            **given,
            "status": status,
            "is_enabled": status in OPEN_STATUSES,
        }
        self.channels[channel["id"]] = channel
        return channel

    def get(self, channel_id: int) -> Json:
        """The channel of that id.

        Raises:
            V3Refusal: 404.
        """
        if channel_id not in self.channels:
            raise V3Refusal(404, "Not found", {})
        return self.channels[channel_id]

    def change(self, channel: Json, given: Json) -> None:
        """Change a channel; its type and platform stay.

        Raises:
            V3Refusal: 422.
        """
        if any(given.get(name, channel[name]) != channel[name] for name in ("type", "platform")):
            raise _refused("Channel type and platform cannot be changed")
        status = given.get("status", channel["status"])
        if status not in STATUSES[channel["type"]]:
            raise _refused(f"Channel status [{status}] is not supported")
        channel.update({k: v for k, v in given.items() if k != "id"})
        channel["is_enabled"] = status in OPEN_STATUSES
        channel["date_modified"] = iso(self._clock.now())

    def takes_orders(self, channel_id: int) -> bool:
        """Whether the channel is there and connected."""
        channel = self.channels.get(channel_id)
        return channel is not None and channel["status"] in OPEN_STATUSES

    def listings(self, channel_id: int) -> list[Json]:
        """The channel's listings by id."""
        return list(self._listings.get(channel_id, {}).values())

    def listing(self, channel_id: int, listing_id: int) -> Json:
        """One listing.

        Raises:
            V3Refusal: 404.
        """
        found = self._listings.get(channel_id, {}).get(listing_id)
        if found is None:
            raise V3Refusal(404, f"Listing [{listing_id}] not found", {})
        return found

    def add_listings(self, channel_id: int, given: list[Json]) -> list[Json]:
        """New listings of a channel; a product listed there already is replaced."""
        self._refuse_unfit(channel_id, given, ("product_id", "state", "variants"))
        known = self._listings.setdefault(channel_id, {})
        added = []
        for each in given:
            same = (
                k for k, listing in known.items() if listing["product_id"] == each["product_id"]
            )
            listing_id = next(same, None) or self._numbering.next("listing")
            known[listing_id] = self._listing(channel_id, listing_id, each)
            added.append(known[listing_id])
        return added

    def change_listings(self, channel_id: int, given: list[Json]) -> list[Json]:
        """Change listings; those of an unknown id are passed over without a word."""
        needed = ("listing_id", "product_id", "state", "variants")
        self._refuse_unfit(channel_id, given, needed)
        known = self._listings.get(channel_id, {})
        changed = []
        for each in given:
            listing = known.get(each["listing_id"])
            if listing is None:
                continue
            listing.update({name: each[name] for name in _LISTING_FIELDS if name in each})
            listing["date_modified"] = iso(self._clock.now())
            listing["variants"] = self._listed_variants(channel_id, each)
            changed.append(listing)
        return changed

    def _refuse_unfit(self, channel_id: int, given: list[Json], needed: tuple[str, ...]) -> None:
        if channel_id not in self.channels:
            raise _refused(f"Channel id ({channel_id}) is not valid for store!")
        missing = {
            f"{place}.{name}": "error.path.missing"
            for place, each in enumerate(given)
            for name in needed
            if name not in each
        }
        if missing:
            raise unprocessable(missing)

    def _listing(self, channel_id: int, listing_id: int, given: Json) -> Json:
        now = iso(self._clock.now())
        return {
            "channel_id": channel_id,
            "listing_id": listing_id,
            "product_id": given["product_id"],
            **{name: given[name] for name in _LISTING_FIELDS if name in given},
            "date_created": now,
            "date_modified": now,
            "variants": self._listed_variants(channel_id, given),
        }

    def _listed_variants(self, channel_id: int, given: Json) -> list[Json]:
        now = iso(self._clock.now())
        return [
            {
                "channel_id": channel_id,
                "product_id": given["product_id"],
                "variant_id": each["variant_id"],
                **{name: each[name] for name in _LISTING_FIELDS if name in each},
                "date_created": now,
                "date_modified": now,
            }
            for each in given["variants"]
        ]


def _refused(title: str) -> V3Refusal:
    return V3Refusal(422, title, {})
