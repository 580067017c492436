"""Records by the million: read line by line, checked and derived part by part, sorted on disk."""
