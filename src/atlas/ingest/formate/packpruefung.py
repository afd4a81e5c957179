"""What a workbook is packed in: looked at before anything opens it, so that no small file unpacks into a big one.

Imported by the child process that reads workbooks, so it must stay light: the standard library only.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET
from zlib import error as ZlibError  # noqa: N812  # a class that zlib writes in small letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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

_NEU: Final = "In Excel öffnen, neu als XLSX speichern."
_BESCHAEDIGT: Final = f"die Arbeitsmappe ist beschädigt oder unvollständig. Neu herunterladen, oder: {_NEU}"
FALSCH: Final = f"die Arbeitsmappe ist fehlerhaft aufgebaut. {_NEU}"
_DTD: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ZEICHENSATZ: Final = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"'](?!utf-?8[\"']|us-ascii[\"'])", re.IGNORECASE)


class UnlesbarError(Exception):
    """The workbook cannot be read; `probleme` are (row, place, text) in German, row 0 for the whole file."""

    def __init__(self, text: str, *, zeile: int = 0, ort: str = "") -> None:
        """Say one thing that is wrong; `join` says several."""
        super().__init__(text)
        self.probleme: list[tuple[int, str, str]] = [(zeile, ort, text)]

    @classmethod
    def join(cls, fehler: list[UnlesbarError]) -> UnlesbarError:
        """Make one error of several."""
        alle = cls(str(fehler[0]))
        alle.probleme = [problem for einer in fehler for problem in einer.probleme]
        return alle


def open_paket(inhalt: bytes) -> zipfile.ZipFile:
    """Give the package by its directory alone; nothing is unpacked.

    Raises `UnlesbarError` when parts overlap, lie outside, are encrypted, occur twice, or would unpack beyond the
    limits of this module.
    """
    if len(inhalt) > MAX_BYTES:
        raise UnlesbarError(f"die Datei hat mehr als {MAX_BYTES // 1_000_000} MB. Nicht benötigte Blätter löschen.")
    try:
        paket = zipfile.ZipFile(io.BytesIO(inhalt))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as fehler:
        raise UnlesbarError(_BESCHAEDIGT) from fehler
    teile = paket.infolist()
    if len(teile) > MAX_TEILE:
        raise UnlesbarError(f"die Datei besteht aus mehr als {MAX_TEILE} Teilen, so ist keine Tabelle gebaut. {_NEU}")
    if any(teil.flag_bits & 1 for teil in teile):
        raise UnlesbarError("die Arbeitsmappe ist verschlüsselt gepackt. Ohne Kennwort neu anfordern.")
    if _overlap(teile, paket.start_dir):
        raise UnlesbarError(f"die gepackten Teile der Arbeitsmappe überlappen sich. {_NEU}")
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
                    raise UnlesbarError(_BESCHAEDIGT)
                yield rest + block if rest else block
                rest = block[-ueberlappung:] if ueberlappung else b""
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError, ZlibError) as fehler:
        raise UnlesbarError(_BESCHAEDIGT) from fehler


def check_xml(paket: zipfile.ZipFile) -> None:
    """Unpack every XML part once and refuse what expands while it is read, and what hides from this look.

    Raises `UnlesbarError` for a document type or entity, for another encoding than UTF-8, and for damage.
    """
    for teil in paket.namelist():
        if not teil.lower().endswith((".xml", ".rels", ".vml")):
            continue
        for nummer, block in enumerate(read_bloecke(paket, teil, ueberlappung=16)):
            if _DTD.search(block):
                raise UnlesbarError(f"»{teil[:60]}« in der Arbeitsmappe enthält eine Dokumenttyp-Angabe. {_NEU}")
            if nummer == 0 and (b"\0" in block[:16] or _ZEICHENSATZ.match(block.removeprefix(b"\xef\xbb\xbf"))):
                raise UnlesbarError(f"»{teil[:60]}« in der Arbeitsmappe ist nicht in UTF-8 gespeichert. {_NEU}")


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


_ENDE: Final = 0xFFFFFFF8
"""From here on numbers of sectors mean something else: end of the chain, free."""
_EINTRAG: Final = 128


def read_ole_strom(inhalt: bytes) -> bytes:
    """Give the stream of an old workbook (XLS) out of its compound file, after Microsoft's [MS-CFB].

    Raises `UnlesbarError` when there is none, or when the chains of sectors lead astray.
    """
    try:
        (hoch, klein_hoch), (anfang_verzeichnis,) = struct.unpack_from("<2H", inhalt, 30), _zahlen(inhalt, 48, 1)
        grenze, anfang_klein, _, anfang_difat = _zahlen(inhalt, 56, 4)
        difat, sektor = list(_zahlen(inhalt, 76, 109)), anfang_difat
        while sektor < _ENDE and len(difat) < len(inhalt) >> hoch:
            *weitere, sektor = _zahlen(inhalt, (sektor + 1) << hoch, (1 << hoch) // 4)
            difat += weitere
        fat = [n for s in difat if s < _ENDE for n in _zahlen(inhalt, (s + 1) << hoch, (1 << hoch) // 4)]
        verzeichnis = _follow(inhalt, fat, anfang_verzeichnis, hoch, 1)
        eintraege = [verzeichnis[stelle : stelle + _EINTRAG] for stelle in range(0, len(verzeichnis), _EINTRAG)]
        namen = {e[: max(e[64] - 2, 0)].decode("utf-16-le", "replace"): _zahlen(e, 116, 2) for e in eintraege}
        start, laenge = namen["Workbook"] if "Workbook" in namen else namen["Book"]
        if laenge >= grenze:
            return _follow(inhalt, fat, start, hoch, 1)[:laenge]
        kleine = _follow(inhalt, fat, _zahlen(eintraege[0], 116, 1)[0], hoch, 1)
        fat_klein = _follow(inhalt, fat, anfang_klein, hoch, 1)
        return _follow(kleine, _zahlen(fat_klein, 0, len(fat_klein) // 4), start, klein_hoch, 0)[:laenge]
    except (struct.error, KeyError, IndexError) as fehler:
        raise UnlesbarError(_BESCHAEDIGT) from fehler


def _zahlen(inhalt: bytes, stelle: int, anzahl: int) -> tuple[int, ...]:
    return struct.unpack_from(f"<{anzahl}I", inhalt, stelle)


def _follow(inhalt: bytes, fat: Sequence[int], sektor: int, hoch: int, kopf: int) -> bytes:
    """Join the sectors of a chain; the header counts as one sector (`kopf`) before the first."""
    bloecke: list[bytes] = []
    while sektor < _ENDE:
        if len(bloecke) > len(fat):
            raise IndexError  # a ring
        bloecke.append(inhalt[(sektor + kopf) << hoch : (sektor + kopf + 1) << hoch])
        sektor = fat[sektor]
    return b"".join(bloecke)
