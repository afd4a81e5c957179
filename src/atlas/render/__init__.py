"""From released tables to finished documents: what is due, view models, maps, diagrams, HTML and PDF."""
