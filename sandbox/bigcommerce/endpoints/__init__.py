"""The API's operations: one class per resource, one method per operation."""
