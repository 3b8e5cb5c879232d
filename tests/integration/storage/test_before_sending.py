"""Amazon's answers come back as they were kept, on both databases."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, text

from affluent.domain.amazon_catalog import Restriction, RestrictionReason
from affluent.domain.before_sending import KnownMatches, Permission
from affluent.domain.listing import CatalogMatch, Definition, Requirements
from affluent.domain.schema_drift import SchemaDrift
from affluent.ports.storage import UnitsOfWork
from tests.integration.storage.builders import NOON, US

MATCH = CatalogMatch("4006300000018", "B000TEST01", "LUGGAGE", "Rollwell", "Koffer 🧳")
NO = Restriction(US, "new_new", RestrictionReason.APPROVAL_REQUIRED, "Ask.", ("https://a.b/c",))


def test_matches_and_that_there_are_none_are_kept_by_marketplace(units: UnitsOfWork) -> None:
    known = [
        KnownMatches(MATCH.barcode, (MATCH,), NOON),
        KnownMatches("4006300000025", (), NOON),
    ]
    with units() as work:
        work.catalog_matches.save(US, known)
        work.catalog_matches.save("elsewhere", [KnownMatches(MATCH.barcode, (), NOON)])
        work.commit()
        found = work.catalog_matches.of(US, [one.barcode for one in known] + ["unknown"])

    assert found == {one.barcode: one for one in known}


def test_a_newer_answer_takes_the_place_of_the_older(units: UnitsOfWork) -> None:
    later = KnownMatches(MATCH.barcode, (), NOON + timedelta(days=1))
    with units() as work:
        work.catalog_matches.save(US, [KnownMatches(MATCH.barcode, (MATCH,), NOON)])
        work.catalog_matches.save(US, [later])
        assert work.catalog_matches.of(US, [MATCH.barcode]) == {MATCH.barcode: later}


def test_permissions_are_kept_by_account_marketplace_page_and_condition(
    units: UnitsOfWork,
) -> None:
    given = Permission("B000TEST01", "new_new", (), NOON, NOON + timedelta(days=30))
    refused = Permission("B000TEST01", "used_good", (NO,), NOON, NOON + timedelta(days=2), 2)
    sooner = Permission("B000TEST02", "new_new", (NO,), NOON, NOON + timedelta(days=1), 1)
    with units() as work:
        work.permissions.save("acme-us", US, [given, refused, sooner])
        work.permissions.save("other", US, [Permission("B000TEST03", "new_new", (), NOON, NOON)])
        work.commit()
        of = work.permissions.of("acme-us", US, ["B000TEST01", "B000TEST03"])
        waiting = work.permissions.refused("acme-us", US)

    assert of == {("B000TEST01", "new_new"): given, ("B000TEST01", "used_good"): refused}
    assert waiting == [sooner, refused]


def a_definition(checksum: str) -> Definition:
    schema = {"type": "object", "title": checksum}
    return Definition("LUGGAGE", Requirements.LISTING, US, checksum, schema, f"v-{checksum}")


def test_a_replaced_schema_is_kept_and_only_the_newest_five(
    units: UnitsOfWork, engine: Engine
) -> None:
    with units() as work:
        assert work.definitions.before("acme-us", a_definition("0")) is None
        for number in range(8):
            at = NOON + timedelta(days=number)
            for _twice in range(2):
                work.definitions.save("acme-us", a_definition(str(number)), at)
        work.commit()
        [kept] = work.definitions.all()
        before = work.definitions.before("acme-us", a_definition("7"))

    assert (kept.version, kept.fetched_at) == ("v-7", NOON + timedelta(days=7))
    assert before == a_definition("6")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT checksum FROM definition_versions"))
        assert sorted(found.scalars()) == ["2", "3", "4", "5", "6"]


def test_the_drifts_of_a_check_take_the_place_of_those_before(units: UnitsOfWork) -> None:
    drift = SchemaDrift(
        "LUGGAGE",
        Requirements.LISTING,
        "v-1",
        "v-2",
        announced=True,
        changes=("color is required now.",),
        listings={"SKU-1": ("color: …",)},
        profiles={},
    )
    other = replace(drift, product_type="HOME")
    with units() as work:
        work.definitions.keep_drifts("acme-us", US, [drift, other])
        work.definitions.keep_drifts("other", US, [drift])
        work.definitions.keep_drifts("acme-us", US, [other])
        work.commit()

        assert work.definitions.drifts() == [("acme-us", US, other), ("other", US, drift)]
