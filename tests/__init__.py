"""What proves that the product keeps its promises."""
