"""What stands before every operation: access token, quota, and the form of refusals."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import cycle
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from sandbox.amazon.agenda import Agenda
from sandbox.amazon.login import LoginWithAmazon
from sandbox.amazon.throttling import Throttle
from sandbox.amazon.usage_plans import USAGE_PLANS
from sandbox.amazon.wire import ApiError, error_list, json_response

Handler = Callable[[Request], Awaitable[Response]]

RATE_LIMIT_HEADER = "x-amzn-RateLimit-Limit"
REQUEST_ID_HEADER = "x-amzn-RequestId"
_RATE_LIMITED_STATUSES = frozenset({200, 201, 202, 204, 400, 404})


@dataclass(frozen=True)
class Dialect:
    """How one API words its refusals: the code of a 400, and whether the list stands bare."""

    bad_request_code: str = "InvalidInput"
    has_bare_errors: bool = False


DEFAULT_DIALECT = Dialect()


class Gateway:
    """Wraps the handlers of the operations."""

    def __init__(
        self, agenda: Agenda, login: LoginWithAmazon, throttle: Throttle, seller_id: str
    ) -> None:
        self._agenda = agenda
        self._login = login
        self._throttle = throttle
        self._seller_id = seller_id
        self._tells_limit_when_throttled = cycle((True, False))

    def open(self, handler: Handler) -> Handler:
        """A handler without token or quota, e.g. the login and presigned documents."""

        async def respond(request: Request) -> Response:
            self._agenda.catch_up()
            try:
                response = await handler(request)
            except ApiError as refusal:
                response = _refusal(refusal, DEFAULT_DIALECT)
            response.headers[REQUEST_ID_HEADER] = str(uuid4())
            return response

        return respond

    def guard(
        self,
        operation: str,
        handler: Handler,
        dialect: Dialect = DEFAULT_DIALECT,
        plan_name: Callable[[Request], Awaitable[str]] | None = None,
        scope: str | None = None,
    ) -> Handler:
        """The operation behind its token check and its usage plan; grantless with a `scope`."""

        async def respond(request: Request) -> Response:
            self._agenda.catch_up()
            plan = await plan_name(request) if plan_name else operation
            try:
                self._login.check_token(request.headers.get("x-amz-access-token"), scope)
                self._take_token(plan)
                response = await handler(request)
            except ApiError as refusal:
                response = _refusal(refusal, dialect)
            self._add_headers(response, plan)
            return response

        return respond

    def _take_token(self, plan: str) -> None:
        if not self._throttle.admits(plan, self._seller_id):
            raise ApiError(
                429, "You exceeded your quota for the requested resource.", code="QuotaExceeded"
            )

    def _add_headers(self, response: Response, plan: str) -> None:
        response.headers[REQUEST_ID_HEADER] = str(uuid4())
        throttled_with_header = response.status_code == 429 and next(
            self._tells_limit_when_throttled
        )
        if response.status_code in _RATE_LIMITED_STATUSES or throttled_with_header:
            response.headers[RATE_LIMIT_HEADER] = str(round(USAGE_PLANS[plan].rate, 4))


def _refusal(refusal: ApiError, dialect: Dialect) -> Response:
    code = refusal.code or dialect.bad_request_code
    errors = error_list(code, refusal.message, refusal.details)
    body = errors if dialect.has_bare_errors else {"errors": errors}
    return json_response(body, refusal.status)
