"""Signing a report with Ed25519, and saying whether a signed one is what was signed.

Keys are 32 bytes in base64: the private one is a secret, the public one goes to whoever verifies.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from affluent.day_reports.canonical import canonical, hash_of
from affluent.domain.errors import ConfigurationError

_ALGORITHM: Final = "Ed25519"


@dataclass(frozen=True, repr=False)
class KeyPair:
    """A new key; the private half does not show itself."""

    private: str
    public: str


def new_key_pair() -> KeyPair:
    """A fresh pair of keys."""
    key = Ed25519PrivateKey.generate()
    return KeyPair(_text(key.private_bytes_raw()), _text(key.public_key().public_bytes_raw()))


def signed(body: str, private_key: str) -> dict[str, Any]:
    """The document that is handed out: the report, its hash, and who signed it.

    Raises ConfigurationError where the key is none.
    """
    key = Ed25519PrivateKey.from_private_bytes(_key_bytes(private_key, "signing key"))
    return {
        **unsigned(body),
        "signature": {
            "algorithm": _ALGORITHM,
            "public_key": _text(key.public_key().public_bytes_raw()),
            "value": _text(key.sign(body.encode())),
        },
    }


def unsigned(body: str) -> dict[str, Any]:
    """The same without a signature, where no key is set up."""
    return {"report": json.loads(body), "hash": hash_of(body), "signature": None}


def flaws_of(document: str, public_key: str, previous: str | None = None) -> list[str]:
    """Why a document is not what the holder of the key signed; empty where it is.

    `previous` is the document of the day before, whose hash the report must name.
    """
    key = Ed25519PublicKey.from_public_bytes(_key_bytes(public_key, "public key"))
    content = _parsed(document)
    body = canonical(content["report"])
    flaws = []
    if content["hash"] != hash_of(body):
        flaws.append("The report is not the one that its hash was made of.")
    if not _is_signed(body, content["signature"], key):
        flaws.append("The report does not bear a valid signature of this key.")
    if previous is not None and content["report"].get("previous") != _hash_in(previous):
        flaws.append("The report does not follow the one of the day before.")
    return flaws


def _is_signed(body: str, signature: Any, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(base64.b64decode(signature["value"], validate=True), body.encode())
    except (InvalidSignature, KeyError, TypeError, ValueError):
        return False
    return True


def _hash_in(document: str) -> str:
    return hash_of(canonical(_parsed(document)["report"]))


def _parsed(document: str) -> dict[str, Any]:
    try:
        content = json.loads(document)
        complete = {"report", "hash", "signature"} <= content.keys()
    except (ValueError, AttributeError):
        complete = False
    if not complete or not isinstance(content["report"], dict):
        raise ConfigurationError(
            "The file is no report of a day.", fix="Write one with `affluent report --json --out`."
        )
    return dict(content)


def _key_bytes(text: str, name: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise ConfigurationError(
            f"The {name} is not 32 bytes in base64.", fix="Make a pair: affluent report keygen."
        ) from None
    return key


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
