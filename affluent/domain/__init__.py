"""The vocabulary: frozen values and pure rules, on the standard library alone."""
