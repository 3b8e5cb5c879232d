"""What a few runs would have left in the store: variants, listings, orders, effects."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from affluent.domain.account import FulfilledBy
from affluent.domain.effect import EffectState, Resolution, Run
from affluent.domain.issue import Issue, Severity
from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.money import Money
from affluent.domain.order import OrderState, OrderStatus, RecordedLine, RecordedOrder
from affluent.domain.plan import Change, Operation
from affluent.domain.product import Variant
from affluent.ports.storage import UnitsOfWork

US = "ATVPDKIKX0DER"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SHIPPED_ORDER = "123-0000444-0000444"
WAITING_ORDER = "123-0000555-0000555"

NO_ITEM_COUNT = "number_of_items: 'number_of_items' is required but not supplied.(90220)"
OUT_OF_STOCK = (
    f"Error during export order #{WAITING_ORDER} in BigCommerce. Quantities of one or more "
    "products are out of stock or did not meet quantity requirements."
)


def variant(sku: str, price: str, quantity: int | None) -> Variant:
    """A variant of the store."""
    return Variant(
        variant_id=sum(sku.encode()),
        product_id=1,
        sku=sku,
        name=f"Mug [bold]{sku}[/bold]",
        description="",
        brand="Acme",
        price=Money(Decimal(price), "USD"),
        quantity=quantity,
        barcode="4012345000016",
        mpn="",
        condition="New",
        is_visible=True,
        category_ids=(1,),
        modified_at=NOON,
    )


def record_listings(units: UnitsOfWork) -> None:
    """MUG is linked as AMZ-MUG with an old price; TRAY is in error."""
    linked = Listing(
        account="north-america",
        marketplace_id=US,
        sku="AMZ-MUG",
        status=ListingStatus.LINKED,
        selling_list="Mugs",
        store_sku="MUG",
        asin="B000000001",
        price=Money(Decimal("11.50"), "USD"),
        quantity=7,
        buyable=True,
    )
    wrong = Listing(
        account="north-america",
        marketplace_id=US,
        sku="TRAY",
        status=ListingStatus.ERROR,
        store_sku="TRAY",
        reasons=(NO_ITEM_COUNT, "Something new that Amazon says.(424242)"),
    )
    with units() as work:
        work.variants.save([variant("MUG", "12.00", 9), variant("TRAY", "20.00", None)], NOON)
        work.listings.save([linked, wrong], NOON)
        work.commit()


def record_writes(units: UnitsOfWork) -> None:
    """MUG was put under its own SKU first; AMZ-MUG was patched an hour later and refused."""
    put = _change(Operation.PUT_LISTING, "MUG", {"price": "12.00", "quantity": 9})
    patch = _change(Operation.PATCH_OFFER, "AMZ-MUG", {"price": "12.00", "currency": "USD"})
    issue = Issue("8541", "It contradicts the catalog.", Severity.ERROR, ("brand",))
    later = NOON + timedelta(hours=1)
    with units() as work:
        work.ledger.record([patch], Run("run-2", "sync_offers"), later, plan_hash="b")
        (effect,) = work.ledger.record([put], Run("run-1", "publish_listings"), NOON, plan_hash="a")
        refused = Resolution(effect.effect_id, EffectState.REFUSED, "sub-1", "req-1", (issue,))
        work.ledger.resolve([refused], NOON + timedelta(minutes=1))
        work.commit()


def record_orders(units: UnitsOfWork) -> None:
    """One order is imported and confirmed in two packages, one waits for stock."""
    shipped = _order(SHIPPED_ORDER, OrderState.SHIPPED, store_order_id=77)
    waiting = _order(WAITING_ORDER, OrderState.WAITING, reason=OUT_OF_STOCK)
    changes = [
        _change(Operation.CREATE_ORDER, SHIPPED_ORDER, {}),
        _change(Operation.CONFIRM_SHIPMENT, f"{SHIPPED_ORDER}/1", {"tracking_number": "1Z1"}),
        _change(Operation.CONFIRM_SHIPMENT, f"{SHIPPED_ORDER}/2", {"tracking_number": "1Z2"}),
        _change(Operation.CONFIRM_SHIPMENT, f"{SHIPPED_ORDER}9/3", {"tracking_number": "1Z3"}),
    ]
    with units() as work:
        work.orders.save([shipped, waiting], NOON)
        for hours, change in enumerate(changes):
            at = NOON + timedelta(hours=hours)
            work.ledger.record([change], Run("run-3", "orders"), at, plan_hash="c")
        work.commit()


def _order(
    order_id: str, state: OrderState, *, store_order_id: int | None = None, reason: str = ""
) -> RecordedOrder:
    return RecordedOrder(
        account="north-america",
        order_id=order_id,
        marketplace_id=US,
        status=OrderStatus.UNSHIPPED,
        fulfilled_by=FulfilledBy.MERCHANT,
        state=state,
        created_at=NOON,
        last_updated_at=NOON,
        lines=(RecordedLine("1", "MUG", 2),),
        store_order_id=store_order_id,
        reason=reason,
    )


def _change(operation: Operation, key: str, after: dict[str, object]) -> Change:
    return Change(operation, "north-america", US, key, after, why="a test")
