"""Social data may be used only for an approved purpose and time: after that nothing is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import KonfigurationError, Problem

if TYPE_CHECKING:
    from datetime import date

    from atlas.config.laden import Konfiguration


def check_genehmigungen(konfiguration: Konfiguration, heute: date) -> None:
    """Refuse to read while the permission of some Quelle has expired.

    Raises `KonfigurationError` that names each such Quelle; what was made before stays where it is.
    """
    probleme = []
    for name, quelle in konfiguration.quellen.quellen.items():
        if quelle.genehmigung is not None and quelle.genehmigung.bis < heute:
            dokument = konfiguration.dokumente[f"quellen.{name}"]
            pfad = ("quellen", name, "genehmigung", "bis")
            ablauf = f"{quelle.genehmigung.bis:%d.%m.%Y}"
            text = (
                f"die Genehmigung {quelle.genehmigung.aktenzeichen} ist am {ablauf} abgelaufen. "
                "Verlängern lassen und das neue Datum eintragen, sonst die Quelle entfernen und ihre Daten löschen."
            )
            probleme.append(Problem(dokument.datei, dokument.zeile(pfad), ".".join(pfad), text))
    if probleme:
        raise KonfigurationError(probleme)


def find_ablauf(konfiguration: Konfiguration) -> str:
    """Give the first day on which a permission ends, as ISO text; empty when none does."""
    tage = [q.genehmigung.bis for q in konfiguration.quellen.quellen.values() if q.genehmigung]
    return min(tage).isoformat() if tage else ""
