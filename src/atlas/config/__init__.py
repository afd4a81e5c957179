"""The only place that knows YAML and pydantic: strict reader, models, load, katalog."""
