"""How strictly each vendor's named formats are read."""

from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime


def is_bigcommerce_moment(text: str) -> bool:
    """RFC 2822, as V2 writes its moments, or ISO 8601, as V3 does; both are called date-time."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            read(text)
        except ValueError:
            continue
        return True
    return False


FORMATS: dict[str, dict[str, Callable[[str], bool]]] = {
    "amazon": {},
    "bigcommerce": {"date-time": is_bigcommerce_moment},
}
