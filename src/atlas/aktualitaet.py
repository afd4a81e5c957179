"""Whether a stage is current and, if not, which file or key changed. Imports neither polars nor pydantic."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.errors import KonfigurationError
from atlas.manifest import collect_eingaben, config_dateien, find_veraenderte, hash_bytes, read_manifest, ziel
from atlas.stufen import STAGES
from atlas.uhr import read_heute

if TYPE_CHECKING:
    from atlas.manifest import Manifest
    from atlas.projekt import Projekt
    from atlas.stufen import Stufe


@dataclass(frozen=True)
class Zustand:
    """One stage: current, or the reasons why it would run."""

    stufe: str
    gruende: tuple[str, ...]
    offene_fehler: int

    @property
    def ist_aktuell(self) -> bool:
        """Whether nothing would be done."""
        return not self.gruende


def find_gruende(projekt: Projekt, stufe: Stufe) -> list[str]:
    """Say why a stage would run, in German; empty when it is current."""
    ordner = ziel(projekt, stufe)
    manifest = read_manifest(ordner)
    if manifest is None:
        return ["noch nicht gelaufen"]
    veraendert = find_veraenderte(ordner, manifest)
    gruende = []
    if manifest.gilt_bis and manifest.gilt_bis < read_heute().isoformat():
        gruende.append(f"eine Genehmigung ist am {manifest.gilt_bis} abgelaufen")
    gruende += [f"Ergebnis {wie}: {projekt.relativ(ordner / name)}" for name, wie in sorted(veraendert.items())]
    jetzt = collect_eingaben(projekt, stufe, manifest.muster)
    gruende += [f"neu: {name}" for name in sorted(jetzt.keys() - manifest.eingaben.keys())]
    gruende += [f"entfallen: {name}" for name in sorted(manifest.eingaben.keys() - jetzt.keys())]
    for name in sorted(jetzt.keys() & manifest.eingaben.keys()):
        if jetzt[name] != manifest.eingaben[name]:
            gruende.append(f"geändert: {name}{_geaenderte_schluessel(projekt, manifest, name)}")
    return gruende


def find_zustaende(projekt: Projekt) -> list[Zustand]:
    """Say for every stage whether it is current; what lies after a stale stage may be stale too."""
    zustaende: list[Zustand] = []
    for stufe in STAGES:
        gruende = find_gruende(projekt, stufe)
        veraltete = [
            z.stufe for z in zustaende if not z.ist_aktuell and any(t.startswith(f"{z.stufe}/") for t in stufe.liest)
        ]
        if veraltete:
            gruende.append(f"hängt ab von: {', '.join(veraltete)} (veraltet)")
        manifest = read_manifest(ziel(projekt, stufe))
        zustaende.append(Zustand(stufe.name, tuple(gruende), manifest.offene_fehler if manifest else 0))
    return zustaende


def hash_schluessel(projekt: Projekt, stufe: Stufe) -> dict[str, dict[str, str]]:
    """Hash every key of the configuration files of a stage, so that a later run can name what changed."""
    return {
        projekt.relativ(pfad): _hash_datei_schluessel(pfad.read_text("utf-8-sig"))
        for pfad in config_dateien(projekt, stufe)
    }


def _hash_datei_schluessel(text: str) -> dict[str, str]:
    from atlas.config.yaml_strikt import read_yaml  # PyYAML costs a no-op run a third of its time

    inhalt = read_yaml(text, "").inhalt
    hashes: dict[str, str] = {}
    for oben, wert in inhalt.items() if isinstance(inhalt, dict) else ():
        unter = wert.items() if isinstance(wert, dict) else [("", wert)]
        hashes |= {
            f"{oben}.{name}".rstrip("."): hash_bytes(json.dumps(w, sort_keys=True).encode()) for name, w in unter
        }
    return hashes


def _geaenderte_schluessel(projekt: Projekt, manifest: Manifest, name: str) -> str:
    """Name the keys of a configuration file whose content changed, if the file is still readable."""
    frueher = manifest.schluessel.get(name)
    if frueher is None:
        return ""
    try:
        jetzt = _hash_datei_schluessel((projekt.wurzel / name).read_text("utf-8-sig"))
    except (KonfigurationError, OSError, UnicodeDecodeError):
        return " (nicht lesbar)"
    andere = sorted(k for k in jetzt.keys() | frueher.keys() if jetzt.get(k) != frueher.get(k))
    return f" ({', '.join(andere[:5])}{' …' if len(andere) > 5 else ''})" if andere else " (nur Kommentare)"  # noqa: PLR2004
