"""Ending listings: no more units, or taken off Amazon; and listing them again."""
