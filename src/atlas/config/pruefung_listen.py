"""What config/angebote.yaml and config/beitraege.yaml contradict elsewhere: names, counts, maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.tables.listen import FLAECHE_HA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.config.laden import Konfiguration
    from atlas.config.models.angebote import Angebotsverzeichnis
    from atlas.config.yaml_strikt import Pfad

    Fund = tuple[str, Pfad, str]


def find_listen(konfiguration: Konfiguration) -> Iterator[Fund]:
    """Find names that two lists share, figures that two registers count, and points without a map to lie on.

    A Quelle may deliver the same Merkmal, say for the years before the register: doubles are for validate to find.
    """
    vergeben = {name: _datei(konfiguration, f"quellen.{name}") for name in konfiguration.quellen.quellen}
    gezaehlte: dict[tuple[str, int], str] = {}
    for name, verzeichnis in konfiguration.angebote.angebote.items():
        yield from _find_vergebenen("angebote", name, vergeben)
        if verzeichnis.spalten.lage is not None and not konfiguration.raeume.polygone:
            text = "ohne polygone in raeume.yaml liegt kein Angebot in einem Raum. Karten eintragen oder raum angeben."
            yield "angebote", ("angebote", name, "spalten"), text
        yield from _find_gezaehltes(name, verzeichnis, gezaehlte)
    for name in konfiguration.beitraege.beitraege:
        yield from _find_vergebenen("beitraege", name, vergeben)


def _datei(konfiguration: Konfiguration, dokument: str) -> str:
    """Name the file of a document below config/."""
    return konfiguration.dokumente[dokument].datei.removeprefix("config/")


def _find_gezaehltes(
    name: str, verzeichnis: Angebotsverzeichnis, gezaehlte: dict[tuple[str, int], str]
) -> Iterator[Fund]:
    """Demand that a Merkmal of a year is counted from one register only, and that the area stays the area."""
    if verzeichnis.zaehlen is None:
        return
    merkmal = verzeichnis.zaehlen.merkmal
    frueher = next((gezaehlte[merkmal, jahr] for jahr in verzeichnis.jahre if (merkmal, jahr) in gezaehlte), None)
    if merkmal == FLAECHE_HA:
        grund = "kommt aus dem Raumverzeichnis und wird nicht gezählt"
    else:
        grund = f"zählt schon das Verzeichnis {frueher}" if frueher else ""
    if grund:
        text = f"das Merkmal {merkmal} {grund}. Anders benennen."
        yield "angebote", ("angebote", name, "zaehlen", "merkmal"), text
    gezaehlte |= {(merkmal, jahr): name for jahr in verzeichnis.jahre}


def _find_vergebenen(datei: str, name: str, vergeben: dict[str, str]) -> Iterator[Fund]:
    """Demand that a name of a delivery stands for one thing in all files."""
    if name in vergeben:
        yield datei, (datei, name), f"der Name steht schon in {vergeben[name]}. Einen der beiden umbenennen."
    vergeben.setdefault(name, f"{datei}.yaml")
