"""The approval of plans: what may go by itself, what waits for a person, and what was decided."""
