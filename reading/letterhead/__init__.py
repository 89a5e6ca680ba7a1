"""What the letterhead, the signature or the page around a text say of a document."""
