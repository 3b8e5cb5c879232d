"""Whether the store has the channel, the locations and the price lists that the settings name.

Each is asked for only where one is named, so that nobody needs a scope for what he does not use.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from affluent.domain.errors import NotFound
from affluent.ports.bigcommerce import NamedParts
from connectors.bigcommerce.api import StoreApi
from connectors.bigcommerce.fields import child, text, whole

#: The storefront that every store begins with.
_FIRST_CHANNEL: Final = 1
_OPEN: Final = {"active", "prelaunch", "connected"}


def missing_channel(api: StoreApi, parts: NamedParts) -> Iterator[str]:
    """The channel, where orders cannot be written to it."""
    if parts.channel_id == _FIRST_CHANNEL:
        return
    name = f"channel {parts.channel_id}"
    try:
        answer = api.get("getChannel", f"/v3/channels/{parts.channel_id}")
    except NotFound:
        yield name
        return
    status = answer.read(lambda body: text(child(body, "data"), "status"))
    if status not in _OPEN:
        yield f"{name} in use (it is {status})"


def missing_locations(api: StoreApi, parts: NamedParts) -> Iterator[str]:
    """The locations that do not exist."""
    if not parts.location_ids:
        return
    query = {"location_id:in": ",".join(map(str, parts.location_ids))}
    pages = api.v3_pages("getLocations", "/v3/inventory/locations", query)
    known = {whole(record, "id") for page in pages for record in page}
    yield from (f"location {one}" for one in parts.location_ids if one not in known)


def missing_price_lists(api: StoreApi, parts: NamedParts) -> Iterator[str]:
    """The price lists that do not exist."""
    if not parts.price_list_ids:
        return
    query = {"id:in": ",".join(map(str, parts.price_list_ids))}
    pages = api.v3_pages_by_cursor("getPriceLists", "/v3/pricelists", query)
    known = {whole(record, "id") for page in pages for record in page}
    yield from (f"price list {one}" for one in parts.price_list_ids if one not in known)
