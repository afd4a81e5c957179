"""What is odd about deliveries that were read: rows skipped that are Räume, declarations that hit nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.befunde import Befund, Code
from atlas.zahlwort import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from atlas.config.models.quellen import Quelle
    from atlas.ingest.deutung.quelle import Gelesen


def find_uebersprungene(gelesen: Gelesen, lieferung_id: str, name: str) -> Iterator[Befund]:
    """E103: a delivery of which rows were skipped although their key is that of a Raum."""
    zeilen = gelesen.uebersprungene_raeume
    if zeilen:
        text = (
            f"{name}: {count(len(zeilen), 'Zeile trägt', 'Zeilen tragen')} einen Raumschlüssel und "
            f"{'wird' if len(zeilen) == 1 else 'werden'} übersprungen, zuerst Zeile {zeilen[0]}. "
            "datei.ueberspringen enger fassen; Summen gehören unter schluessel.nicht_raum."
        )
        yield Befund(Code.UEBERSPRUNGENER_RAUM, text, tabelle="Lieferungen", lieferung_id=lieferung_id)


def find_wirkungslose(
    quellname: str, quelle: Quelle, dateinamen: Sequence[str], treffer: Sequence[Mapping[str, bool]]
) -> Iterator[Befund]:
    """E104: a Quelle with declarations that hit nothing in any of its files (`treffer`: those of each file).

    Abweichungen of a Quelle with a Vorlage are left out: they may be the Vorlage's, for files that others have.
    """
    muster = list(dict.fromkeys(einzelnes for datei in treffer for einzelnes in datei))
    leere = [
        f"datei.ueberspringen »{einzelnes}«"
        for einzelnes in muster
        if not any(datei.get(einzelnes) for datei in treffer)
    ]
    if quelle.vorlage is None and dateinamen:
        leere += [
            f"abweichungen.dateien »{abweichung.dateien}«"
            for abweichung in quelle.abweichungen
            if not any(re.search(abweichung.dateien, name) for name in dateinamen)
        ]
    if leere:
        text = f"{quellname}: ohne Treffer bleibt {', '.join(leere)}. Muster berichtigen oder den Eintrag löschen."
        yield Befund(Code.DEKLARATION_OHNE_TREFFER, text, tabelle="Lieferungen", gegenstand=quellname)
