"""Say of each link inside a PDF where it leads: »Das Wichtigste in Kürze, Seite 3« instead of the name of an anchor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydyf

if TYPE_CHECKING:
    from collections.abc import Iterator


def describe_links(pdf: pydyf.PDF) -> None:
    """Write title and page of its goal into the description of each internal link."""
    titel = {_key(objekt["Dest"]): objekt["Title"].string for objekt in _dictionaries(pdf) if "Title" in objekt}
    seiten = {verweis: nummer for nummer, verweis in enumerate(pdf.page_references, start=1)}
    ziele = dict(_find_ziele(pdf))
    for objekt in _dictionaries(pdf):
        if objekt.get("Subtype") == "/Link" and "Dest" in objekt:
            ziel = ziele[objekt["Dest"].string]
            teile = [titel.get(_key(ziel), ""), f"Seite {seiten[ziel[0]]}"]
            objekt["Contents"] = pydyf.String(", ".join(teil for teil in teile if teil))


def _dictionaries(pdf: pydyf.PDF) -> Iterator[pydyf.Dictionary]:
    return (objekt for objekt in pdf.objects if isinstance(objekt, pydyf.Dictionary))


def _find_ziele(pdf: pydyf.PDF) -> Iterator[tuple[str, pydyf.Array]]:
    """Give the anchors of the document with their places."""
    namen = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", ())
    for name, ziel in zip(namen[::2], namen[1::2], strict=True):
        yield name.string, ziel


def _key(ziel: pydyf.Array) -> tuple[bytes, float]:
    """Give page and height of a place; headings and anchors of the same element share them."""
    seite, _, _, hoehe, *_ = ziel
    return seite, round(float(hoehe), 1)
