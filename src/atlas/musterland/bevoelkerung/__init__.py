"""Residents by single year of age and sex for every leaf, with the events that explain every change."""

from __future__ import annotations

from atlas.musterland.bevoelkerung.fortschreibung import Bevoelkerung, generate_bevoelkerung

__all__ = ["Bevoelkerung", "generate_bevoelkerung"]
