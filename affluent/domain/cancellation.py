"""Cancellations and refunds, on either side, and what the merchant wants to be done about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

#: What the ledger's key of a whole order's cancellation ends in, behind the order's id.
WHOLE: Final = "cancelled"


class CancelReason(StrEnum):
    """Why a seller cancels, in the words of Amazon's OrderAcknowledgement.xsd."""

    NO_INVENTORY = "NoInventory"
    SHIPPING_ADDRESS_UNDELIVERABLE = "ShippingAddressUndeliverable"
    CUSTOMER_EXCHANGE = "CustomerExchange"
    BUYER_CANCELED = "BuyerCanceled"
    GENERAL_ADJUSTMENT = "GeneralAdjustment"
    CARRIER_CREDIT_DECISION = "CarrierCreditDecision"
    RISK_ASSESSMENT = "RiskAssessmentInformationNotValid"
    CARRIER_COVERAGE_FAILURE = "CarrierCoverageFailure"
    CUSTOMER_RETURN = "CustomerReturn"
    MERCHANDISE_NOT_RECEIVED = "MerchandiseNotReceived"
    CANNOT_VERIFY_INFORMATION = "CannotVerifyInformation"
    PRICING_ERROR = "PricingError"
    REJECT_ORDER = "RejectOrder"
    WEATHER_DELAY = "WeatherDelay"


class InStore(StrEnum):
    """What becomes of the store's order: CANCEL cancels it; FLAG has it verified by hand, with a
    staff note; NOTE leaves the note alone; RECORD tells of it in the timeline only."""

    CANCEL = "cancel"
    FLAG = "flag"
    NOTE = "note"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class CancellationPolicy:
    """The settings of the cancellations.

    `orders`, `lines` and `requests` are about what is cancelled on Amazon, or asked to be. Amazon
    is told of orders that were cancelled in the store only where `to_amazon` says so, and then for
    `reason`; a buyer who asked for it is named as the reason in any case. Refunds of the store are
    noted on its order where `notes_refunds`.
    """

    orders: InStore = InStore.CANCEL
    lines: InStore = InStore.FLAG
    requests: InStore = InStore.FLAG
    notes_refunds: bool = False
    to_amazon: bool = False
    reason: CancelReason = CancelReason.NO_INVENTORY


@dataclass(frozen=True, slots=True)
class StoreRefund:
    """A refund that was made in the store; `order_id` is the store's. Its amount is in the order's
    currency, which BigCommerce does not repeat."""

    refund_id: int
    order_id: int
    amount: Decimal
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """One message of an order acknowledgement feed that cancels a whole order."""

    message_id: int
    order_id: str
    reason: CancelReason
    order_item_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AcknowledgementReport:
    """What became of the messages of an acknowledgement feed: Amazon's words on those it refused,
    by message id. Under 0 stands what it says of the whole."""

    refused: Mapping[int, str] = field(default_factory=dict)
