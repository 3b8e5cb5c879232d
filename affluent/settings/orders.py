"""The section that says how Amazon's orders arrive in the store."""

from __future__ import annotations

import re
from typing import Final, Self

from pydantic import Field, model_validator

from affluent.domain.buyer_email import EmailWay
from affluent.domain.order_policy import OnShortage, Unfilled
from affluent.settings.problems import flaw
from affluent.settings.section import Section

_DOMAIN: Final = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_ADDRESS: Final = re.compile(rf"[^@\s]+@{_DOMAIN.pattern}")
_FORMS: Final = {
    EmailWay.ORDER: (_DOMAIN, "Write a domain of yours: orders.example.com."),
    EmailWay.FIXED: (_ADDRESS, "Write an address of yours: amazon@example.com."),
    EmailWay.TAGGED: (_ADDRESS, "Write an address of yours: amazon@example.com."),
}


class BuyerEmailSettings(Section):
    """Which e-mail address an order bears."""

    way: EmailWay = Field(
        EmailWay.AMAZON,
        description="amazon: as given; order: ORDER-ID@address; fixed: address; "
        "tagged: name+ORDER-ID@domain of the address; none.",
    )
    address: str = Field("", description="Your own address, or for `order` your domain.")

    @model_validator(mode="after")
    def _has_the_address_that_its_way_needs(self) -> Self:
        if self.way not in _FORMS:
            if self.address:
                raise flaw("is not used.", f"Remove it, or change way {self.way}.", ("address",))
            return self
        form, fix = _FORMS[self.way]
        if not form.fullmatch(self.address):
            raise flaw(f"is not what way {self.way} needs.", fix, ("address",))
        return self


class OrderSettings(Section):
    """How Amazon orders arrive in the store."""

    status_id: int = Field(11, description="BigCommerce's status; 11 is Awaiting Fulfillment.")
    payment_method: str = Field("Amazon", description="What the store's order shows as paid by.")
    hold_unmatched: bool = Field(
        False, description="Hold orders with an unknown SKU instead of writing a custom line."
    )
    shortage: OnShortage = Field(
        OnShortage.HOLD,
        description="Of lines that the stock or a purchase limit forbids: hold the order until the "
        "store takes it, write a custom_line, which takes no stock, or raise_stock by what lacks.",
    )
    unanswered: Unfilled = Field(
        Unfilled.HOLD,
        description="Of lines with a required option that nothing answers: hold or custom_line.",
    )
    option_answers: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="SKU to answers for its modifiers, by their display names.",
    )
    email: BuyerEmailSettings = Field(
        BuyerEmailSettings(), description="Which e-mail address the store's order bears."
    )
    reserve_pending_days: int = Field(
        30,
        ge=0,
        le=90,
        description="How many days after its purchase an unpaid order lowers what is offered; "
        "0 is never.",
    )
    first_days: int = Field(14, ge=1, le=30, description="How far back the first import looks.")
