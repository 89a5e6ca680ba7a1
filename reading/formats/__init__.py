"""One module a format, imported only when a file of that format has come: each brings its own library."""
