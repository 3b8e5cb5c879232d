"""Listings feeds and their processing reports, which travel outside the API as documents.

A document names no operation; what it holds is told by its members. Anything else, such as a
report of tab-separated values, has no schema.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jsonschema_rs import Validator, validator_for

from .exchanges import Exchange, Violation
from .faults import faults_of

LISTINGS_FEED = "listings-feed-schema-v2"
PROCESSING_REPORT = "listings-feed-processing-report-schema-v2"


class FeedDocuments:
    """Judges documents by Amazon's schemas in a folder."""

    def __init__(self, schemas: Path) -> None:
        self._schemas = schemas

    def violations(self, exchange: Exchange) -> Iterator[Violation]:
        """The violations of a feed that is uploaded or of a report that is fetched."""
        if _has(exchange.request_body, "messages"):
            yield from self._judge(LISTINGS_FEED, "request body", exchange.request_body)
        if _has(exchange.response_body, "issues", "summary"):
            yield from self._judge(PROCESSING_REPORT, "response body", exchange.response_body)

    def _judge(self, schema: str, part: str, document: object) -> Iterator[Violation]:
        for pointer, message in faults_of(_validator(self._schemas / f"{schema}.json"), document):
            yield Violation("amazon", schema, f"{part} {pointer}".rstrip(), message)


def _has(document: object, *members: str) -> bool:
    return isinstance(document, dict) and document.keys() >= set(members)


@cache
def _validator(path: Path) -> Validator:
    return validator_for(json.loads(path.read_text(encoding="utf-8")), validate_formats=True)
