"""Pages of rows that are filtered by a walk over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from sandbox.bigcommerce.answers import v3_page
from sandbox.bigcommerce.catalog.conditions import Condition, Filter, condition
from sandbox.bigcommerce.catalog.views import FieldChoice
from sandbox.bigcommerce.paging import v3_page_request

Json = dict[str, Any]
FieldCondition = tuple[str, Condition]

NOT_FILTERS = {
    "after",
    "before",
    "direction",
    "exclude_fields",
    "include",
    "include_fields",
    "limit",
    "page",
    "sort",
}


def conditions_in(query: QueryParams, filters: Mapping[str, Filter]) -> list[FieldCondition]:
    """The filters of a query, each with the field that it looks at.

    Raises:
        V3Refusal: 422 for a parameter that is no filter, or a value that cannot be read.
    """
    return [
        (name.partition(":")[0], condition(name, text, filters))
        for name, text in query.items()
        if name not in NOT_FILTERS
    ]


def fits(row: Json, conditions: list[FieldCondition]) -> bool:
    """Whether a row fulfils all conditions."""
    return all(accepts(row.get(field)) for field, accepts in conditions)


def filtered(
    rows: Sequence[Json], query: QueryParams, filters: Mapping[str, Filter]
) -> Sequence[Json]:
    """The rows that a query asks for."""
    conditions = conditions_in(query, filters)
    return [row for row in rows if fits(row, conditions)] if conditions else rows


def page_of(request: Request, rows: Sequence[Json]) -> Response:
    """The page of the rows that a request asks for, with the fields that it chose."""
    page, choice = v3_page_request(request.query_params), FieldChoice(request.query_params)
    shown = [choice.of(row) for row in page.cut(rows)]
    return v3_page(shown, page.meta(len(rows), len(shown)))
