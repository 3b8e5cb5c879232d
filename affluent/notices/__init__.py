"""News for people who do not ask: what failed, gathered into one digest a time."""
