"""Our own store: the ledger and the snapshots, on SQLite or PostgreSQL."""
