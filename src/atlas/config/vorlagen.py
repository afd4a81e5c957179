"""Ready declarations of common sources: what ships with atlas, overlaid by what the project says."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from atlas.config.yaml_strikt import Dokument, Wert, read_yaml
from atlas.errors import KonfigurationError, Problem
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.projekt import Projekt


def find_vorlagen(projekt: Projekt) -> dict[str, Path]:
    """Give the files of all Vorlagen by name; one in the project's own config/vorlagen goes first."""
    ordner = [find_ressource("config") / "vorlagen", projekt.config / "vorlagen"]
    return {pfad.stem: pfad for stelle in ordner for pfad in sorted(stelle.glob("*.yaml"))}


def apply_vorlagen(projekt: Projekt, dokument: Dokument) -> Dokument:
    """Give the document with every source that names a Vorlage completed by it.

    Raises `KonfigurationError` for a Vorlage that does not exist or is unreadable.
    """
    inhalt = dokument.inhalt
    quellen = inhalt.get("quellen") if isinstance(inhalt, dict) else None
    if not isinstance(inhalt, dict) or not isinstance(quellen, dict):
        return dokument
    vorhandene = find_vorlagen(projekt)
    neu: dict[str, Wert] = {}
    probleme = []
    for name, eigene in quellen.items():
        vorlage = eigene.get("vorlage") if isinstance(eigene, dict) else None
        if not isinstance(eigene, dict) or not isinstance(vorlage, str):
            neu[name] = eigene
        elif vorlage not in vorhandene:
            pfad = ("quellen", name, "vorlage")
            text = _unbekannt(vorlage, vorhandene)
            probleme.append(Problem(dokument.datei, dokument.zeile(pfad), ".".join(pfad), text))
        else:
            neu[name] = merge_vorlage(_read_vorlage(projekt, vorhandene[vorlage]), eigene)
    if probleme:
        raise KonfigurationError(probleme)
    return Dokument(dokument.datei, {**inhalt, "quellen": neu}, dokument.zeilen)


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


def _read_vorlage(projekt: Projekt, pfad: Path) -> dict[str, Wert]:
    name = f"config/vorlagen/{pfad.name}" if pfad.is_relative_to(projekt.config) else f"Vorlage {pfad.stem} von atlas"
    try:
        inhalt = read_yaml(pfad.read_text("utf-8-sig"), name).inhalt
    except (OSError, UnicodeDecodeError) as fehler:
        text = "die Vorlage ist nicht lesbar. Leserechte und Zeichensatz (UTF-8) prüfen."
        raise KonfigurationError([Problem(name, 0, "", text)]) from fehler
    vorlage = inhalt.get("vorlage") if isinstance(inhalt, dict) else None
    if not isinstance(inhalt, dict) or not isinstance(vorlage, dict) or set(inhalt) - {"vorlage", "hinweise"}:
        text = "eine Vorlage hat die Schlüssel vorlage und hinweise und keine anderen."
        raise KonfigurationError([Problem(name, 0, "", text)])
    return vorlage


def _unbekannt(vorlage: str, vorhandene: dict[str, Path]) -> str:
    naechste = difflib.get_close_matches(vorlage, sorted(vorhandene), n=1, cutoff=0.5)
    rat = f"Gemeint: {naechste[0]}?" if naechste else f"Bekannt: {', '.join(sorted(vorhandene)) or 'keine'}."
    return f"die Vorlage »{vorlage}« gibt es nicht. {rat}"
