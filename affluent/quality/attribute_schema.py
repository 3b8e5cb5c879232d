"""One of Amazon's product-type schemas, compiled to judge the attributes of many items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema_rs import Draft201909Validator, ReferencingError, ValidationError

from affluent.domain.errors import MalformedAnswer
from affluent.domain.issue import Issue
from affluent.domain.listing import Definition
from affluent.quality.amazon_keywords import keyword_issues, limits_of
from affluent.quality.certainty import certain_schema
from affluent.quality.violations import issues_of


class AttributeSchema:
    """A compiled definition. Raises MalformedAnswer where Amazon's schema is not a schema."""

    def __init__(self, definition: Definition) -> None:
        schema = dict(definition.schema)
        try:
            # Formats must be judged: a date is "a date or else a date with time".
            self._validator = Draft201909Validator(
                schema, validate_formats=True, mask="the value", offline=True
            )
            self._certain = Draft201909Validator(
                certain_schema(schema), validate_formats=True, offline=True
            )
        except (ValidationError, ReferencingError, ValueError) as error:
            raise MalformedAnswer(
                f"Amazon's schema of product type {definition.product_type} is not usable.",
                vendor="amazon",
                operation="getDefinitionsProductType",
                why=str(error).partition("\n")[0],
                fix="Fetch the definition again; if it stays so, report it to Amazon.",
            ) from error
        self._limits = limits_of(schema)

    def issues(self, attributes: Mapping[str, Any]) -> tuple[Issue, ...]:
        """Everything Amazon's schema finds wrong with an item, each thing once."""
        if self._certain.is_valid(attributes):
            return ()
        found: dict[Issue, None] = {}
        for violation in self._validator.iter_errors(attributes):
            found.update(dict.fromkeys(issues_of(violation)))
        found.update(dict.fromkeys(keyword_issues(attributes, self._limits)))
        return tuple(found)


class AttributeSchemas:
    """Compiled schemas, each made once for its checksum."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, ...], AttributeSchema | MalformedAnswer] = {}

    def of(self, definition: Definition) -> AttributeSchema:
        """The compiled schema of a definition. Raises MalformedAnswer, each time, for a broken one
        that was tried once."""
        key = (
            definition.marketplace_id,
            definition.product_type,
            definition.requirements,
            definition.checksum,
        )
        if key not in self._compiled:
            try:
                self._compiled[key] = AttributeSchema(definition)
            except MalformedAnswer as error:
                self._compiled[key] = error
        compiled = self._compiled[key]
        if isinstance(compiled, MalformedAnswer):
            raise compiled
        return compiled
