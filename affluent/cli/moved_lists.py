"""Lists that the settings moved, as far as a database can tell of them."""

from __future__ import annotations

from affluent.domain.list_place import MovedList, moved_lists
from affluent.settings.models import Settings
from affluent.settings.values import selling_list_of
from affluent.storage.engine import open_engine
from affluent.storage.revision import revision_of
from affluent.storage.unit_of_work import SqlUnitsOfWork


def find_moved_lists(settings: Settings) -> list[MovedList]:
    """The lists that the settings put elsewhere than where they were used; none where there is no
    database yet that could tell."""
    if not revision_of(settings.database).is_newest:
        return []
    engine = open_engine(settings.database)
    try:
        with SqlUnitsOfWork(engine)() as work:
            written = [selling_list_of(one) for one in settings.selling_lists]
            return moved_lists(written, work.list_places.all())
    finally:
        engine.dispose()
