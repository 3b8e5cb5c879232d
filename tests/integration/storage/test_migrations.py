"""The migrations lead from nothing to just what the models say, on both databases."""

from concurrent.futures import ThreadPoolExecutor

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from affluent.storage.engine import open_engine
from affluent.storage.migrate import upgrade
from affluent.storage.schema import Base


def test_from_empty_to_the_models(empty_database_url: str) -> None:
    upgrade(empty_database_url)

    engine = open_engine(empty_database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)
        checks = inspect(connection).get_check_constraints("listings")
    engine.dispose()

    assert differences == []
    assert [check["name"] for check in checks] == ["ck_listings_price_whole"]


def test_again_changes_nothing_and_several_at_once_wait_for_each_other(
    empty_database_url: str,
) -> None:
    with ThreadPoolExecutor(3) as workers:
        list(workers.map(upgrade, [empty_database_url] * 3))
    upgrade(empty_database_url)

    engine = open_engine(empty_database_url)
    names = set(inspect(engine).get_table_names())
    engine.dispose()

    assert names == {*Base.metadata.tables, "alembic_version"}
