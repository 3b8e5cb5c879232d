"""Confirming the store's shipments on Amazon."""
