"""Values that are whole and right; a test names only what matters to it."""
