"""Every French territory since 1943: what it was on a day, and what became of it."""
