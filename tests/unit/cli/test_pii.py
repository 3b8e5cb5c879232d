"""`affluent pii`: what is held, without a word of it; keys made and changed; buyers forgotten."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from affluent.domain.order import OrderState
from affluent.privacy.safe import seal_order
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.builders.catalog import ACCOUNT
from tests.builders.orders import amazon_order, recorded_order
from tests.builders.privacy import sealer
from tests.unit.cli.conftest import Affluent

NOW = datetime.now(UTC)
WAITS, STORED = "701-0000001-0000001", "701-0000002-0000002"


@pytest.fixture
def keys(config: Path, affluent: Affluent, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two keys in the environment and in the settings, newest first."""
    made = []
    with config.open("a", encoding="utf-8") as settings:
        settings.write("privacy:\n  keys: [{env: KEY_NEW}, {env: KEY_OLD}]\n")
    for name in ("KEY_NEW", "KEY_OLD"):
        assert affluent("pii", "keygen", name).exit_code == 0
        assert stat.S_IMODE(Path(name).stat().st_mode) == 0o600
        made.append(Path(name).read_text("ascii").strip())
        monkeypatch.setenv(name, made[-1])
    return made


def test_a_key_is_never_overwritten(affluent: Affluent) -> None:
    affluent("pii", "keygen", "buyers.key")
    before = Path("buyers.key").read_text("ascii")

    again = affluent("pii", "keygen", "buyers.key")

    assert again.exit_code == 2
    assert Path("buyers.key").read_text("ascii") == before
    assert before.strip() not in again.output


def test_a_report_tells_counts_keys_and_dates_and_no_buyer(
    affluent: Affluent, config: Path, units: SqlUnitsOfWork, keys: list[str]
) -> None:
    _keep(units, WAITS, keys[1])
    with units() as work:
        work.orders.save([recorded_order(STORED)], NOW)
        work.commit()

    shown = affluent("pii", "report", "--config", str(config))
    found = json.loads(affluent("pii", "report", "--json", "--config", str(config)).stdout)

    key = sealer(keys[1]).newest
    day = f"{NOW + timedelta(days=30):%Y-%m-%d}"
    assert shown.stdout.splitlines() == [
        f"{ACCOUNT}: 1 orders sealed by key {key}, the oldest 0 days old, to be purged from "
        f"{day} to {day}.",
        "The next purge removes 0.",
        f"{ACCOUNT}: 1 orders stand in BigCommerce, with their buyers' data.",
    ]
    assert found["held"][0]["readable"]
    assert "Ada" not in shown.output + str(found)


def test_a_lost_key_is_told(
    affluent: Affluent, config: Path, units: SqlUnitsOfWork, keys: list[str]
) -> None:
    _keep(units, WAITS)

    shown = affluent("pii", "report", "--config", str(config))
    rotated = affluent("pii", "rotate", "--config", str(config))

    assert "UNREADABLE, its key is not in the settings" in shown.stdout
    assert "1 are unreadable: Amazon is asked for them again." in rotated.stdout


def test_a_rotation_needs_a_key(affluent: Affluent, config: Path) -> None:
    refused = affluent("pii", "rotate", "--config", str(config))

    assert refused.exit_code == 2
    assert "Put one first under privacy.keys" in refused.output


def test_a_rotation_tells_what_it_did(
    affluent: Affluent, config: Path, units: SqlUnitsOfWork, keys: list[str]
) -> None:
    _keep(units, WAITS, keys[1])

    done = affluent("pii", "rotate", "--config", str(config))

    key = sealer(keys[0]).newest
    assert done.stdout.splitlines()[0] == f"Sealed 1 orders anew, with key {key}."


def test_a_buyer_is_forgotten_and_what_is_left_is_said(
    affluent: Affluent, config: Path, units: SqlUnitsOfWork, keys: list[str]
) -> None:
    _keep(units, WAITS, keys[0])
    with units() as work:
        work.orders.save([recorded_order(STORED)], NOW)
        work.commit()

    waiting = affluent("pii", "purge", "--order", WAITS, "--config", str(config))
    stored = affluent("pii", "purge", "--order", STORED, "--config", str(config))

    assert f"Removed 1 sealed orders with the number {WAITS}." in waiting.stdout
    assert "the next import asks Amazon for it again" in waiting.stdout
    assert "BigCommerce order 100 holds the buyer's data" in stored.stdout
    report = affluent("pii", "report", "--config", str(config))
    assert report.stdout.startswith("No buyer's data is held.")


def test_a_purge_says_what_remains(
    affluent: Affluent, config: Path, units: SqlUnitsOfWork, keys: list[str]
) -> None:
    _keep(units, WAITS, keys[0])

    done = affluent("pii", "purge", "--config", str(config))

    assert done.stdout.startswith("Purged the buyers' data of 0 orders; 1 remain, the oldest")


def _keep(units: SqlUnitsOfWork, order_id: str, *keys: str) -> None:
    sealed = seal_order(sealer(*keys), ACCOUNT, amazon_order(order_id), NOW, NOW)
    with units() as work:
        work.orders.save(
            [recorded_order(order_id, state=OrderState.WAITING, store_order_id=None)], NOW
        )
        work.buyers.save([sealed])
        work.commit()
