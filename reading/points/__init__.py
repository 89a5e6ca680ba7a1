"""Paragraphs, points and tables, and what makes a duty of them."""
