"""What surrounds prefect.yaml: the work pool, the secrets and the limits of a Prefect server."""
