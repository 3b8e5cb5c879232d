"""What proves the sandbox: its data, its frame, and its two vendors."""
