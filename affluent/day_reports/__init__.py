"""Reports of days: built of our own records, chained by their hashes, signed when handed out."""
