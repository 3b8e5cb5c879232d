"""How Amazon writes things that several of its APIs share: money, moments, issues, paths, pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from affluent.domain.issue import Issue, Severity
from affluent.domain.money import Money
from connectors.http.exchange import Answer, Request
from connectors.http.paging import follow
from connectors.http.transport import HttpClient

Json = dict[str, Any]

#: The language of Amazon's messages, whatever the marketplace speaks.
ISSUE_LOCALE = "en_US"


def money_from(body: Json) -> Money:
    """{"amount": "12.50", "currencyCode": "USD"}; the amount is a decimal string."""
    return Money(Decimal(str(body["amount"])), str(body["currencyCode"]))


def moment_from(text: str) -> datetime:
    """An ISO 8601 time, in UTC."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def moment_text(moment: datetime) -> str:
    """A time as Amazon reads it: 2026-01-31T08:15:30.123Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def issue_from(body: Json) -> Issue:
    """An issue of a listing, a submission or a processing report.

    A severity that we do not know is taken for an error. A report names one attribute only.
    """
    names = body.get("attributeNames") or [body.get("attributeName")]
    return Issue(
        code=str(body.get("code") or ""),
        message=str(body.get("message") or ""),
        severity=_severity(body.get("severity")),
        attribute_names=tuple(str(name) for name in names if name),
        categories=tuple(str(category) for category in body.get("categories") or ()),
    )


def in_marketplace(entries: Iterable[Json] | None, marketplace_id: str) -> Json:
    """The entry of one marketplace in a list that has one each; empty where it has none."""
    return next((e for e in entries or () if e.get("marketplaceId") == marketplace_id), {})


def path_to(*segments: str) -> str:
    """A path of percent-encoded segments: a SKU may hold a slash, a space or a percent sign."""
    return "/" + "/".join(quote(segment, safe="") for segment in segments)


def pages_of(client: HttpClient, request: Request, token_parameter: str) -> Iterator[Answer]:
    """Every page of a search whose answers hold pagination.nextToken."""

    def fetch(token: str | None) -> tuple[Answer, str | None]:
        query = request.query if token is None else {**request.query, token_parameter: token}
        answer = client.send(replace(request, query=query))
        return answer, answer.read(next_token)

    return follow(client.call(request), fetch)


def pages_by_token_alone(client: HttpClient, request: Request) -> Iterator[Answer]:
    """Every page of a search whose next page is asked for by nextToken and nothing else."""

    def fetch(token: str | None) -> tuple[Answer, str | None]:
        answer = client.send(
            request if token is None else replace(request, query={"nextToken": token})
        )
        return answer, answer.read(lambda body: body.get("nextToken") or None)

    return follow(client.call(request), fetch)


def next_token(body: Json) -> str | None:
    """The token of the next page, where a search has one."""
    return (body.get("pagination") or {}).get("nextToken") or None


def _severity(text: Any) -> Severity:
    return Severity(text) if text in set(Severity) else Severity.ERROR
