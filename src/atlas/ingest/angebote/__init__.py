"""Lists with one thing per row: Angebote with their Lage, and what they share with Beiträge."""
