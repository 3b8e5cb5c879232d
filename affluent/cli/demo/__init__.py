"""`affluent demo`: the main job, whole, on a sandbox of its own; and the story it is told with."""
