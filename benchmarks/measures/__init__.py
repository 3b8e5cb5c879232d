"""What the benchmarks measure, one thing a module."""
