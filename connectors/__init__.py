"""The vendors, wire to domain and back. Nothing here decides what a merchant wants."""
