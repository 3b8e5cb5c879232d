"""Sealing what is kept of buyers' data."""
