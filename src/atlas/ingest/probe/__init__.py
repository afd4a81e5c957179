"""What a declaration would read of a file, and what changed since an earlier delivery; nothing is written."""
