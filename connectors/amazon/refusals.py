"""What Amazon's error bodies say: the Selling Partner API's, the login's and the documents'."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from affluent.domain.errors import Retryable
from connectors.http.errors import AuthorisationExpired, Explanation, Unauthorised
from connectors.http.exchange import Answer

_REAUTHORISE = (
    "Authorise the application again in Seller Central (Apps and Services, Develop Apps, Authorize)"
    " and put the new refresh token where the account's settings say."
)
_NEW_SECRET = (
    "Compare client id and secret with Seller Central, Develop Apps; a secret lives 180 days."
    " A new one takes effect without a restart."
)
_ROLES = (
    "Check the application's roles in Seller Central and that the account's region is right;"
    " after a change of roles, authorise the application again."
)
_SHORTEN = "Send fewer or smaller items."


@dataclass(frozen=True, slots=True)
class ApiError:
    """One entry of `errors` in an answer of the Selling Partner API."""

    code: str
    message: str


def explain_api(answer: Answer) -> Explanation:
    """The Selling Partner API: {"errors": [{"code", "message", "details"}]}.

    The Listings Restrictions API answers the bare list.
    """
    errors = tuple(_api_error(entry) for entry in _entries(_document(answer)))
    fixes = {401: _ROLES, 403: _ROLES, 413: _SHORTEN}
    return Explanation(
        words=" ".join(f"{error.message} ({error.code})" for error in errors),
        details=errors,
        fix=fixes.get(answer.status, ""),
    )


def explain_login(answer: Answer) -> Explanation:
    """Login with Amazon: {"error", "error_description"}."""
    document = _document(answer)
    error = str(document.get("error", "")) if isinstance(document, dict) else ""
    if error in ("invalid_grant", "unauthorized_client"):
        return Explanation(
            f"The seller's authorisation is no longer valid ({error}).",
            fix=_REAUTHORISE,
            kind=AuthorisationExpired,
        )
    if error == "invalid_client":
        return Explanation(
            f"Amazon does not accept the client id and secret ({error}).",
            fix=_NEW_SECRET,
            kind=Unauthorised,
        )
    return Explanation(f"Login with Amazon answered {error or 'no reason'}.")


def explain_document(answer: Answer) -> Explanation:
    """A document's address: it is good for five minutes, and says so with a 403."""
    if answer.status == 403:
        return Explanation("The document's address has expired.", kind=Retryable)
    return Explanation()


def speaks_of_the_access_token(content: bytes) -> bool:
    """Whether a 401 or 403 is about the token and not about a missing role."""
    return b"access token" in content.lower()


def _document(answer: Answer) -> Any:
    try:
        return json.loads(answer.body or b"null")
    except ValueError:
        return None


def _entries(document: Any) -> list[dict[str, Any]]:
    entries = document.get("errors") if isinstance(document, dict) else document
    if not isinstance(entries, list):
        return []
    return [entry for entry in entries if isinstance(entry, dict)]


def _api_error(entry: dict[str, Any]) -> ApiError:
    message, details = entry.get("message") or "", entry.get("details") or ""
    return ApiError(str(entry.get("code") or ""), f"{message} {details}".strip())
