"""Which of the store's shipments Amazon should be told of: a pure plan of confirmations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from affluent.domain.account import FulfilledBy
from affluent.domain.effect import Effect, EffectState
from affluent.domain.order import RecordedOrder, StoreOrderLine
from affluent.domain.plan import Change, Operation, Plan
from affluent.domain.shipment import Carrier, ShipmentConfirmation, ShippedLine, StoreShipment
from affluent.domain.shipment_policy import ShipmentPolicy, WithoutRecord
from affluent.shipments.carriers import UNNAMED, Found, NamedCarrier, carrier_of
from affluent.shipments.packages import Assigned, Package, Units, assign
from affluent.shipments.tracking import tracking_numbers
from affluent.shipments.units import fitting_units, wanted_units

_DONE: Final = (EffectState.EFFECTIVE, EffectState.REFUSED)


@dataclass(frozen=True, slots=True)
class ShippedOrder:
    """An imported order whose store order has shipments, or had some that Amazon was told of.

    `shipped_at` is when the store's order was set to Shipped though it has no shipment record.
    """

    order: RecordedOrder
    lines: tuple[StoreOrderLine, ...]
    shipments: tuple[StoreShipment, ...]
    packages: tuple[Package, ...] = ()
    shipped_at: datetime | None = None

    @property
    def parcels(self) -> tuple[StoreShipment, ...]:
        """The shipments; in place of none, the whole order under the id 0."""
        was_recorded = any(package.shipment_id for package in self.packages)
        if self.shipments or was_recorded or self.shipped_at is None:
            return self.shipments
        lines = tuple(ShippedLine(line.line_id, line.quantity) for line in self.lines)
        order_id = self.order.store_order_id or 0
        return (StoreShipment(0, order_id, self.shipped_at, "", "", "", "", lines),)


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A shipment beside everything that its confirmation follows from."""

    order: RecordedOrder
    shipment: StoreShipment
    reference_id: str
    package: Package | None
    units: Units
    left_out: int


def plan_confirmations(
    shipped: Iterable[ShippedOrder], policy: ShipmentPolicy, seen_carriers: Set[str] = frozenset()
) -> Plan:
    """One confirmation for each shipment that is new or was edited, edits first; what Amazon
    refused or shows already is left as it is. Orders that Amazon ships are never confirmed.

    A carrier without a code of Amazon's is told of unless its name is among `seen_carriers`.
    """
    ours = [one for one in shipped if one.order.fulfilled_by is FulfilledBy.MERCHANT]
    parcels = [parcel for one in ours for parcel in _parcels(one)]
    found = [_change(parcel, policy) for parcel in parcels]
    changes = sorted(
        (change for change in found if change is not None), key=lambda change: not change.revision
    )
    notes = [
        *_unknown_carriers(ours, policy, seen_carriers),
        *(
            deleted_note(one.order.order_id, package)
            for one in ours
            for package in orphans_of(one)
            if package.sent
        ),
    ]
    return Plan(tuple(changes), len(parcels) - len(changes), tuple(dict.fromkeys(notes)))


def carriers_of(shipped: Iterable[ShippedOrder], policy: ShipmentPolicy) -> list[NamedCarrier]:
    """The carriers of all shipments of these orders, each once."""
    carriers = (carrier_of(each, policy.carriers) for one in shipped for each in one.shipments)
    return list(dict.fromkeys(carriers))


def orphans_of(shipped: ShippedOrder) -> tuple[Package, ...]:
    """The packages whose shipment is gone, and that no other shipment has taken over."""
    return _assigned(shipped).orphans


def deleted_note(order_id: str, package: Package) -> str:
    """What to do about a package that Amazon has and the store has no more."""
    return (
        f"Shipment {package.shipment_id} of order {order_id} was deleted in the store, but Amazon "
        f"cannot take back package {package.reference_id}. Make the right shipment in the store: "
        "it takes the package's place. If nothing was shipped, tell the buyer, or refund the order."
    )


def order_id_of(key: str) -> str:
    """The Amazon order that a confirmation's key belongs to."""
    return key.partition("/")[0]


