"""Where notifications would go, and who has subscribed to them. None is ever sent."""
