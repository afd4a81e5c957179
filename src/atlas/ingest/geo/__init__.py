"""Polygons and their properties out of GeoJSON, shapefiles and GeoPackages, in longitude and latitude."""
