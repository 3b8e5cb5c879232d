"""JSON Patch as Listings Items understands it: top-level attributes, entries found by selectors."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sandbox.amazon.listings.offer import DEFAULT_AUDIENCE
from sandbox.amazon.marketplaces import MARKETPLACES
from sandbox.amazon.wire import Json

PATH_PREFIX = "/attributes/"
OPERATIONS = ("add", "replace", "merge", "delete")

Selectors = Callable[[str], tuple[str, ...]]


class PatchError(Exception):
    """A patch that cannot be applied; names the attribute."""

    def __init__(self, attribute: str) -> None:
        super().__init__(attribute)
        self.attribute = attribute


def attribute_of(patch: Json) -> str:
    """The top-level attribute a patch names; deeper paths are refused."""
    path = patch.get("path")
    if not isinstance(path, str) or not path.startswith(PATH_PREFIX):
        raise PatchError(str(path))
    name = path.removeprefix(PATH_PREFIX)
    if not name or "/" in name:
        raise PatchError(name)
    return name


def apply_patches(
    attributes: Json, patches: Iterable[Json], selectors: Selectors, marketplace_id: str
) -> Json:
    """The attributes after the patches, in their order. Raises PatchError."""
    patched = dict(attributes)
    for patch in patches:
        name = attribute_of(patch)
        value = patch.get("value")
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise PatchError(name)
        if patch.get("op") in ("add", "replace"):
            patched[name] = value
            continue
        keys = _EntryKeys(name, selectors(name), marketplace_id)
        current = patched.get(name, [])
        entries = (
            _merge(current, value, keys)
            if patch.get("op") == "merge"
            else _delete(current, value, keys)
        )
        patched[name] = entries
        if not entries:
            del patched[name]
    return patched


class _EntryKeys:
    """Tells which entry of an attribute is meant, by its selectors."""

    def __init__(self, attribute: str, selectors: tuple[str, ...], marketplace_id: str) -> None:
        marketplace = MARKETPLACES[marketplace_id]
        self._attribute = attribute
        self._selectors = selectors
        self._defaults = {
            "marketplace_id": marketplace_id,
            "currency": marketplace.currency,
            "language_tag": marketplace.language,
            "audience": DEFAULT_AUDIENCE,
        }

    def of(self, entry: Json) -> tuple[str, ...]:
        """The values of the entry's selectors, or what stands for them in this store."""
        return tuple(str(entry.get(name, self._defaults.get(name, ""))) for name in self._selectors)

    def of_change(self, entry: Json) -> tuple[str, ...]:
        """The same for an entry of a patch, which must give each selector. Raises PatchError."""
        key = self.of(entry)
        if not all(key):
            raise PatchError(self._attribute)
        return key


def _merge(current: list[Json], changes: list[Json], keys: _EntryKeys) -> list[Json]:
    merged = {keys.of(entry): entry for entry in current}
    for change in changes:
        key = keys.of_change(change)
        merged[key] = {**merged.get(key, {}), **change}
    return list(merged.values())


def _delete(current: list[Json], marked: list[Json], keys: _EntryKeys) -> list[Json]:
    doomed = {keys.of_change(entry) for entry in marked}
    return [entry for entry in current if keys.of(entry) not in doomed]
