"""The `affluent` command: it calls flows and rivers and holds no rule."""
