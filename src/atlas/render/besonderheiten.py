"""What was special about the deliveries and the Räume: for each Quelle what differs, and why; never a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from atlas.render.fehlstellen import name_raeume_dativ
from atlas.render.modelle import Abschnitt, Spalte, Tabelle, Zeile, Zeilengruppe
from atlas.render.nachweistext import join_saetze
from atlas.render.sprachform import tell_frueher
from atlas.render.zahlen import format_datum_kurz, format_gebietsstand, format_liste
from atlas.render.zahlverrat import may_tell_zahl
from atlas.tables.raum import GANZ

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pandera.typing.polars import DataFrame

    from atlas.config.models.korrekturen import Korrektur
    from atlas.config.models.quellen import Quelle
    from atlas.render.werk import Werk
    from atlas.tables.messung import Lieferungen
    from atlas.tables.raum import Umstiege

TITEL: Final = "Besonderheiten der Lieferungen"
_EINLEITUNG: Final = (
    "Gelieferte Dateien werden nicht verändert. Was an einzelnen von ihnen anders ist als sonst, welche Zahl "
    "berichtigt ist und was für einzelne Räume gilt, steht hier."
)
_VORLAEUFIG: Final = "Noch nicht endgültig bestätigt; die Zahlen können sich ändern."
_ZAHL_GENANNT: Final = (
    "Die gelieferte Zahl ist nachweislich falsch; die Begründung liegt bei der verantwortlichen Stelle."
)
_GRUND_LIEGT_VOR: Final = "Aufbau und Begründung sind der verantwortlichen Stelle bekannt."
_HOECHSTENS_DATEIEN: Final = 2
_HOECHSTENS_RAEUME: Final = 12
_RAEUME: Final = "Räume"
_JAHRE: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:[-_]((?:19|20)\d{2}))?(?!\d)")
_ZAHL: Final = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class _Fall:
    """What is special, where, and why."""

    was: str
    wo: str
    warum: str


def build_besonderheiten(
    werk: Werk, lieferungen: DataFrame[Lieferungen], umstiege: DataFrame[Umstiege]
) -> tuple[Abschnitt, ...]:
    """Give the section with a row per case, by Quelle and last the Räume; none where nothing is special."""
    quellen = werk.konfiguration.quellen.quellen
    dateien = _list_dateien(lieferungen)
    faecher = [
        (quelle.titel, _find_faelle(werk, name, quelle, dateien.get(name, []))) for name, quelle in quellen.items()
    ]
    faecher += [(_RAEUME, _find_umstiege(werk, umstiege)), (_RAEUME, _find_ausschluesse(werk))]
    zeilen = _merge_gleiche([(titel, fall) for titel, faelle in faecher for fall in faelle])
    if not zeilen:
        return ()
    spalten = (Spalte("Was", "klasse"), Spalte("Wo", "quelle"), Spalte("Warum", "weit"))
    tabelle = Tabelle(TITEL, "Statistik", spalten, (Zeilengruppe(zeilen),), art="lang")
    return (Abschnitt(TITEL, (_EINLEITUNG,), tabellen=(tabelle,)),)


def _merge_gleiche(faelle: Sequence[tuple[str, _Fall]]) -> tuple[Zeile, ...]:
    """Give a row per case; several Quellen with the same reason share one."""
    gleiche: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for titel, fall in faelle:
        eigener_ort = fall.wo if titel == _RAEUME else ""
        gleiche.setdefault((fall.was, fall.warum, eigener_ort), []).append((titel, fall.wo))
    return tuple(
        Zeile("; ".join(dict.fromkeys(titel)), (was, "; ".join(dict.fromkeys(wo)), warum))
        for (was, warum, _), paare in gleiche.items()
        for titel, wo in [tuple(zip(*paare, strict=True))]
    )


def _list_dateien(lieferungen: DataFrame[Lieferungen]) -> dict[str, list[str]]:
    """Give the delivered files of each Quelle by name, sorted."""
    dateien: dict[str, list[str]] = {}
    for quelle, datei in lieferungen.select("quelle", "datei").sort("quelle", "datei").iter_rows():
        dateien.setdefault(quelle, []).append(datei)
    return dateien


def _find_faelle(werk: Werk, name: str, quelle: Quelle, dateien: Sequence[str]) -> Iterator[_Fall]:
    """Yield what is provisional, what differs in some delivered file, and what was corrected."""
    if quelle.vorlaeufig:
        yield _Fall("vorläufig", f"Datenstand {format_datum_kurz(quelle.stand)}", _VORLAEUFIG)
    for abweichung in quelle.abweichungen:
        getroffene = [datei for datei in dateien if re.search(abweichung.dateien, datei)]
        if getroffene:
            grund = _GRUND_LIEGT_VOR if _ist_verraeterisch(werk, abweichung.grund) else abweichung.grund
            yield _Fall("anders aufgebaut", _name_dateien(werk, getroffene), join_saetze([grund]))
    for korrektur in werk.konfiguration.korrekturen.korrekturen.values():
        if korrektur.quelle == name:
            yield _tell_korrektur(werk, korrektur)


def _name_dateien(werk: Werk, dateien: Sequence[str]) -> str:
    """Name few files, and of many the first and the last with their number; in an Ausgabe for others their years."""
    namen = [datei.rpartition("/")[2] for datei in dateien]
    if werk.ausgabe.geheimhaltung != "keine":
        return _name_jahre(namen)
    if len(namen) <= _HOECHSTENS_DATEIEN:
        return format_liste(namen)
    return f"{len(namen)} Dateien: {namen[0]} bis {namen[-1]}"


def _name_jahre(namen: Sequence[str]) -> str:
    """Give the years that stand in names of files: Daten 2024, Daten 2015 und 2017, Daten 2014 bis 2018."""
    jahre = sorted({jahr for name in namen for treffer in _JAHRE.finditer(name) for jahr in _list_jahre(treffer)})
    if not jahre:
        return "einzelne Dateien" if len(namen) > 1 else "eine Datei"
    if len(jahre) > _HOECHSTENS_DATEIEN:
        return f"Daten {jahre[0]} bis {jahre[-1]}"
    return f"Daten {format_liste([str(jahr) for jahr in jahre])}"


def _list_jahre(treffer: re.Match[str]) -> range:
    """Give the years of 2024 or of 2014-2018."""
    return range(int(treffer[1]), int(treffer[2] or treffer[1]) + 1)


def _tell_korrektur(werk: Werk, korrektur: Korrektur) -> _Fall:
    """Say which cell was corrected by whom and when; a reason that holds one of its figures is not printed."""
    raeume = werk.register.raeume
    raum = raeume[korrektur.raum_id].name if korrektur.raum_id in raeume else f"ein früherer Raum ({korrektur.raum_id})"
    groesse = f"{korrektur.merkmal} ({korrektur.gruppe})" if korrektur.gruppe else korrektur.merkmal
    zu = _nennt_zahl(korrektur) or _ist_verraeterisch(werk, korrektur.grund)
    grund = _ZAHL_GENANNT if zu else korrektur.grund
    stelle = "" if _ist_verraeterisch(werk, korrektur.stelle) else f": {korrektur.stelle}"
    wer = f"Berichtigt am {format_datum_kurz(korrektur.am)}{stelle}"
    return _Fall("einzelne Zahl berichtigt", f"{raum}, {korrektur.jahr}, Merkmal {groesse}", join_saetze([grund, wer]))


def _ist_verraeterisch(werk: Werk, text: str) -> bool:
    """Tell whether an Ausgabe that protects figures leaves a text out: a number in it may be one of them."""
    return werk.ausgabe.geheimhaltung != "keine" and may_tell_zahl(text)


def _nennt_zahl(korrektur: Korrektur) -> bool:
    """Tell whether the reason of a correction says what was delivered or what is right instead."""
    zahlen = {zahl for zahl in (korrektur.erwartet, korrektur.wert) if isinstance(zahl, int | float)}
    genannte = {treffer[0].replace(".", "").replace(",", ".") for treffer in _ZAHL.finditer(korrektur.grund)}
    return any(float(text) in zahlen for text in genannte if text.count(".") <= 1)


def _find_umstiege(werk: Werk, umstiege: DataFrame[Umstiege]) -> Iterator[_Fall]:
    """Yield the former Räume that went into those of today, while they are few enough to be named."""
    raeume = werk.register.raeume
    frueher = umstiege.filter(
        (pl.col("nach_stand") == werk.konfiguration.raeume.gebietsstand)
        & pl.col("nach_raum_id").is_in(list(raeume))
        & ~pl.col("von_raum_id").is_in(list(raeume))
    )
    ziele: dict[tuple[str, str], dict[str, bool]] = {}
    spalten = ("von_stand", "von_raum_id", "nach_raum_id", "gewichtung")
    for stand, von, nach, gewichtung in frueher.select(spalten).sort(spalten).iter_rows():
        ziele.setdefault((stand, von), {})[nach] = gewichtung == GANZ
    if len(ziele) > _HOECHSTENS_RAEUME:
        yield _Fall("Gebietsänderung", f"{len(ziele)} frühere Räume", "Sie sind in heutigen Räumen aufgegangen.")
        return
    for (stand, von), nach in ziele.items():
        namen = name_raeume_dativ(werk.register, list(nach))
        was = tell_frueher(werk.register.find_ebene(raeume[next(iter(nach))].ebene).titel)
        wie = f"Ging ganz in {namen} auf" if all(nach.values()) and len(nach) == 1 else f"Kam anteilig zu {namen}"
        umgerechnet = "frühere Anzahlen sind auf den heutigen Stand umgerechnet"
        yield _Fall("Gebietsänderung", f"{was} ({von}), bis {format_gebietsstand(stand)}", f"{wie}; {umgerechnet}.")


def _find_ausschluesse(werk: Werk) -> Iterator[_Fall]:
    """Yield the Räume that no Index rates, with the declared reason."""
    for ausschluss in werk.konfiguration.raeume.ausschluesse:
        name = werk.register.name_eindeutig(ausschluss.raum_id)
        yield _Fall("in keinem Index bewertet", name, join_saetze([ausschluss.grund]))
