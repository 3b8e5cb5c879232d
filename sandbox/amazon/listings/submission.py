"""Submissions: put, patch and delete, from the Listings Items API and from feeds alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import uuid4

from sandbox.amazon import issues
from sandbox.amazon.agenda import Agenda
from sandbox.amazon.catalog.items import Catalog
from sandbox.amazon.issues import Issue
from sandbox.amazon.listings.listing import ListingBook
from sandbox.amazon.listings.patches import (
    PatchError,
    Selectors,
    apply_patches,
    attribute_of,
)
from sandbox.amazon.listings.publication import Change, Publisher
from sandbox.amazon.listings.validation import full_item_issues, partial_item_issues
from sandbox.amazon.product_types.schema import LISTING, ProductSchema, ProductType
from sandbox.amazon.wire import Json

EFFECT_DELAY_SECONDS = 5.0
GENERIC_PRODUCT_TYPE = "PRODUCT"


class UnknownProductType(Exception):
    """The product type does not exist in these stores."""


@dataclass(frozen=True)
class Submission:
    """What one submission asks for; `requirements` is None for a patch."""

    sku: str
    marketplace_ids: tuple[str, ...]
    product_type: str
    requirements: str | None = None
    attributes: Json | None = None
    patches: tuple[Json, ...] = ()

    @property
    def asks_for_change(self) -> bool:
        """Whether it puts or patches; one that does neither is a removal."""
        return self.attributes is not None or bool(self.patches)


@dataclass(frozen=True)
class Receipt:
    """The answer to a submission."""

    sku: str
    is_valid: bool
    issues: tuple[Issue, ...]
    submission_id: str


class Submissions:
    """Checks submissions, and puts the accepted ones on the agenda."""

    def __init__(
        self,
        agenda: Agenda,
        book: ListingBook,
        catalog: Catalog,
        product_types: Mapping[str, ProductType],
        publisher: Publisher,
    ) -> None:
        self._agenda = agenda
        self._book = book
        self._catalog = catalog
        self._product_types = product_types
        self._publisher = publisher

    def submit(self, submission: Submission, moment: datetime) -> Receipt:
        """Accept or refuse; an accepted change takes effect some seconds later."""
        receipt = self.preview(submission, moment)
        if receipt.is_valid:
            self._schedule(submission, moment)
        return receipt

    def preview(self, submission: Submission, moment: datetime) -> Receipt:
        """Check without keeping anything. Raises UnknownProductType."""
        found = (
            self._patch_issues(submission)
            if submission.attributes is None
            else self._put_issues(submission, submission.attributes)
        )
        sku, stores = submission.sku, submission.marketplace_ids
        if any(self._book.must_rest(sku, store, moment) for store in stores):
            found = [*found, issues.deleted_lately(sku)]
        is_valid = not any(issue.severity == "ERROR" for issue in found)
        return Receipt(submission.sku, is_valid, tuple(found), uuid4().hex)

    def delete(self, sku: str, marketplace_ids: tuple[str, ...], moment: datetime) -> Receipt:
        """Accept the removal of a listing."""
        for marketplace_id in marketplace_ids:
            removal = partial(self._remove, sku, marketplace_id)
            self._agenda.after(moment, EFFECT_DELAY_SECONDS, removal)
        return Receipt(sku, True, (), uuid4().hex)

    def _remove(self, sku: str, marketplace_id: str, moment: datetime) -> None:
        self._book.remove(sku, marketplace_id, moment)

    def _put_issues(self, submission: Submission, attributes: Json) -> list[Issue]:
        product_type = self._product_types.get(submission.product_type)
        if product_type is None:
            raise UnknownProductType(submission.product_type)
        requirements = submission.requirements or LISTING
        schema = product_type.schema(requirements)
        return full_item_issues(schema, requirements, attributes, self._catalog)

    def _patch_issues(self, submission: Submission) -> list[Issue]:
        found: list[Issue] = []
        for marketplace_id in submission.marketplace_ids:
            schema = self._patch_schema(submission, marketplace_id)
            listing = self._book.get(submission.sku, marketplace_id)
            current = listing.attributes if listing else {}
            try:
                names = {attribute_of(patch) for patch in submission.patches}
                patched = _patched(submission, schema, marketplace_id, current)
            except PatchError as error:
                return [issues.invalid_attributes(error.attribute)]
            touched = {name: patched[name] for name in names if name in patched}
            found += partial_item_issues(schema, touched)
        return list(dict.fromkeys(found))

    def _patch_schema(self, submission: Submission, marketplace_id: str) -> ProductSchema | None:
        name = submission.product_type
        listing = self._book.get(submission.sku, marketplace_id)
        if name == GENERIC_PRODUCT_TYPE and listing is not None:
            name = listing.product_type
        product_type = self._product_types.get(name)
        if product_type is None and name != GENERIC_PRODUCT_TYPE:
            raise UnknownProductType(name)
        return product_type.schema(LISTING, is_enforced=False) if product_type else None

    def _schedule(self, submission: Submission, moment: datetime) -> None:
        for marketplace_id in submission.marketplace_ids:
            change = self._change(submission, marketplace_id)
            self._agenda.after(
                moment, EFFECT_DELAY_SECONDS, partial(self._publisher.publish, change)
            )

    def _change(self, submission: Submission, marketplace_id: str) -> Change:
        apply: Callable[[Json], Json]
        if submission.attributes is None:
            schema = self._patch_schema(submission, marketplace_id)
            apply = partial(_patched, submission, schema, marketplace_id)
            requirements = None
        else:
            apply = partial(_replaced, submission.attributes)
            requirements = submission.requirements or LISTING
        return Change(submission.sku, marketplace_id, submission.product_type, requirements, apply)


def _replaced(attributes: Json, _current: Json) -> Json:
    return attributes


def _patched(
    submission: Submission, schema: ProductSchema | None, marketplace_id: str, current: Json
) -> Json:
    return apply_patches(current, submission.patches, _selectors(schema), marketplace_id)


def _selectors(schema: ProductSchema | None) -> Selectors:
    properties = schema.rules.properties if schema else {}
    return lambda name: properties[name].selectors if name in properties else ("marketplace_id",)
