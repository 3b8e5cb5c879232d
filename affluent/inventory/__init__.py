"""Reconciling: everything on Amazon against everything intended."""
