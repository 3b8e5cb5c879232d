"""The columns of what makes a new page in Amazon's catalog: its barcode, title and images.

They are None for an offer on a page that exists: nothing of this is sent for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from affluent.domain.listing import Requirements
from affluent.domain.plan import Change
from affluent.quality.barcodes import as_gtin
from affluent.quality.row import Row
from affluent.quality.titles import title_flaws

_TITLE: Final = "item_name"
_IMAGE: Final = "product_image_locator"
#: Amazon also takes http, which anybody on the way can answer.
_SECURE: Final = ("https://", "s3://")

_NOTHING: Final[Row] = dict.fromkeys(("new_gtin", "title", "title_flaws", "insecure_image"))


def new_page_columns(change: Change, usable_barcode: str | None) -> Row:
    """The columns of a PUT_LISTING change, whose barcode may serve as its identifier."""
    if change.after["requirements"] != Requirements.LISTING:
        return _NOTHING
    attributes = change.payload["attributes"]
    title = next(_texts(attributes.get(_TITLE)), None)
    return {
        "new_gtin": as_gtin(usable_barcode) if usable_barcode else None,
        "title": title,
        "title_flaws": (title_flaws(title, change.after["brand"]) or None) if title else None,
        "insecure_image": next(_insecure_images(attributes), None),
    }


def _insecure_images(attributes: Mapping[str, Any]) -> Iterator[str]:
    for name, value in attributes.items():
        if _IMAGE in name:
            addresses = _texts(value, "media_location")
            yield from (one for one in addresses if not one.lower().startswith(_SECURE))


def _texts(value: object, field: str = "value") -> Iterator[str]:
    """The texts in one field of an attribute, whatever form a rule has given the attribute."""
    for entry in value if isinstance(value, list) else ():
        text = entry.get(field) if isinstance(entry, Mapping) else None
        if isinstance(text, str):
            yield text
