"""What is kept of buyers' data, sealed, from Amazon's showing an order to its purge."""
