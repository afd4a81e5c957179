"""The Raumverzeichnis, and how Räume of an older Gebietsstand come to those of the project."""
