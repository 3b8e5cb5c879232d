"""`affluent report`: written, signed, verified, and without a word of anybody's."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from affluent.domain.plan import Operation
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.unit.cli.conftest import Affluent
from tests.unit.cli.recorded import NOON, record_listings, record_orders, record_writes


@pytest.fixture
def key(config: Path, affluent: Affluent, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new key in the environment and in the settings; answers the public one."""
    made = affluent("report", "keygen", "signing.key")
    file = Path("signing.key")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    monkeypatch.setenv("AFFLUENT_SIGNING_KEY", file.read_text("ascii"))
    with config.open("a", encoding="utf-8") as settings:
        settings.write("reports:\n  signing_key: {env: AFFLUENT_SIGNING_KEY}\n")
    return made.stdout.strip()


@pytest.fixture
def recorded(units: SqlUnitsOfWork) -> None:
    """Some listings, writes and orders of 2026-11-20."""
    record_listings(units)
    record_writes(units)
    record_orders(units)


@pytest.mark.behaviour("N20")
def test_a_day_is_exported_signed_and_verified(
    affluent: Affluent, config: Path, key: str, recorded: None
) -> None:
    settings = ("--config", str(config))
    affluent("report", "--day", "2026-11-20", "--json", "--out", "first.json", *settings)
    affluent("report", "--day", "2026-11-21", "--json", "--out", "second.json", *settings)

    fine = affluent("report", "verify", "second.json", "--key", key, "--previous", "first.json")
    text = Path("first.json").read_text("utf-8")
    Path("first.json").write_text(text.replace('"refused": 1', '"refused": 0'), "utf-8")
    forged = affluent("report", "verify", "first.json", "--key", key)

    assert '"refused": 1' in text
    assert (fine.exit_code, fine.stdout) == (
        0,
        "second.json is what was signed. It follows first.json.\n",
    )
    assert forged.exit_code == 1
    assert "does not bear a valid signature" in forged.stderr


@pytest.mark.behaviour("N20")
def test_it_holds_counts_names_and_hashes_and_nothing_else(
    affluent: Affluent, config: Path, key: str, recorded: None
) -> None:
    written = affluent("report", "--day", "2026-11-20", "--json", "--config", str(config))
    report = json.loads(written.stdout)["report"]

    proof = {"previous", "ledger"}
    assert report.keys() == {"format", "day", "store", "is_over", "runs", "writes"} | proof
    for write in report["writes"]:
        assert write.keys() == {"flow", "account", "marketplace_id", "operation", "states"}
        assert all(isinstance(count, int) for count in write["states"].values())
    assert {write["operation"] for write in report["writes"]} == {
        Operation.PUT_LISTING,
        Operation.PATCH_OFFER,
        Operation.CREATE_ORDER,
        Operation.CONFIRM_SHIPMENT,
    }


def test_a_page_for_people_says_when_it_is_not_signed(
    affluent: Affluent, config: Path, recorded: None
) -> None:
    shown = affluent("report", "--day", f"{NOON:%Y-%m-%d}", "--config", str(config))

    assert shown.exit_code == 0
    assert "| run-1" not in shown.stdout
    assert "| publish_listings | north-america | US | put_listing | 1 |" in shown.stdout
    assert "Signed by: nobody" in shown.stdout
    assert "Not signed" in shown.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--day", "yesterday"), "yesterday is no day."),
        (("--json", "--md"), "A report has one form."),
    ],
)
def test_what_cannot_be_reported_is_told(
    affluent: Affluent, config: Path, words: tuple[str, ...], says: str
) -> None:
    result = affluent("report", *words, "--config", str(config))

    assert result.exit_code == 2
    assert says in result.stderr


def test_a_key_never_overwrites_a_file(affluent: Affluent) -> None:
    Path("there").write_text("precious", "utf-8")

    assert affluent("report", "keygen", "there").exit_code == 2
    assert Path("there").read_text("utf-8") == "precious"
