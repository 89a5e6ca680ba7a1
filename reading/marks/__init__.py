"""Stamps and words that limit who may see a document."""
