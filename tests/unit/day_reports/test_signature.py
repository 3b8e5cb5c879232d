"""A signed report is what was signed, or `verify` says what it is not."""

from __future__ import annotations

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from affluent.day_reports.canonical import canonical, hash_of
from affluent.day_reports.signature import flaws_of, new_key_pair, signed, unsigned
from affluent.domain.errors import ConfigurationError

BODY = canonical({"day": "2026-11-24", "previous": "", "runs": [], "account": "Gerät"})
PAIR = new_key_pair()
DOCUMENT = json.dumps(signed(BODY, PAIR.private), indent=2)


def test_anybody_can_check_it_with_the_public_key_alone() -> None:
    signature = json.loads(DOCUMENT)["signature"]
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(PAIR.public))

    key.verify(base64.b64decode(signature["value"]), BODY.encode())
    assert flaws_of(DOCUMENT, PAIR.public) == []
    assert signature["public_key"] == PAIR.public


@pytest.mark.parametrize(
    ("changed", "count"),
    [
        (DOCUMENT.replace("2026-11-24", "2026-11-25"), 2),
        (json.dumps(unsigned(BODY)), 1),
        (json.dumps(signed(BODY, new_key_pair().private)), 1),
        (json.dumps(signed(BODY, PAIR.private) | {"hash": "0"}), 1),
        (json.dumps(signed(BODY, PAIR.private) | {"signature": {"value": "no base64"}}), 1),
    ],
    ids=["another day", "unsigned", "another key", "another hash", "no signature"],
)
def test_what_was_not_signed_is_told(changed: str, count: int) -> None:
    assert len(flaws_of(changed, PAIR.public)) == count


def test_a_report_names_the_one_before() -> None:
    after = canonical({"day": "2026-11-25", "previous": hash_of(BODY)})
    document = json.dumps(signed(after, PAIR.private))

    assert flaws_of(document, PAIR.public, DOCUMENT) == []
    assert flaws_of(document, PAIR.public, document) == [
        "The report does not follow the one of the day before."
    ]


@pytest.mark.parametrize("document", ["", "[]", "{}", '{"report": 1, "hash": 2, "signature": 3}'])
def test_what_is_no_report_is_refused(document: str) -> None:
    with pytest.raises(ConfigurationError, match="no report of a day"):
        flaws_of(document, PAIR.public)


@pytest.mark.parametrize("key", ["", "short", base64.b64encode(b"x" * 31).decode(), "ü"])
def test_a_key_that_is_none_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(ConfigurationError, match="32 bytes") as caught:
        signed(BODY, key)

    assert not key or key not in str(caught.value)


def test_a_pair_does_not_show_itself() -> None:
    assert PAIR.private not in repr(PAIR)
