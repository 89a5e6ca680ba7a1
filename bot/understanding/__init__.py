"""Typed words → acts, in layers: letters, dates, tasks, clauses; then what a unit, the Office or a leader means."""
