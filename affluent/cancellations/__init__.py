"""Following cancellations and refunds from either side to the other."""
