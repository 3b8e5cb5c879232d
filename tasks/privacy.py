"""The purge of buyers' data."""

from __future__ import annotations

from affluent.bootstrap import Application
from affluent.domain.safekeeping import Purge
from affluent.privacy.purging import count_overdue, purge
from tasks.runtime import reading


@reading
def read_overdue(application: Application) -> int:
    """How many orders' buyers would be removed now."""
    rules = application.settings.privacy.rules()
    return count_overdue(rules, application.units, application.clock.now())


@reading
def purge_kept(application: Application) -> Purge:
    """Remove and overwrite what is past its time; a second time finds nothing."""
    rules = application.settings.privacy.rules()
    return purge(rules, application.units, application.eraser, application.clock.now())
