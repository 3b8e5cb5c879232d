"""Orders: placing them, finding them, confirming their shipment."""
