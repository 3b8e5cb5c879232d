"""The quality gate, as the port affluent.ports.gate asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from affluent.domain.errors import InvariantBroken, MalformedAnswer
from affluent.domain.gate_rules import STANDARD_RULES, GateRules
from affluent.domain.issue import Finding, Reason
from affluent.domain.listing import Definition
from affluent.domain.offer import OfferProfile
from affluent.domain.plan import Change, Gated, Plan
from affluent.quality.attribute_schema import AttributeSchemas
from affluent.quality.breaker import too_many_held


class QualityGate:
    """Judges plans. Great Expectations is loaded with the first batch that needs judging."""

    def __init__(self, rules: GateRules = STANDARD_RULES) -> None:
        self._rules = rules
        self._schemas = AttributeSchemas()

    def check_listings(
        self,
        plan: Plan,
        profiles: Mapping[str, OfferProfile],
        live_barcodes: Mapping[str, str],
    ) -> tuple[Finding, ...]:
        """The suites over a batch of PUT_LISTING changes.

        `profiles` is keyed by SKU; `live_barcodes` maps the barcode of what is already live to its
        SKU. A row's findings come in the order of the suites; the first is the one that counts.
        """
        if not plan.changes:
            return ()
        from affluent.quality import batch_checks  # costs seconds

        return batch_checks.check_listings(plan, profiles, live_barcodes, self._rules)

    def check_attributes(
        self, plan: Plan, definitions: Mapping[str, Definition]
    ) -> tuple[Finding, ...]:
        """Amazon's schema over payload["attributes"] of each change.

        `definitions` is keyed by SKU and must have every SKU of the plan. A schema of Amazon's that
        cannot be compiled holds the items of its product type alone.
        """
        return tuple(found for change in plan.changes for found in self._judge(change, definitions))

    def check_held(self, gated: Gated) -> tuple[Finding, ...]:
        """The breaker over what the other checks of a plan of listings have held."""
        return tuple(too_many_held(gated, self._rules))

    def check_offers(
        self, plan: Plan, profiles: Mapping[str, OfferProfile], in_stock: int
    ) -> tuple[Finding, ...]:
        """The suites and the breaker over a batch of PATCH_OFFER changes."""
        if not plan.changes:
            return ()
        from affluent.quality import batch_checks  # costs seconds

        return batch_checks.check_offers(plan.changes, profiles, in_stock)

    def _judge(self, change: Change, definitions: Mapping[str, Definition]) -> Iterator[Finding]:
        definition = definitions.get(change.key)
        if definition is None:
            raise InvariantBroken(f"SKU {change.key} was to be judged without a definition.")
        try:
            schema = self._schemas.of(definition)
        except MalformedAnswer as error:
            reason, name = Reason.UNUSABLE_PRODUCT_TYPE, definition.product_type
            yield Finding(change.key, reason, str(error), "product_type", name)
            return
        for issue in schema.issues(change.payload["attributes"]):
            yield Finding(
                key=change.key,
                reason=Reason.INVALID_ATTRIBUTES,
                message=issue.text(),
                field=issue.attribute_names[0],
            )
