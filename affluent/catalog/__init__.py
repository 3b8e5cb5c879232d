"""Reading the store's catalog into our snapshot; nothing outside changes."""
