"""The seller's listings: submissions, what Amazon makes of them, and how they are shown."""
