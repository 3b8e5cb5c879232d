"""The one way out: an account's HTTP client, with authorisation, quota, retries and errors."""

from __future__ import annotations

import json
import logging
import random
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import httpx
import msgspec

from affluent.domain.errors import AffluentError
from affluent.domain.money import json_number
from connectors.http.errors import Interpret, from_connection, from_status
from connectors.http.exchange import Answer, Call, Request, malformed
from connectors.http.quota import Quota
from connectors.http.redact import redact_httpx, redacted
from connectors.http.retry import PATIENT, Retry, RetryPolicy, decide

logger = logging.getLogger(__name__)

#: Several times as fast as the standard library's, and as exact.
_DECODER: Final = msgspec.json.Decoder(float_hook=Decimal)

USER_AGENT: Final = "Affluent/0.1 (Language=Python)"


@dataclass(frozen=True, slots=True)
class Stream:
    """A successful answer whose body is still on the way."""

    call: Call
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


class HttpClient:
    """One vendor account. Thread-safe; close() it in the end.

    `interpret` understands the vendor's error bodies; `sleep` waits seconds of the vendor's time.
    `transport` replaces the network, as in a test.
    """

    def __init__(
        self,
        *,
        vendor: str,
        account: str,
        base_url: str,
        interpret: Interpret,
        quota: Quota,
        auth: httpx.Auth | None = None,
        request_id_header: str = "x-request-id",
        retries: RetryPolicy = PATIENT,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        verify: str | bool = True,
        timeout_seconds: float = 30.0,
        user_agent: str = USER_AGENT,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        redact_httpx()
        self._vendor = vendor
        self._account = account
        self._interpret = interpret
        self._quota = quota
        self._request_id_header = request_id_header
        self._retries = retries
        self._sleep = sleep
        self._jitter = jitter
        self._client = httpx.Client(
            base_url=base_url,
            auth=auth,
            verify=ssl.create_default_context(cafile=verify) if isinstance(verify, str) else verify,
            timeout=timeout_seconds,
            headers={"user-agent": user_agent},
            transport=transport,
        )

    def call(self, request: Request) -> Call:
        """Who asks whom for what, for errors raised outside of the transport."""
        return Call(self._vendor, self._account, request.operation, request.repeatable)

    def send(self, request: Request) -> Answer:
        """Send it when the quota allows, again where that is harmless, and answer a success.

        Raises the VendorError or ConfigurationError that the failure means.
        """
        return self._answer(request, self._exchange(request, stream=False), parse=request.parse)

    @contextmanager
    def stream(self, request: Request) -> Iterator[Stream]:
        """The same, for a body too long to be held: read its chunks inside the with block."""
        response = self._exchange(request, stream=True)
        try:
            yield Stream(self.call(request), response.headers, self._chunks(request, response))
        finally:
            response.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _exchange(self, request: Request, *, stream: bool) -> httpx.Response:
        attempt, paused = 1, 0.0
        while True:
            outcome = self._try(request, stream=stream)
            if isinstance(outcome, httpx.Response) and outcome.is_success:
                return outcome
            retry = self._retry(request, outcome, attempt, paused)
            if retry is None:
                cause = outcome if isinstance(outcome, httpx.RequestError) else None
                raise self._error(request, outcome) from cause
            self._sleep(retry.delay)
            attempt, paused = attempt + 1, paused + retry.delay

    def _try(self, request: Request, *, stream: bool) -> httpx.Response | httpx.RequestError:
        self._quota.wait(request.plan or request.operation, request.tokens, request.lane)
        try:
            response = self._client.send(self._build(request), stream=stream)
            if not response.is_success:
                response.read()
        except httpx.RequestError as error:
            logger.debug("%s %s: %s", request.method, request.operation, type(error).__name__)
            return error
        logger.debug(
            "%s %s %s: %d", request.method, request.operation, redacted(response.url),
            response.status_code,
        )  # fmt: skip
        self._quota.learn(request.plan or request.operation, response.headers, response.status_code)
        return response

    def _build(self, request: Request) -> httpx.Request:
        headers = dict(request.headers)
        content = request.content
        if request.body is not None:
            content = json_bytes(request.body)
            headers.setdefault("content-type", "application/json")
        return self._client.build_request(
            request.method,
            request.path,
            params=request.query or None,
            content=content,
            headers=headers,
        )

    def _retry(
        self,
        request: Request,
        outcome: httpx.Response | httpx.RequestError,
        attempt: int,
        paused: float,
    ) -> Retry | None:
        return decide(
            outcome.status_code if isinstance(outcome, httpx.Response) else outcome,
            attempt=attempt,
            paused_seconds=paused,
            repeatable=request.repeatable,
            headers=outcome.headers if isinstance(outcome, httpx.Response) else {},
            policy=self._retries,
            random=self._jitter,
        )

    def _error(
        self, request: Request, outcome: httpx.Response | httpx.RequestError
    ) -> AffluentError:
        if isinstance(outcome, httpx.RequestError):
            return from_connection(self.call(request), outcome)
        answer = self._answer(request, outcome, parse=False)
        return from_status(answer, self._interpret(answer))

    def _answer(self, request: Request, response: httpx.Response, *, parse: bool) -> Answer:
        call = self.call(request)
        request_id = response.headers.get(self._request_id_header, "")
        body: Any = response.content or None
        if parse and body is not None:
            try:
                body = read_json(body)
            except ValueError as error:
                raise malformed(call, response.status_code, request_id, error) from error
        return Answer(call, response.status_code, response.headers, body, request_id)

    def _chunks(self, request: Request, response: httpx.Response) -> Iterator[bytes]:
        try:
            yield from response.iter_bytes()
        except httpx.RequestError as error:
            raise from_connection(self.call(request), error) from error


def read_json(body: bytes) -> Any:
    """JSON with Decimal for fractions. Raises ValueError where it is none."""
    try:
        return _DECODER.decode(body)
    except msgspec.MsgspecError:
        # It takes what JSON does not allow and vendors send: half of a surrogate pair, NaN.
        return json.loads(body, parse_float=Decimal)


def json_bytes(value: object) -> bytes:
    """Compact JSON in UTF-8, with exact decimals."""
    return json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain
    ).encode()


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return json_number(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
