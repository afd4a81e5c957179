"""Repair what WeasyPrint 70 leaves wrong in a tagged PDF and validators do not see, before the file is written.

Lists hold only items, header cells get a scope and an identifier that is theirs alone, figures their box in points,
running heads become artifacts, links say where they lead, the metadata claim PDF/UA-1 beside PDF/A-3a, and every
stream is compressed once. The functions work on the objects of `pydyf.PDF`, which WeasyPrint hands to a `finisher`;
their form is not documented and is pinned by tests.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import pydyf

from atlas.errors import AtlasError
from atlas.render.pdf_links import describe_links

if TYPE_CHECKING:
    from collections.abc import Iterator

PUNKTE_JE_PIXEL = 0.75  # 72 points and 96 CSS pixels an inch
KOMPRESSION = 6  # level 9 takes twice the time of 6 for one percent less

# PDF/A knows the namespace of PDF/UA only when the file describes it, hence the second part.
_PDFUA_KENNUNG = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def finish(pdf: pydyf.PDF) -> None:
    """Make a tagged PDF/A-3a of WeasyPrint a PDF/UA-1 as well, in place.

    Raises `AtlasError` for a link in a running head, which assistive technology could not reach.
    """
    wurzel = _get(pdf, pdf.catalog["StructTreeRoot"])
    _flatten_listen(pdf, wurzel)
    elemente = list(_iterate_elemente(pdf, wurzel))
    _set_scope(pdf, elemente)
    _set_kennungen(pdf, wurzel, elemente)
    _set_figure_boxes(pdf, elemente)
    _mark_artefakte(pdf, wurzel, {element.number for element in elemente})
    describe_links(pdf)
    _claim_pdfua(pdf)
    _compress(pdf)


def _get(pdf: pydyf.PDF, verweis: bytes) -> Any:  # noqa: ANN401  # pydyf has no types
    return pdf.objects[_nummer(verweis)]


def _nummer(verweis: bytes) -> int:
    """Object number of a reference such as `b"12 0 R"`."""
    return int(verweis.split()[0])


def _iterate_elemente(pdf: pydyf.PDF, oberstes: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    """Structure elements below one element in reading order; what the tree does not reach is not among them."""
    stapel = [oberstes]
    while stapel:
        element = stapel.pop()
        if element.get("Type") == "/StructElem":
            yield element
        stapel.extend(reversed(_kinder(pdf, element)))


def _kinder(pdf: pydyf.PDF, element: pydyf.Dictionary) -> list[Any]:
    """Objects directly below an element; marked content, which stands there as a bare number, is left out."""
    return [_get(pdf, kind) for kind in element.get("K", ()) if isinstance(kind, bytes)]


def _flatten_listen(pdf: pydyf.PDF, wurzel: pydyf.Dictionary) -> None:
    """Take the groups out of lists: HTML allows `dl > div > dt`, in a PDF a list holds nothing but its items."""
    for liste in list(_iterate_elemente(pdf, wurzel)):
        if liste["S"] != "/L":
            continue
        punkte = []
        for kind in _kinder(pdf, liste):
            punkte.extend(_kinder(pdf, kind) if kind.get("S") == "/Div" else [kind])
        for punkt in punkte:
            punkt["P"] = liste.reference
        liste["K"][:] = [punkt.reference for punkt in punkte]


def _set_scope(pdf: pydyf.PDF, elemente: list[pydyf.Dictionary]) -> None:
    """Say of each header cell whether it heads its row or its column.

    The objects no longer hold the attribute `scope` of the HTML, but WeasyPrint has written its consequence: only
    a header with `scope="row"` is named among the `Headers` of the data cells in its own row.
    """
    for zeile in elemente:
        if zeile["S"] != "/TR":
            continue
        zellen = _kinder(pdf, zeile)
        koepfe = {kopf.string for zelle in zellen for kopf in zelle.get("A", {}).get("Headers", ())}
        for zelle in zellen:
            if zelle["S"] == "/TH":
                zelle["A"]["Scope"] = "/Row" if "ID" in zelle and zelle["ID"].string in koepfe else "/Column"


def _set_kennungen(pdf: pydyf.PDF, wurzel: pydyf.Dictionary, elemente: list[pydyf.Dictionary]) -> None:
    """Give each header cell an identifier of its own and list them in the IDTree, which `Headers` needs.

    WeasyPrint counts rows anew on every page, so the parts of a long table would share identifiers.
    """
    for tabelle in elemente:
        if tabelle["S"] != "/Table":
            continue
        for zelle in _iterate_elemente(pdf, tabelle):
            if "ID" in zelle:
                zelle["ID"] = pydyf.String(f"{tabelle.number}/{zelle['ID'].string}")
            if koepfe := zelle.get("A", {}).get("Headers"):
                koepfe[:] = [pydyf.String(f"{tabelle.number}/{kopf.string}") for kopf in koepfe]
    namen = sorted((element["ID"].string, element) for element in elemente if "ID" in element)
    if namen:
        paare = [teil for name, element in namen for teil in (pydyf.String(name), element.reference)]
        wurzel["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(paare)})


def _set_figure_boxes(pdf: pydyf.PDF, elemente: list[pydyf.Dictionary]) -> None:
    """Turn the boxes of figures from CSS pixels below the upper edge into points above the lower edge."""
    for element in elemente:
        if element["S"] != "/Figure":
            continue
        hoehe = _get(pdf, element["Pg"])["TrimBox"][3]
        links, oben, rechts, unten = (wert * PUNKTE_JE_PIXEL for wert in element["A"]["BBox"])
        box = (links, hoehe - unten, rechts, hoehe - oben)
        element["A"]["BBox"] = pydyf.Array([round(wert, 2) for wert in box])


def _mark_artefakte(pdf: pydyf.PDF, wurzel: pydyf.Dictionary, erreichbar: set[int]) -> None:
    """Mark running heads and page numbers as artifacts: WeasyPrint tags them and then leaves them out of the tree."""
    nummern = _get(pdf, wurzel["ParentTree"])["Nums"]
    for seite, verweis in enumerate(pdf.page_references):
        verweise = nummern[2 * seite + 1]
        verwaist = {mcid for mcid, eltern in enumerate(verweise) if _nummer(eltern) not in erreichbar}
        inhalt = _get(pdf, _get(pdf, verweis)["Contents"]).stream
        for stelle, operator in enumerate(inhalt):
            if operator == b"BDC" and inhalt[stelle - 1]["MCID"] in verwaist:
                inhalt[stelle - 2 : stelle] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
        for mcid in verwaist:
            verweise[mcid] = "null"
    for objekt in pdf.objects:
        ist_element = isinstance(objekt, pydyf.Dictionary) and objekt.get("Type") == "/StructElem"
        if ist_element and objekt.number not in erreichbar:
            _empty_verwaistes(objekt)


def _empty_verwaistes(element: pydyf.Dictionary) -> None:
    """Empty an element nothing refers to any more; a link would still refer to it from its annotation."""
    if element["S"] == "/Link":
        raise AtlasError(
            "In einer Kopf- oder Fußzeile steht ein Link; Hilfsmittel könnten ihn nicht erreichen. "
            "Den Link in der Vorlage in den Text verschieben oder entfernen."
        )
    element.clear()


def _claim_pdfua(pdf: pydyf.PDF) -> None:
    """Add the identifier of PDF/UA-1 to the metadata, and leave them uncompressed for archives to read."""
    metadaten = _get(pdf, pdf.catalog["Metadata"])
    metadaten.stream = [b"".join(metadaten.stream).replace(b"</rdf:RDF>", _PDFUA_KENNUNG, 1)]
    metadaten.compress = False


def _compress(pdf: pydyf.PDF) -> None:
    """Compress each stream once; pydyf would do it at level 9 and twice, the first time for the file identifier."""
    for objekt in pdf.objects:
        if isinstance(objekt, pydyf.Stream) and objekt.compress and "Filter" not in objekt.extra:
            roh = b"\n".join(_to_bytes(teil) for teil in objekt.stream)
            objekt.stream = [zlib.compress(roh, KOMPRESSION)]
            objekt.extra["Filter"] = "/FlateDecode"
            objekt.compress = False


def _to_bytes(teil: object) -> bytes:
    if isinstance(teil, bytes):
        return teil
    if isinstance(teil, pydyf.Object):
        return bytes(teil.data)
    return str(teil).encode("ascii")
