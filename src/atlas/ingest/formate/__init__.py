"""Readers: bytes of any kind of table become rows of text with their addresses."""
