"""Ready declarations of common sources: what ships with atlas, overlaid by what the project says."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from atlas.config.yaml_strikt import Dokument, Pfad, Wert, read_yaml
from atlas.errors import KonfigurationError, Problem
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from atlas.projekt import Projekt


_OHNE: Final[dict[str, Wert]] = {}
"""Stands for a key that the project does not have, which is not the same as one that it sets to null."""


def find_vorlagen(projekt: Projekt) -> dict[str, Path]:
    """Give the files of all Vorlagen by name; one in the project's own config/vorlagen goes first."""
    ordner = [find_ressource("config") / "vorlagen", projekt.config / "vorlagen"]
    return {pfad.stem: pfad for stelle in ordner for pfad in sorted(stelle.glob("*.yaml")) if pfad.is_file()}


def apply_vorlagen(projekt: Projekt, dokument: Dokument) -> Dokument:
    """Give the document with every source that names a Vorlage completed by it; it keeps what stands where.

    Raises `KonfigurationError` for a Vorlage that does not exist or is unreadable.
    """
    inhalt = dokument.inhalt
    quellen = inhalt.get("quellen") if isinstance(inhalt, dict) else None
    if not isinstance(inhalt, dict) or not isinstance(quellen, dict):
        return dokument
    vorhandene = find_vorlagen(projekt)
    neu: dict[str, Wert] = {}
    fremde: dict[Pfad, tuple[str, int]] = {}
    probleme = []
    for name, eigene in quellen.items():
        vorlage = eigene.get("vorlage") if isinstance(eigene, dict) else None
        if not isinstance(eigene, dict) or not isinstance(vorlage, str):
            neu[name] = eigene
        elif vorlage not in vorhandene:
            probleme.append(dokument.problem(("quellen", name, "vorlage"), _unbekannt(vorlage, vorhandene)))
        else:
            gelesen, angaben = _read_vorlage(projekt, vorhandene[vorlage])
            neu[name] = merge_vorlage(angaben, eigene)
            fremde |= {("quellen", name, *pfad): stelle for pfad, stelle in _find_stellen(gelesen, eigene)}
    if probleme:
        raise KonfigurationError(probleme)
    return Dokument(dokument.datei, {**inhalt, "quellen": neu}, dokument.zeilen, fremde)


def merge_vorlage(vorlage: dict[str, Wert], eigene: dict[str, Wert]) -> dict[str, Wert]:
    """Lay the project's own keys over those of a Vorlage: mappings are merged, lists and single values replaced.

    A key that the project sets to null is taken out.
    """
    ergebnis = dict(vorlage)
    for name, wert in eigene.items():
        if wert is None:
            ergebnis.pop(name, None)
            continue
        unten = ergebnis.get(name)
        ergebnis[name] = merge_vorlage(unten, wert) if isinstance(unten, dict) and isinstance(wert, dict) else wert
    return ergebnis


def _find_stellen(vorlage: Dokument, eigene: dict[str, Wert]) -> Iterator[tuple[Pfad, tuple[str, int]]]:
    """Give the places in a Vorlage of all that the project's own keys leave as it is, by path below the Quelle."""
    for (wurzel, *rest), zeile in ((pfad, zeile) for pfad, zeile in vorlage.zeilen.items() if pfad):
        oben: Wert = eigene
        for teil in rest if wurzel == "vorlage" else ():
            oben = oben.get(str(teil), _OHNE) if isinstance(oben, dict) else None
            if oben is _OHNE:
                yield tuple(rest), (vorlage.datei, zeile)
                break


def _read_vorlage(projekt: Projekt, pfad: Path) -> tuple[Dokument, dict[str, Wert]]:
    name = f"config/vorlagen/{pfad.name}" if pfad.is_relative_to(projekt.config) else f"Vorlage {pfad.stem} von atlas"
    try:
        dokument = read_yaml(pfad.read_text("utf-8-sig"), name)
    except (OSError, UnicodeDecodeError) as fehler:
        text = "die Vorlage ist nicht lesbar. Leserechte und Zeichensatz (UTF-8) prüfen."
        raise KonfigurationError([Problem(name, 0, "", text)]) from fehler
    inhalt = dokument.inhalt
    vorlage = inhalt.get("vorlage") if isinstance(inhalt, dict) else None
    if not isinstance(inhalt, dict) or not isinstance(vorlage, dict) or set(inhalt) - {"vorlage", "hinweise"}:
        text = "eine Vorlage hat die Schlüssel vorlage und hinweise und keine anderen."
        raise KonfigurationError([Problem(name, 0, "", text)])
    return dokument, vorlage


def _unbekannt(vorlage: str, vorhandene: dict[str, Path]) -> str:
    naechste = difflib.get_close_matches(vorlage, sorted(vorhandene), n=1, cutoff=0.5)
    rat = f"Gemeint: {naechste[0]}?" if naechste else f"Bekannt: {', '.join(sorted(vorhandene)) or 'keine'}."
    return f"die Vorlage »{vorlage}« gibt es nicht. {rat}"
