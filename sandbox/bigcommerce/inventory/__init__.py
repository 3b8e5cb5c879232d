"""Stock: where it lies, what of it may be sold, and how it is adjusted."""
