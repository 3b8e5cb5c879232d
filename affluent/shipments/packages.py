"""The packages of an order as the ledger knows them: what Amazon was told of each, and when.

A package is what Amazon knows by a reference; the store's shipment that it stands for may change,
because Amazon never takes a package back: a deleted shipment's is given to the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from affluent.domain.effect import Effect, EffectState
from affluent.domain.shipment import StoreShipment

Units = dict[str, int]

#: What of a payload Amazon shows or keeps; the ship date follows from the shipment.
_TOLD: Final = ("carrier_code", "carrier_name", "method", "tracking_number", "quantities")
_NEVER_SENT: Final = (EffectState.PLANNED, EffectState.HELD)
_OPEN: Final = (EffectState.SENT, EffectState.UNKNOWN, EffectState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Package:
    """A package of one order, with its revisions in the ledger, oldest first."""

    reference_id: str
    revisions: tuple[Effect, ...]

    @property
    def newest(self) -> Effect:
        """What was planned last."""
        return self.revisions[-1]

    @property
    def shipment_id(self) -> int:
        """The store's shipment that the package stood for last."""
        return int(self.newest.payload.get("shipment_id", self.reference_id))

    @property
    def sent(self) -> tuple[Effect, ...]:
        """The revisions that Amazon may have taken, from the last one that it shows."""
        sent = [one for one in self.revisions if one.attempts and not _is_refused(one)]
        shown = [n for n, one in enumerate(sent) if one.state is EffectState.EFFECTIVE]
        return tuple(sent[shown[-1] if shown else 0 :])

    @property
    def units(self) -> Units:
        """By order item, the most units that the package may hold on Amazon."""
        most: Units = {}
        for revision in self.sent:
            for item, quantity in revision.payload["quantities"]:
                most[item] = max(most.get(item, 0), quantity)
        return most

    def says(self, payload: Mapping[str, Any]) -> bool:
        """Whether the newest revision is this one."""
        is_same = all(self.newest.payload[name] == payload[name] for name in _TOLD)
        return is_same and self.newest.state is not EffectState.SUPERSEDED

    def outdated(self, current: Effect | None) -> Iterator[Effect]:
        """The revisions that need no more care beside the current one; without one, none does."""
        for revision in self.revisions:
            if current is not None and revision.effect_id == current.effect_id:
                continue
            is_overtaken = current is None or current.state is EffectState.EFFECTIVE
            if revision.state in _NEVER_SENT or (is_overtaken and revision.state in _OPEN):
                yield revision


def packages_of(effects: Iterable[Effect]) -> tuple[Package, ...]:
    """One order's confirmations, as packages in the order in which they were first planned."""
    revisions: dict[str, list[Effect]] = {}
    for effect in effects:
        revisions.setdefault(effect.payload["reference_id"], []).append(effect)
    return tuple(Package(reference, tuple(found)) for reference, found in revisions.items())


@dataclass(frozen=True, slots=True)
class Assigned:
    """The store's shipments with their packages, and the packages that nothing stands for."""

    references: Mapping[int, str]
    known: Mapping[int, Package]
    orphans: tuple[Package, ...]


def assign(
    shipments: Sequence[StoreShipment], packages: Sequence[Package], wanted: Mapping[int, Units]
) -> Assigned:
    """The package of each shipment: its own, else an orphan that Amazon keeps, else a new one.

    `wanted` are the units of each shipment, by order item; of several orphans the one that holds
    most of them is taken.
    """
    ids = [one.shipment_id for one in shipments]
    known = {one.shipment_id: one for one in packages if one.shipment_id in ids}
    orphans = [one for one in packages if one.shipment_id not in known]
    for shipment_id in ids:
        free = [one for one in orphans if one.sent]
        if shipment_id not in known and free:
            units = wanted[shipment_id]
            known[shipment_id] = max(free, key=lambda one: _shared(one.units, units))
            orphans.remove(known[shipment_id])
    taken = {one.reference_id for one in packages}
    references = {shipment_id: package.reference_id for shipment_id, package in known.items()}
    for shipment in shipments:
        if shipment.shipment_id not in references:
            references[shipment.shipment_id] = _free_reference(shipment, taken)
            taken.add(references[shipment.shipment_id])
    return Assigned(references, known, tuple(orphans))


def _shared(some: Units, others: Units) -> int:
    return sum(min(quantity, others.get(item, 0)) for item, quantity in some.items())


def _free_reference(shipment: StoreShipment, taken: set[str]) -> str:
    """The shipment's id, which the store gives once; Amazon takes positive numbers only.

    An order that is Shipped without a record stands under the number of the order.
    """
    first = shipment.shipment_id or shipment.order_id
    return next(str(number) for number in count(first) if str(number) not in taken)


def _is_refused(effect: Effect) -> bool:
    return effect.state is EffectState.REFUSED
