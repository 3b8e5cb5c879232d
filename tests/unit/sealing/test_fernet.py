"""What is sealed opens with its key, for its owner, unaltered; and else not at all."""

from __future__ import annotations

import pytest

from affluent.domain.errors import ConfigurationError
from affluent.sealing.fernet import FernetSealer, new_key
from tests.builders.privacy import sealer

OLD, NEW = new_key(), new_key()


def test_a_text_opens_again() -> None:
    ours = sealer(OLD)

    content = ours.seal("acme\n1", "Ottilie Zwingenberger")

    assert b"Ottilie" not in content
    assert ours.open("acme\n1", ours.newest, content) == "Ottilie Zwingenberger"


def test_the_first_key_seals_and_every_key_opens() -> None:
    before, after = sealer(OLD), sealer(NEW, OLD)

    content = before.seal("acme\n1", "Ottilie")

    assert after.open("acme\n1", before.newest, content) == "Ottilie"
    assert after.newest == sealer(NEW).newest
    assert after.key_ids == {before.newest, after.newest}


def test_nothing_opens_without_its_key() -> None:
    content = sealer(OLD).seal("acme\n1", "Ottilie")

    assert sealer(NEW).open("acme\n1", sealer(OLD).newest, content) is None


def test_what_is_sealed_for_one_order_does_not_open_for_another() -> None:
    ours = sealer(OLD)
    content = ours.seal("acme\n1", "Ottilie")

    assert ours.open("acme\n2", ours.newest, content) is None
    assert ours.open("acme-eu\n1", ours.newest, content) is None


@pytest.mark.parametrize("position", [0, 20, 60, -1])
def test_what_was_altered_does_not_open(position: int) -> None:
    ours = sealer(OLD)
    content = bytearray(ours.seal("acme\n1", "Ottilie"))
    content[position] ^= 1

    assert ours.open("acme\n1", ours.newest, bytes(content)) is None


@pytest.mark.parametrize(
    "key",
    ["", "short", "ä" * 44, new_key()[:-6], new_key() + "AAAA"],
    ids=["none", "short", "no base64", "cut short", "too long"],
)
def test_what_is_no_key_is_named_by_its_place_alone(key: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        FernetSealer({"environment variable AFFLUENT_PRIVACY_KEY": key})

    assert refusal.value.what == (
        "The environment variable AFFLUENT_PRIVACY_KEY holds no key for buyers' data."
    )
    assert not key or key not in repr(refusal.value) + str(refusal.value)


def test_a_sealer_has_a_key() -> None:
    with pytest.raises(ConfigurationError, match="no key to seal"):
        FernetSealer({})


def test_a_key_shows_itself_nowhere() -> None:
    ours = sealer(OLD)

    assert OLD not in repr(ours) + str(vars(ours)) + ours.newest
