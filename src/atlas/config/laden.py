"""Load the whole configuration of a project and report every mistake of every file at once."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from atlas.config.ausschnitt import inherit_ausserhalb, inherit_ausserhalb_angebote
from atlas.config.meldungen import translate
from atlas.config.models.angebote import Angebotsverzeichnisse
from atlas.config.models.atlas import Atlas
from atlas.config.models.ausgaben import Ausgaben
from atlas.config.models.beitraege import Beitragssammlungen
from atlas.config.models.dimensionen import Dimensionen
from atlas.config.models.indikatoren import Indikatoren
from atlas.config.models.korrekturen import Korrekturen
from atlas.config.models.quellen import Quelle, Quellen
from atlas.config.models.raeume import Raumverzeichnis
from atlas.config.pruefung import find_widersprueche
from atlas.config.verfahren import apply_verfahren
from atlas.config.vorlagen import apply_vorlagen
from atlas.config.yaml_strikt import Dokument, read_yaml
from atlas.errors import KonfigurationError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from atlas.projekt import Projekt

M = TypeVar("M", bound=BaseModel)

DATEIEN: dict[str, type[BaseModel]] = {
    "atlas": Atlas,
    "raeume": Raumverzeichnis,
    "quellen": Quellen,
    "indikatoren": Indikatoren,
    "dimensionen": Dimensionen,
    "ausgaben": Ausgaben,
    "korrekturen": Korrekturen,
    "angebote": Angebotsverzeichnisse,
    "beitraege": Beitragssammlungen,
}
"""The configuration files of a project by name, each with its model."""

ENTBEHRLICH = frozenset({"korrekturen", "angebote", "beitraege"})
"""Files that a project need not have; without one, the model's defaults hold."""


@dataclass(frozen=True)
class Konfiguration:
    """The checked configuration, and the documents it came from (for messages with a line)."""

    atlas: Atlas
    raeume: Raumverzeichnis
    quellen: Quellen
    indikatoren: Indikatoren
    dimensionen: Dimensionen
    ausgaben: Ausgaben
    korrekturen: Korrekturen
    angebote: Angebotsverzeichnisse
    beitraege: Beitragssammlungen
    dokumente: dict[str, Dokument]


def load_konfiguration(projekt: Projekt) -> Konfiguration:
    """Read config/*.yaml of a project.

    Raises `KonfigurationError` with all problems of all files: first those of each file alone, and,
    when every file is sound in itself, those between the files.
    """
    probleme = list(_find_ungelesene(projekt))
    modelle: dict[str, BaseModel] = {}
    dokumente: dict[str, Dokument] = {}
    for name, modell in DATEIEN.items():
        try:
            if name == "quellen":
                modelle[name], gelesen = _load_quellen(projekt)
                dokumente.update(gelesen)
            else:
                pfad = projekt.config / f"{name}.yaml"
                if name in ENTBEHRLICH and not pfad.exists():
                    modelle[name] = modell()
                    continue
                modelle[name], dokumente[name] = _load_datei(projekt, pfad, modell)
        except KonfigurationError as fehler:
            probleme.extend(fehler.probleme)
    if probleme:
        raise KonfigurationError(probleme)
    konfiguration = Konfiguration(**modelle, dokumente=dokumente)  # type: ignore[arg-type]  # keys are the fields
    konfiguration = replace(
        konfiguration,
        quellen=inherit_ausserhalb(konfiguration.quellen, konfiguration.raeume),
        angebote=inherit_ausserhalb_angebote(konfiguration.angebote, konfiguration.raeume),
    )
    widersprueche = find_widersprueche(konfiguration)
    if widersprueche:
        raise KonfigurationError(widersprueche)
    return konfiguration


def _find_ungelesene(projekt: Projekt) -> Iterator[Problem]:
    """Give the files of config/ whose names are like those of a configuration, but none: nobody would read them."""
    namen = [f"{name}.yaml" for name in DATEIEN]
    for pfad in sorted(projekt.config.iterdir()) if projekt.config.is_dir() else ():
        ist_yaml = pfad.suffix.lower() in {".yaml", ".yml"} and not pfad.name.startswith(".")
        if pfad.name in namen or not ist_yaml or not pfad.is_file():
            continue
        naechster = difflib.get_close_matches(f"{pfad.stem.lower()}.yaml", namen, n=1, cutoff=0.75)
        rat = f"Gemeint: {naechster[0]}?" if naechster else f"In config/ gehören nur: {', '.join(namen)}."
        yield Problem(projekt.relativ(pfad), 0, "", f"die Datei wird nicht gelesen. {rat}")


def _load_quellen(projekt: Projekt) -> tuple[Quellen, dict[str, Dokument]]:
    """Merge config/quellen.yaml and config/quellen/*.yaml; a name may stand in one of them only."""
    einzeln = projekt.config / "quellen.yaml"
    pfade = [einzeln] if einzeln.exists() else []
    pfade += sorted(pfad for pfad in (projekt.config / "quellen").glob("*.yaml") if pfad.is_file())
    falsche = sorted((projekt.config / "quellen").glob("*.yml"))
    quellen: dict[str, Quelle] = {}
    dokumente: dict[str, Dokument] = {}
    text = "Dateien mit der Endung .yml liest atlas nicht. In .yaml umbenennen."
    probleme = [Problem(projekt.relativ(pfad), 0, "", text) for pfad in falsche]
    for pfad in pfade or [einzeln]:
        try:
            modell, dokument = _load_datei(projekt, pfad, Quellen)
        except KonfigurationError as fehler:
            probleme.extend(fehler.probleme)
            continue
        for name, quelle in modell.quellen.items():
            if name in quellen:
                zeile = dokument.zeile(("quellen", name))
                text = f"die Quelle steht schon in {dokumente[name].datei}. Eine der beiden umbenennen."
                probleme.append(Problem(dokument.datei, zeile, f"quellen.{name}", text))
            quellen[name] = quelle
            dokumente[name] = dokument
    if probleme:
        raise KonfigurationError(probleme)
    return Quellen(quellen=quellen), {f"quellen.{name}": dokument for name, dokument in dokumente.items()}


def _load_datei(projekt: Projekt, pfad: Path, modell: type[M]) -> tuple[M, Dokument]:
    name = projekt.relativ(pfad)
    dokument = read_yaml(_read_text(pfad, name), name)
    if modell is Quellen:
        dokument = apply_vorlagen(projekt, dokument)
    elif modell is Dimensionen:
        dokument = apply_verfahren(dokument)
    try:
        geladen = modell.model_validate_json(json.dumps(dokument.inhalt))
    except ValidationError as fehler:
        raise KonfigurationError(translate(fehler, dokument, modell)) from fehler
    return geladen, dokument


def _read_text(pfad: Path, name: str) -> str:
    try:
        if pfad.exists() and not pfad.is_file():
            raise IsADirectoryError
        return pfad.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as fehler:
        text = "die Datei fehlt. `atlas new` legt ein Projekt mit allen Dateien an."
        raise KonfigurationError([Problem(name, 0, "", text)]) from fehler
    except UnicodeDecodeError as fehler:
        zeile = fehler.object[: fehler.start].count(b"\n") + 1
        text = "die Zeile ist nicht in UTF-8 gespeichert. Im Editor mit Zeichensatz UTF-8 speichern."
        raise KonfigurationError([Problem(name, zeile, "", text)]) from fehler
    except OSError as fehler:
        text = "die Datei ist nicht lesbar. Prüfen, ob es eine Datei ist und ob die Leserechte stimmen."
        raise KonfigurationError([Problem(name, 0, "", text)]) from fehler
