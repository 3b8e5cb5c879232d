"""Where notifications would go, who has subscribed to them, and what they would be sent."""
