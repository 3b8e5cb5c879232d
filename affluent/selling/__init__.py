"""What is sold where: the selling lists, who enters and leaves them, and what is given by file."""
