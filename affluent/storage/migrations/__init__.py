"""The history of the schema; `migrate.upgrade` runs it."""
