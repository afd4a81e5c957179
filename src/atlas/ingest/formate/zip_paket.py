"""The ZIP in which a workbook is packed: looked at before anything opens it, so that nothing small unpacks into much.

Imported by the child process that reads workbooks, so it must stay light: the standard library only.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET
from zlib import error as ZlibError  # noqa: N812  # a class that zlib writes in small letters

from atlas.ingest.formate.unlesbar import FALSCH, NEU, UNVOLLSTAENDIG, UnlesbarError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES: Final = 200_000_000
"""A delivered workbook is a few megabytes; the largest published one known has 60."""
MAX_TEILE: Final = 10_000
"""Parts of a package; a workbook has a handful for each sheet."""
MAX_ENTPACKT: Final = 1_000_000_000
"""Unpacked bytes of all parts: about 20 million cells."""
MAX_VERHAELTNIS: Final = 200
"""Unpacked to packed; tables come to 5 to 30, a made-up bomb to 1,000."""
VERHAELTNIS_AB: Final = 50_000_000
"""Below so many unpacked bytes the ratio is nobody's business: empty sheets with styles pack very well."""
BLOCK: Final = 1 << 20
_KOPF: Final = 30
"""Bytes of the fixed part of the header that stands before each packed part."""

_DTD: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ZEICHENSATZ: Final = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"'](?!utf-?8[\"']|us-ascii[\"'])", re.IGNORECASE)


def open_paket(inhalt: bytes) -> zipfile.ZipFile:
    """Give the package by its directory alone; nothing is unpacked.

    Raises `UnlesbarError` when parts overlap, lie outside, are encrypted, occur twice, or would unpack beyond the
    limits of this module.
    """
    if len(inhalt) > MAX_BYTES:
        raise UnlesbarError(f"die Datei hat mehr als {MAX_BYTES // 1_000_000} MB. Nicht benötigte Blätter löschen.")
    try:
        paket = zipfile.ZipFile(io.BytesIO(inhalt))
    # zipfile raises NotImplementedError for a compression it does not know; that is bad input too.
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as fehler:
        raise UnlesbarError(UNVOLLSTAENDIG) from fehler
    teile = paket.infolist()
    if len(teile) > MAX_TEILE:
        raise UnlesbarError(f"die Datei besteht aus mehr als {MAX_TEILE} Teilen, so ist keine Tabelle gebaut. {NEU}")
    if any(teil.flag_bits & 1 for teil in teile):
        raise UnlesbarError("die Arbeitsmappe ist verschlüsselt gepackt. Ohne Kennwort neu anfordern.")
    if _overlap(teile, paket.start_dir):
        raise UnlesbarError(f"die gepackten Teile der Arbeitsmappe überlappen sich. {NEU}")
    entpackt, gepackt = sum(teil.file_size for teil in teile), sum(teil.compress_size for teil in teile)
    if entpackt > MAX_ENTPACKT or (entpackt > VERHAELTNIS_AB and entpackt > MAX_VERHAELTNIS * gepackt):
        text = f"die Arbeitsmappe wird entpackt unverhältnismäßig groß ({entpackt // 1_000_000} MB). "
        raise UnlesbarError(f"{text}Leere formatierte Zeilen und Spalten löschen, dann neu speichern.")
    return paket


def _overlap(teile: list[zipfile.ZipInfo], verzeichnis: int) -> bool:
    """Tell whether a part reaches into the next or into the directory, has a name twice or an unknown packing."""
    sortiert = sorted(teile, key=lambda teil: teil.header_offset)
    grenzen = [*(teil.header_offset for teil in sortiert[1:]), verzeichnis]
    return (
        len({teil.filename.lower() for teil in teile}) < len(teile)
        or any(teil.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for teil in teile)
        or any(
            teil.header_offset < 0 or teil.header_offset + _KOPF + teil.compress_size > grenze
            for teil, grenze in zip(sortiert, grenzen, strict=True)
        )
    )


def read_bloecke(paket: zipfile.ZipFile, teil: str, ueberlappung: int = 0) -> Iterator[bytes]:
    """Unpack a part block by block, each with the last bytes of the one before it in front.

    Raises `UnlesbarError` when the part is missing, damaged or longer than the directory said.
    """
    rest, gelesen = b"", 0
    try:
        with paket.open(teil) as strom:
            while block := strom.read(BLOCK):
                gelesen += len(block)
                if gelesen > MAX_ENTPACKT:
                    raise UnlesbarError(UNVOLLSTAENDIG)
                yield rest + block if rest else block
                rest = block[-ueberlappung:] if ueberlappung else b""
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError, ZlibError) as fehler:
        raise UnlesbarError(UNVOLLSTAENDIG) from fehler


def check_xml(paket: zipfile.ZipFile) -> None:
    """Unpack every XML part once and refuse what expands while it is read, and what hides from this look.

    Raises `UnlesbarError` for a document type or entity, for another encoding than UTF-8, and for damage.
    """
    for teil in paket.namelist():
        if not teil.lower().endswith((".xml", ".rels", ".vml")):
            continue
        for nummer, block in enumerate(read_bloecke(paket, teil, ueberlappung=16)):
            if _DTD.search(block):
                raise UnlesbarError(f"»{teil[:60]}« in der Arbeitsmappe enthält eine Dokumenttyp-Angabe. {NEU}")
            if nummer == 0 and (b"\0" in block[:16] or _ZEICHENSATZ.match(block.removeprefix(b"\xef\xbb\xbf"))):
                raise UnlesbarError(f"»{teil[:60]}« in der Arbeitsmappe ist nicht in UTF-8 gespeichert. {NEU}")


def find_teile(paket: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Give name and part of each sheet, in the order of the workbook.

    Raises `UnlesbarError` when the workbook does not say where its sheets are.
    """
    namen = {name.lower(): name for name in paket.namelist()}
    try:
        verweise = _parse(paket, namen["xl/_rels/workbook.xml.rels"])
        mappe = _parse(paket, namen["xl/workbook.xml"])
        ziele = {verweis.attrib["Id"]: verweis.attrib["Target"] for verweis in verweise}
        return [(blatt.attrib["name"], namen[_resolve(ziele[_id(blatt)])]) for blatt in mappe.iterfind("{*}sheets/*")]
    except (KeyError, ET.ParseError) as fehler:
        raise UnlesbarError(FALSCH) from fehler


def _parse(paket: zipfile.ZipFile, teil: str) -> ET.Element:
    return ET.fromstring(b"".join(read_bloecke(paket, teil)))  # noqa: S314  # check_xml has refused all entities


def _id(blatt: ET.Element) -> str:
    return next(wert for name, wert in blatt.attrib.items() if name.endswith("}id"))


def _resolve(ziel: str) -> str:
    """Give the name of a part that xl/workbook.xml points to; it may begin at the root."""
    ziel = ziel.replace("\\", "/").removeprefix("./").lower()
    return ziel.lstrip("/") if ziel.startswith("/") else f"xl/{ziel}"
