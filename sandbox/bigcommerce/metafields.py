"""Metafields: what apps write beside products, variants and orders."""

from __future__ import annotations

from typing import Any

from sandbox.bigcommerce.moments import iso
from sandbox.bigcommerce.numbering import Numbering
from sandbox.bigcommerce.refusals import V3Refusal, unprocessable
from sandbox.clock import SandboxClock

Json = dict[str, Any]

LENGTHS = {"namespace": 64, "key": 64, "value": 65535}
PERMISSIONS = {"app_only", "read", "write", "read_and_sf_access", "write_and_sf_access"}
MAXIMUM_PER_RESOURCE = 250
SHOWS_NO_EMPTY_DESCRIPTION = "variant"
WRITABLE = ("permission_set", "namespace", "key", "value", "description")


class Metafields:
    """All metafields of the store by id; they move no date of their resource."""

    def __init__(self, clock: SandboxClock, numbering: Numbering, client_id: str) -> None:
        self._clock = clock
        self._numbering = numbering
        self._client_id = client_id
        self._metafields: dict[int, Json] = {}

    def of_kind(self, resource_type: str) -> list[Json]:
        """All metafields of one kind of resource, by id."""
        return [m for m in self._metafields.values() if m["resource_type"] == resource_type]

    def of(self, resource_type: str, resource_id: int) -> list[Json]:
        """The metafields of one resource, by id."""
        return [m for m in self.of_kind(resource_type) if m["resource_id"] == resource_id]

    def get(self, resource_type: str, resource_id: int, metafield_id: int) -> Json:
        """One metafield of a resource.

        Raises:
            V3Refusal: 404.
        """
        found = self._metafields.get(metafield_id, {})
        if (found.get("resource_type"), found.get("resource_id")) != (resource_type, resource_id):
            raise V3Refusal(404, "The metafield was not found")
        return found

    def add(self, resource_type: str, resource_id: int, given: Json) -> Json:
        """A new metafield.

        Raises:
            V3Refusal: 422 for missing or wrong fields, 409 for a namespace and key that are taken.
        """
        _refuse_unfit(given)
        own = self.of(resource_type, resource_id)
        if any(all(m[name] == given[name] for name in ("namespace", "key")) for m in own):
            raise V3Refusal(409, "The namespace and key combination is already in use", {})
        if len(own) >= MAXIMUM_PER_RESOURCE:
            raise V3Refusal(422, f"A resource has at most {MAXIMUM_PER_RESOURCE} metafields", {})
        now = iso(self._clock.now())
        metafield = {
            "id": self._numbering.next("metafield"),
            **({} if resource_type == SHOWS_NO_EMPTY_DESCRIPTION else {"description": ""}),
            **{name: given[name] for name in WRITABLE if name in given},
            "resource_type": resource_type,
            "resource_id": resource_id,
            "date_created": now,
            "date_modified": now,
            "owner_client_id": self._client_id,
        }
        self._metafields[metafield["id"]] = metafield
        return metafield

    def change(self, metafield: Json, given: Json) -> None:
        """Change a metafield's fields."""
        changed = {**metafield, **{name: given[name] for name in WRITABLE if name in given}}
        _refuse_unfit(changed)
        metafield.update(changed)
        metafield["date_modified"] = iso(self._clock.now())

    def delete(self, metafield: Json) -> None:
        """Take a metafield away."""
        del self._metafields[metafield["id"]]


def _refuse_unfit(given: Json) -> None:
    errors = {}
    for name, longest in LENGTHS.items():
        value = given.get(name)
        if not isinstance(value, str) or not 1 <= len(value) <= longest:
            errors[name] = "error.path.missing" if value is None else "error.length"
    if given.get("permission_set") not in PERMISSIONS:
        errors["permission_set"] = "error.expected.permission_set"
    if errors:
        raise unprocessable(errors)
