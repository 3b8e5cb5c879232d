"""The migrations are one chain, in the order of their numbers."""

from pathlib import Path

from alembic.script import ScriptDirectory

from affluent.storage import migrations

FOLDER = Path(next(iter(migrations.__path__)))


def test_every_migration_follows_the_one_before() -> None:
    files = sorted((FOLDER / "versions").glob("[0-9]*.py"))

    chain = list(ScriptDirectory(str(FOLDER)).walk_revisions())[::-1]

    numbers = [None, *(f"{number:04}" for number in range(1, len(files) + 1))]
    assert [one.revision for one in chain] == numbers[1:]
    assert [one.down_revision for one in chain] == numbers[:-1]
    assert [Path(one.path) for one in chain] == files
