"""Importing Amazon orders into the store, exactly once."""
