"""One pydantic model per configuration file."""
