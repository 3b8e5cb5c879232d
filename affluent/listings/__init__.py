"""Publishing selling lists: what is offered or created on Amazon."""