def confirmation_of(effect: Effect, now: datetime) -> ShipmentConfirmation:
    """What confirmShipment is told, from the ledger's row.

    Amazon refuses ship dates to come, and those before the purchase; the purchase is by its own
    clock, so it counts for more than ours.
    """
    payload = effect.payload
    shipped_at = payload["shipped_at"]
    purchased_at = datetime.fromisoformat(payload.get("purchased_at", shipped_at))
    return ShipmentConfirmation(
        order_id=payload["order_id"],
        marketplace_id=effect.marketplace_id,
        reference_id=payload["reference_id"],
        carrier=Carrier(payload["carrier_code"], payload["carrier_name"]),
        method=payload["method"],
        tracking_number=payload["tracking_number"],
        shipped_at=max(min(datetime.fromisoformat(shipped_at), now), purchased_at),
        quantities=tuple((item, quantity) for item, quantity in payload["quantities"]),
    )


def _assigned(shipped: ShippedOrder) -> Assigned:
    parcels = shipped.parcels
    return assign(parcels, shipped.packages, wanted_units(parcels, shipped.lines, shipped.order))


def _parcels(shipped: ShippedOrder) -> Iterator[_Parcel]:
    wanted = wanted_units(shipped.parcels, shipped.lines, shipped.order)
    assigned = _assigned(shipped)
    fitting = fitting_units(wanted, assigned, shipped.order)
    for shipment in shipped.parcels:
        one = shipment.shipment_id
        yield _Parcel(
            order=shipped.order,
            shipment=shipment,
            reference_id=assigned.references[one],
            package=assigned.known.get(one),
            units=fitting[one],
            left_out=sum(wanted[one].values()) - sum(fitting[one].values()),
        )


def _change(parcel: _Parcel, policy: ShipmentPolicy) -> Change | None:
    """The confirmation, or None where Amazon has it already or has refused just that."""
    payload = _payload(parcel, policy)
    package, order = parcel.package, parcel.order
    is_told = package is not None and package.says(payload)
    if package is not None and is_told and package.newest.state in _DONE:
        return None
    revisions = len(package.revisions) + (not is_told) if package else 1
    before = package.newest.after if package and not is_told else {}
    how = "edited" if before else "shipped"
    return Change(
        operation=Operation.CONFIRM_SHIPMENT,
        account=order.account,
        marketplace_id=order.marketplace_id,
        key=f"{order.order_id}/{parcel.reference_id}",
        before=before,
        after={
            "carrier": payload["carrier_code"],
            "tracking_number": payload["tracking_number"],
            "units": sum(parcel.units.values()),
        },
        payload=payload,
        why=f"{how} in BigCommerce, order {parcel.shipment.order_id}, {_name(parcel.shipment)}",
        revision=str(revisions) if revisions > 1 else "",
    )


def _payload(parcel: _Parcel, policy: ShipmentPolicy) -> Mapping[str, Any]:
    order, shipment = parcel.order, parcel.shipment
    numbers = tracking_numbers(shipment.tracking_number)
    told = carrier_of(shipment, policy.carriers).in_amazons_words()
    may_go = shipment.shipment_id or policy.without_record is WithoutRecord.CONFIRM
    untracked = policy.untracked_number if may_go else ""
    sent = parcel.package.sent if parcel.package else ()
    return {
        "order_id": order.order_id,
        "shipment_id": shipment.shipment_id,
        "reference_id": parcel.reference_id,
        "carrier_code": told.code,
        "carrier_name": told.name,
        "replaced_carrier": sent[-1].payload["carrier_name"] if sent else "",
        "method": shipment.method,
        "tracking_number": numbers[0] if numbers else untracked,
        "further_numbers": list(numbers[1:]),
        "shipped_at": shipment.created_at.isoformat(),
        "purchased_at": order.created_at.isoformat(),
        "quantities": [list(pair) for pair in parcel.units.items()],
        "left_out": parcel.left_out,
    }


def _name(shipment: StoreShipment) -> str:
    return f"shipment {shipment.shipment_id}" if shipment.shipment_id else "no shipment record"


def _unknown_carriers(
    shipped: Iterable[ShippedOrder], policy: ShipmentPolicy, seen: Set[str]
) -> Iterator[str]:
    for carrier in carriers_of(shipped, policy):
        if carrier.found is not Found.UNKNOWN or carrier.name in seen:
            continue
        if carrier.name == UNNAMED:
            yield "A shipment names no carrier in the store: Amazon is told Other, Unknown."
        else:
            yield (
                f"Amazon has no code for the carrier {carrier.name}: it is told Other, with the "
                "name. If it has one, add the name and the code to shipments.carriers."
            )
