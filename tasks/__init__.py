"""Prefect tasks: retries, limits and tags around one call inward; no rule and no I/O."""
