"""What can go wrong, sorted by what the caller does next.

    AffluentError                 .what .why .fix, a sentence each
    ├── ConfigurationError        a person must act; never retried
    │   └── CredentialsExpired    the account is Expired until someone reauthorises it
    ├── VendorError               .vendor .operation .request_id .status
    │   ├── Retryable             ask again later: throttled, unavailable, connection lost
    │   │   └── Throttled         .wait_seconds, when the vendor told it
    │   ├── OutcomeUnknown        a write may have taken effect: look before trying again
    │   ├── MalformedAnswer       the answer is not what the vendor's specification says
    │   └── Refused               the vendor said no, and would say it again
    │       └── NotFound
    ├── BatchStopped              the gate stopped the whole batch; nothing was sent
    └── InvariantBroken           our own mistake; fails loudly

Rows are not exceptions: an Amazon issue, a finding and a held change are values.
"""

from __future__ import annotations


class AffluentError(Exception):
    """Everything Affluent raises on purpose: what happened, why, and what to do about it."""

    def __init__(self, what: str, *, why: str = "", fix: str = "") -> None:
        self.what = what
        self.why = why
        self.fix = fix
        super().__init__(" ".join(part for part in (what, why, fix) if part))


class ConfigurationError(AffluentError):
    """A person must change a setting, a permission or a credential."""


class CredentialsExpired(ConfigurationError):
    """The vendor no longer accepts the account's authorisation."""


class VendorError(AffluentError):
    """A vendor's answer, or its silence, stopped an operation."""

    def __init__(
        self,
        what: str,
        *,
        vendor: str,
        operation: str,
        account: str = "",
        status: int | None = None,
        request_id: str = "",
        details: object = None,
        why: str = "",
        fix: str = "",
    ) -> None:
        super().__init__(what, why=why, fix=fix)
        self.vendor = vendor
        self.operation = operation
        self.account = account
        self.status = status
        self.request_id = request_id
        self.details = details


class Retryable(VendorError):
    """The same request may succeed later, and sending it again does no harm."""


class Throttled(Retryable):
    """The vendor's quota is used up for the moment."""

    wait_seconds: float | None = None


class OutcomeUnknown(VendorError):
    """A write was sent and no answer came: it may have taken effect."""


class MalformedAnswer(VendorError):
    """The vendor answered something its own specification does not allow."""


class Refused(VendorError):
    """The vendor understood the request and said no. `details` holds its reasons, parsed."""


class NotFound(Refused):
    """What was asked for does not exist there."""


class BatchStopped(AffluentError):
    """The gate stopped the batch as a whole: nothing of it was sent."""


class InvariantBroken(AffluentError):
    """Something happened that the design rules out."""
