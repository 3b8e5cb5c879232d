"""V2 orders: how they are checked, totalled, kept, shown, and what they do to the stock."""
