"""The Raumverzeichnis: every Raum of every level with its parent, as declared in config/raeume.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import polars as pl

from atlas.config.models.raeume import Breit
from atlas.errors import EingabeError, KonfigurationError, Problem
from atlas.ingest.raeume.ersetzungen import find_spalten, replace_schluessel
from atlas.ingest.raeume.nullen import fill_schluessel
from atlas.ingest.raeume.raumpruefung import find_fehler
from atlas.ingest.saetze import Satz, read_saetze
from atlas.tables.raum import Raeume
from atlas.zeichen import mask, name_kopf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pandera.typing.polars import DataFrame

    from atlas.config.models.raeume import Herkunft, Lang, Raumverzeichnis
    from atlas.config.yaml_strikt import Dokument
    from atlas.projekt import Projekt


_GROESSTE_FLAECHE: Final = 100_000_000
"""Hectares; no country of Europe but Russia is larger."""


@dataclass(frozen=True)
class Raum:
    """One Raum as the file gives it; area in hectares; `zeile` is where it stands (0 in maps) and no part of it."""

    raum_id: str
    ebene: str
    name: str
    eltern: str | None
    flaeche_ha: float | None
    zeile: int = field(default=0, compare=False)


def read_raeume(projekt: Projekt, verzeichnis: Raumverzeichnis, dokument: Dokument) -> DataFrame[Raeume]:
    """Read all Räume of a project.

    Raises `EingabeError` for a file that does not hold a sound hierarchy (one root, known parents one
    level up, keys of the declared pattern) and `KonfigurationError` for an exclusion without a Raum.
    """
    angaben = verzeichnis.verzeichnis
    gelesen = read_saetze(projekt, angaben.datei, angaben.auswahl, angaben.dezimal)
    name = gelesen.name
    if isinstance(verzeichnis.verzeichnis.spalten, Breit):
        erste = verzeichnis.ebenen[-1].schluessel
        spalte = (erste.spalte if erste else None) or ""
    else:
        spalte = verzeichnis.verzeichnis.spalten.schluessel
    saetze = _fill_spalten(gelesen.saetze, verzeichnis, name)
    saetze = replace_schluessel(saetze, spalte, verzeichnis.verzeichnis.ersetzungen, name)
    saetze = fill_schluessel(saetze, verzeichnis)
    _check_flaechen(saetze, verzeichnis, spalte, name)
    raeume = _eindeutig(_raeume(saetze, gelesen.zeilen, verzeichnis), verzeichnis, name)
    probleme = list(find_fehler(raeume, verzeichnis, name))
    if probleme:
        raise EingabeError(probleme)
    _check_ausschluesse(raeume, verzeichnis, dokument)
    return _tabelle(_add_flaechen(raeume, verzeichnis), verzeichnis)


def _raeume(saetze: list[Satz], zeilen: list[int], verzeichnis: Raumverzeichnis) -> list[Raum]:
    spalten = verzeichnis.verzeichnis.spalten
    paare = zip(saetze, zeilen, strict=True)
    if isinstance(spalten, Breit):
        return [replace(raum, zeile=n) for satz, n in paare for raum in _raeume_breit(satz, verzeichnis, spalten)]
    return [replace(_raum_lang(satz, verzeichnis, spalten), zeile=n) for satz, n in paare]


def _fill_spalten(saetze: list[Satz], verzeichnis: Raumverzeichnis, name: str) -> list[Satz]:
    """Give the rows with all columns that any of them has: a feature without a property says nothing there.

    What then lacks key, name or level is told by the Raum itself. Raises `EingabeError` for a column that no row has.
    """
    vorhanden = find_spalten(saetze)
    spalten = verzeichnis.verzeichnis.spalten
    verlangt = [spalten.flaeche]
    if isinstance(spalten, Breit):
        verlangt += [h.spalte for ebene in verzeichnis.ebenen for h in (ebene.schluessel, ebene.name) if h]
    else:
        verlangt += [spalten.schluessel, spalten.name, spalten.ebene, spalten.uebergeordnet]
    fehlend = sorted({spalte for spalte in verlangt if spalte and spalte not in vorhanden})
    if fehlend:
        rest = f"fehlt. Vorhanden: {', '.join(f'»{name_kopf(s)}«' for s in vorhanden)}."
        raise EingabeError([Problem(name, 0, "", f"die Spalte »{spalte}« {rest}") for spalte in fehlend])
    return [dict.fromkeys(vorhanden, "") | satz for satz in saetze]


def _raeume_breit(satz: Satz, verzeichnis: Raumverzeichnis, spalten: Breit) -> Iterator[Raum]:
    eltern = None
    for ebene in verzeichnis.ebenen:
        kleinste = ebene is verzeichnis.ebenen[-1]
        raum_id = _hole(ebene.schluessel, satz, "")
        flaeche = _flaeche(satz, spalten.flaeche, verzeichnis) if kleinste else None
        yield Raum(raum_id, ebene.ebene, _hole(ebene.name, satz, raum_id) or raum_id, eltern, flaeche)
        eltern = raum_id


def _hole(herkunft: Herkunft | None, satz: Satz, raum_id: str) -> str:
    if herkunft is None:
        return ""
    if herkunft.fest is not None:
        return herkunft.fest
    if herkunft.zuordnung is not None:
        return herkunft.zuordnung.get(raum_id, "")
    return satz[herkunft.spalte or ""][: herkunft.stellen]


def _raum_lang(satz: Satz, verzeichnis: Raumverzeichnis, spalten: Lang) -> Raum:
    flaeche = _flaeche(satz, spalten.flaeche, verzeichnis)
    eltern = satz[spalten.uebergeordnet] or None
    return Raum(satz[spalten.schluessel], satz[spalten.ebene], satz[spalten.name], eltern, flaeche)


def _flaeche(satz: Satz, spalte: str | None, verzeichnis: Raumverzeichnis) -> float | None:
    """Give the area of a row in hectares; None where there is none."""
    text = satz.get(spalte, "") if spalte else ""
    zahl = float(text.replace(verzeichnis.verzeichnis.dezimal, ".")) if text else None
    return None if zahl is None else zahl * verzeichnis.verzeichnis.hektar_je_einheit


def _check_flaechen(saetze: list[Satz], verzeichnis: Raumverzeichnis, schluessel: str, name: str) -> None:
    """Demand that every area is empty or a positive number in the declared way of writing."""
    spalte, dezimal = verzeichnis.verzeichnis.spalten.flaeche, verzeichnis.verzeichnis.dezimal
    muster = re.compile(rf"(?=.*[1-9])[0-9]+(?:{re.escape(dezimal)}[0-9]+)?")
    texte = [(satz.get(schluessel, ""), satz.get(spalte, "")) for satz in saetze] if spalte else []
    rat = f"keine Fläche größer als 0 (Dezimalzeichen »{dezimal}«, kein Tausenderzeichen). verzeichnis.dezimal prüfen."
    probleme = [
        Problem(name, 0, f"Raum »{raum_id}«", f"Spalte »{spalte}«: »{mask(text)}« ist {rat}")
        for raum_id, text in texte
        if text and not muster.fullmatch(text)
    ]
    rat = f"liegt nicht zwischen 0 und {_GROESSTE_FLAECHE} Hektar. Zahl und verzeichnis.hektar_je_einheit prüfen."
    probleme += [
        Problem(name, 0, f"Raum »{satz.get(schluessel, '')}«", f"Spalte »{spalte}«: die Fläche {rat}")
        for satz in (saetze if not probleme else ())
        if (flaeche := _flaeche(satz, spalte, verzeichnis)) is not None and not 0 < flaeche <= _GROESSTE_FLAECHE
    ]
    if probleme:
        raise EingabeError(probleme)


def _eindeutig(raeume: list[Raum], verzeichnis: Raumverzeichnis, name: str) -> list[Raum]:
    """Drop the repetitions of a wide file; a key with two names, parents or areas is an error."""
    breit = isinstance(verzeichnis.verzeichnis.spalten, Breit)
    gesehen: dict[str, Raum] = {}
    probleme = []
    for raum in raeume:
        frueher = gesehen.setdefault(raum.raum_id, raum)
        if frueher != raum or not (breit or frueher is raum):
            text = f"der Schlüssel »{raum.raum_id}« steht für zwei Räume ({_beschreibe(frueher)}; {_beschreibe(raum)})."
            probleme.append(Problem(name, 0, "", text + " Datei berichtigen lassen oder ersetzungen deklarieren."))
    if probleme:
        raise EingabeError(probleme)
    return list(gesehen.values())


def _beschreibe(raum: Raum) -> str:
    eltern = f" in {raum.eltern}" if raum.eltern else ""
    return f"{raum.name}, {raum.ebene}{eltern}"


def _check_ausschluesse(raeume: list[Raum], verzeichnis: Raumverzeichnis, dokument: Dokument) -> None:
    bekannte = {raum.raum_id for raum in raeume}
    text = "den Raum »{}« gibt es im Raumverzeichnis nicht. Schlüssel prüfen."
    probleme = [
        dokument.problem(("ausschluesse", nummer, "raum_id"), text.format(ausschluss.raum_id))
        for nummer, ausschluss in enumerate(verzeichnis.ausschluesse)
        if ausschluss.raum_id not in bekannte
    ]
    if probleme:
        raise KonfigurationError(probleme)


def _add_flaechen(raeume: list[Raum], verzeichnis: Raumverzeichnis) -> list[Raum]:
    """Sum areas upwards where the file gives none, from the smallest level on."""
    flaechen = {raum.raum_id: raum.flaeche_ha for raum in raeume}
    for ebene in reversed([ebene.ebene for ebene in verzeichnis.ebenen]):
        for raum in (r for r in raeume if r.ebene == ebene and flaechen[r.raum_id] is None):
            teile = [flaechen[kind.raum_id] for kind in raeume if kind.eltern == raum.raum_id]
            vorhandene = [teil for teil in teile if teil is not None]
            if teile and len(vorhandene) == len(teile):
                flaechen[raum.raum_id] = sum(vorhandene)
    return [replace(raum, flaeche_ha=flaechen[raum.raum_id]) for raum in raeume]


def _inherit_gruende(raeume: list[Raum], gruende: dict[str, str]) -> dict[str, str]:
    """Give every Raum the reason of the nearest excluded Raum it lies in: who excludes a Raum means all of it."""
    eltern = {raum.raum_id: raum.eltern for raum in raeume}
    geerbt: dict[str, str] = {}
    for raum in raeume:
        oben: str | None = raum.raum_id
        while oben is not None and oben not in gruende:
            oben = eltern[oben]
        if oben is not None:
            geerbt[raum.raum_id] = gruende[oben]
    return geerbt


def _tabelle(raeume: list[Raum], verzeichnis: Raumverzeichnis) -> DataFrame[Raeume]:
    gruende = _inherit_gruende(raeume, {a.raum_id: a.grund for a in verzeichnis.ausschluesse})
    df = pl.DataFrame(
        {
            "raum_id": [raum.raum_id for raum in raeume],
            "gebietsstand": [verzeichnis.gebietsstand] * len(raeume),
            "ebene": [raum.ebene for raum in raeume],
            "name": [raum.name for raum in raeume],
            "uebergeordnet_id": [raum.eltern for raum in raeume],
            "gemeinde_id": [None] * len(raeume),
            "flaeche_ha": [raum.flaeche_ha for raum in raeume],
            "gueltig_von": [None] * len(raeume),
            "gueltig_bis": [None] * len(raeume),
            "ausschlussgrund": [gruende.get(raum.raum_id) for raum in raeume],
        },
        schema_overrides={
            "gemeinde_id": pl.String,
            "uebergeordnet_id": pl.String,
            "flaeche_ha": pl.Float64,
            "gueltig_von": pl.Date,
            "gueltig_bis": pl.Date,
            "ausschlussgrund": pl.String,
        },
    )
    return Raeume.make(df)
