"""Which e-mail address an order bears in the store.

Amazon's own is anonymised and forwards to the buyer: a store that writes to its customers may want
another one there, or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EmailWay(StrEnum):
    """Five ways to write the address."""

    AMAZON = "amazon"
    ORDER = "order"
    FIXED = "fixed"
    TAGGED = "tagged"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class BuyerEmail:
    """The merchant's choice. `address` is his own, or a domain alone where the way is `order`."""

    way: EmailWay = EmailWay.AMAZON
    address: str = ""

    def written(self, order_id: str, given: str) -> str:
        """The address of one order; `given` is Amazon's."""
        match self.way:
            case EmailWay.AMAZON:
                return given
            case EmailWay.ORDER:
                return f"{order_id}@{self.address}"
            case EmailWay.FIXED:
                return self.address
            case EmailWay.TAGGED:
                name, _, domain = self.address.rpartition("@")
                return f"{name}+{order_id}@{domain}"
            case EmailWay.NONE:
                return ""
