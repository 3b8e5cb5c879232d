"""How shipments are confirmed, as it is written down, and what is wrong with it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from affluent.cli.init import settings_template
from affluent.domain.shipment_policy import ShipmentPolicy, WithoutRecord
from affluent.settings.document import read_settings
from affluent.settings.shipments import ShipmentSettings, shipment_policy_of
from tests.unit.settings.files import problems_of, write


def with_shipments(tmp_path: Path, section: dict[str, Any]) -> Path:
    return write(tmp_path, yaml.safe_load(settings_template()) | {"shipments": section})


def test_the_section_becomes_the_policy_with_codes_as_amazon_spells_them(tmp_path: Path) -> None:
    section = {
        "carriers": {"Bike Ned": "dhl", "Pigeons": "other"},
        "untracked_number": "LETTER",
        "without_record": "confirm",
        "warn_hours": 6,
    }

    policy = shipment_policy_of(read_settings(with_shipments(tmp_path, section)).shipments)

    assert policy == ShipmentPolicy(
        carriers={"Bike Ned": "DHL", "Pigeons": "Other"},
        untracked_number="LETTER",
        without_record=WithoutRecord.CONFIRM,
        warn_before=timedelta(hours=6),
    )


def test_without_the_section_the_policy_is_the_domains_own() -> None:
    assert shipment_policy_of(ShipmentSettings()) == ShipmentPolicy()


@pytest.mark.parametrize(
    ("section", "key", "words"),
    [
        ({"carriers": {"Bike Ned": "FedExx"}}, "shipments.carriers.Bike Ned", "such as FedEx;"),
        ({"without_record": "confirm"}, "shipments.without_record", "untracked_number"),
        ({"without_record": "guess"}, "shipments.without_record", "hold"),
        ({"warn_hours": 0}, "shipments.warn_hours", "1"),
    ],
)
def test_what_amazon_would_refuse_is_refused_here(
    tmp_path: Path, section: dict[str, Any], key: str, words: str
) -> None:
    [problem] = problems_of(with_shipments(tmp_path, section))

    assert problem.key == key
    assert words in f"{problem.problem} {problem.fix}"
