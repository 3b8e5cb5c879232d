"""The store's webhooks: whether a call is genuine, what it tells, and which runs it asks for."""
