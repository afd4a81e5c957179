"""The Raumverzeichnis: every Raum of every level with its parent, as declared in config/raeume.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.config.models.raeume import Breit
from atlas.errors import EingabeError, KonfigurationError, Problem
from atlas.ingest.raeume.ersetzungen import find_spalten, replace_schluessel
from atlas.ingest.saetze import Satz, read_saetze
from atlas.tables.raum import Raeume
from atlas.zeichen import name_kopf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pandera.typing.polars import DataFrame

    from atlas.config.models.raeume import Herkunft, Lang, Raumverzeichnis
    from atlas.config.yaml_strikt import Dokument
    from atlas.projekt import Projekt


@dataclass(frozen=True)
class Raum:
    """One Raum as the file gives it; area in hectares."""

    raum_id: str
    ebene: str
    name: str
    eltern: str | None
    flaeche_ha: float | None


def read_raeume(projekt: Projekt, verzeichnis: Raumverzeichnis, dokument: Dokument) -> DataFrame[Raeume]:
    """Read all Räume of a project.

    Raises `EingabeError` for a file that does not hold a sound hierarchy (one root, known parents one
    level up, keys of the declared pattern) and `KonfigurationError` for an exclusion without a Raum.
    """
    angaben = verzeichnis.verzeichnis
    name, saetze = read_saetze(projekt, angaben.datei, angaben.auswahl, angaben.dezimal)
    if isinstance(verzeichnis.verzeichnis.spalten, Breit):
        erste = verzeichnis.ebenen[-1].schluessel
        spalte = (erste.spalte if erste else None) or ""
    else:
        spalte = verzeichnis.verzeichnis.spalten.schluessel
    saetze = _fill_spalten(saetze, verzeichnis, name)
    saetze = replace_schluessel(saetze, spalte, verzeichnis.verzeichnis.ersetzungen, name)
    _check_flaechen(saetze, verzeichnis, spalte, name)
    raeume = _eindeutig(_raeume(saetze, verzeichnis), verzeichnis, name)
    probleme = list(_find_fehler(raeume, verzeichnis, name))
    if probleme:
        raise EingabeError(probleme)
    _check_ausschluesse(raeume, verzeichnis, dokument)
    return _tabelle(_add_flaechen(raeume, verzeichnis), verzeichnis)


def _raeume(saetze: list[Satz], verzeichnis: Raumverzeichnis) -> list[Raum]:
    spalten = verzeichnis.verzeichnis.spalten
    if isinstance(spalten, Breit):
        return [raum for satz in saetze for raum in _raeume_breit(satz, verzeichnis, spalten)]
    return [_raum_lang(satz, verzeichnis, spalten) for satz in saetze]


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
        Problem(name, 0, f"Raum »{raum_id}«", f"Spalte »{spalte}«: »{text}« ist {rat}")
        for raum_id, text in texte
        if text and not muster.fullmatch(text)
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


def _find_fehler(raeume: list[Raum], verzeichnis: Raumverzeichnis, name: str) -> Iterator[Problem]:
    ebenen = {ebene.ebene: (nummer, ebene.muster) for nummer, ebene in enumerate(verzeichnis.ebenen)}
    nach_id = {raum.raum_id: raum for raum in raeume}
    wurzeln = [raum.name for raum in raeume if raum.eltern is None]
    if len(wurzeln) != 1:
        gefunden = f" ({', '.join(wurzeln[:5])})" if wurzeln else ""
        yield Problem(
            name,
            0,
            "",
            f"genau ein Raum darf keinen übergeordneten haben, hier sind es {len(wurzeln)}{gefunden}. Ergänzen lassen.",
        )
    for leer in ebenen.keys() - {raum.ebene for raum in raeume}:
        yield Problem(name, 0, "", f"auf der Ebene {leer} gibt es keinen Raum. Ergänzen oder Ebene streichen.")
    for raum in raeume:
        ort = f"Raum »{raum.raum_id}« ({raum.name})"
        if raum.ebene not in ebenen:
            yield Problem(name, 0, ort, f"unbekannte Ebene »{raum.ebene}« (bekannt: {', '.join(ebenen)}).")
            continue
        tiefe, muster = ebenen[raum.ebene]
        if not re.fullmatch(muster, raum.raum_id):
            yield Problem(name, 0, ort, f"der Schlüssel passt nicht zum Muster der Ebene {raum.ebene} ({muster}).")
        if not raum.name:
            yield Problem(name, 0, ort, "der Name fehlt. Ergänzen lassen.")
        if raum.eltern is None:
            continue
        eltern = nach_id.get(raum.eltern)
        if eltern is None:
            yield Problem(name, 0, ort, f"der übergeordnete Raum »{raum.eltern}« kommt nicht vor. Ergänzen lassen.")
        elif eltern.ebene in ebenen and ebenen[eltern.ebene][0] >= tiefe:
            yield Problem(
                name,
                0,
                ort,
                f"der übergeordnete Raum »{eltern.raum_id}« liegt nicht auf einer höheren Ebene. Zuordnung prüfen.",
            )


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
    return [Raum(r.raum_id, r.ebene, r.name, r.eltern, flaechen[r.raum_id]) for r in raeume]


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
