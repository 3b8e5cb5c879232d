"""The error book: what a message means, which field to mend, and how.

One module a subject holds the entries as data; book.py finds an entry and writes docs/errors.md.
"""

from affluent.domain.error_book.book import explain, render_error_book
from affluent.domain.error_book.entry import ErrorEntry

__all__ = ["ErrorEntry", "explain", "render_error_book"]
