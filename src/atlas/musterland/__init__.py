"""Seeded generator of the made-up demo *Landkreis Musterland* and its raw deliveries."""
