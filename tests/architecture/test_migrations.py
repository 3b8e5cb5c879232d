"""The migrations are one chain, in the order of their numbers."""

from alembic.script import ScriptDirectory

from affluent.storage import migrations


def test_every_migration_follows_the_one_before() -> None:
    script = ScriptDirectory(next(iter(migrations.__path__)))

    chain = [(one.revision, one.down_revision) for one in script.walk_revisions()][::-1]

    numbers = [None, *(f"{number:04}" for number in range(1, len(chain) + 1))]
    assert chain == list(zip(numbers[1:], numbers[:-1], strict=True))
