"""`affluent hooks` and `affluent serve-hooks`: the store's webhooks, registered and received."""
