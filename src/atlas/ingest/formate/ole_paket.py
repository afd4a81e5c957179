"""The compound file (OLE) in which an old workbook is packed, and the stream of records inside."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from atlas.ingest.formate.unlesbar import UNVOLLSTAENDIG, UnlesbarError

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        raise UnlesbarError(UNVOLLSTAENDIG) from fehler


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
