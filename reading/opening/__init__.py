"""A file of a stranger is looked at and opened, with limits."""
