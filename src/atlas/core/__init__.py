"""The pure core: tables in, tables out; no paths, clock, log, YAML or unseeded randomness."""
