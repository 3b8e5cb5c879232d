"""Whether all goes on as it should, as far as our own records tell: silence is an alarm."""
