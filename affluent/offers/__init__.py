"""Keeping price and quantity on Amazon in step with the store."""
