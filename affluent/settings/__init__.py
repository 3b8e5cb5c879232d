"""What a merchant writes down in affluent.yaml, and the only reader of the environment."""
