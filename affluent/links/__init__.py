"""Linking what is already on Amazon to the store, by SKU."""
