"""What a declaration makes of a delivered file, step by step, also where it does not fit yet: for the analyst's eye."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from atlas.errors import EingabeError
from atlas.ingest.deutung.abweichungen import apply_abweichungen
from atlas.ingest.deutung.lesung import Umfeld
from atlas.ingest.deutung.quelle import open_lesung, read_quelle
from atlas.ingest.deutung.spalten import choose_spalten, find_zeilenspalten
from atlas.ingest.deutung.zeilen import build_zeilen
from atlas.ingest.deutung.zellen import build_zellen
from atlas.ingest.deutung.zellwerte import parse_zellen
from atlas.ingest.probe.lesungen import build_lesung
from atlas.ingest.probe.probe_anfang import look_at_anfang
from atlas.ingest.probe.probe_bereich import Bereichsprobe, describe_bereich, shorten_randtexte
from atlas.ingest.probe.probe_spalten import Spaltenprobe, describe_spalten, read_ohne_zeilen
from atlas.ingest.probe.vorschlag import pair_koepfe, suggest_spalten
from atlas.zeichen import mask

if TYPE_CHECKING:
    from atlas.config.models.quellen import Quelle
    from atlas.errors import Problem
    from atlas.ingest.deutung.lesung import Lesung
    from atlas.ingest.deutung.spalten import Spaltenwahl
    from atlas.ingest.deutung.zeilen import Zeilen
    from atlas.ingest.formate.raster import Rohtabelle
    from atlas.ingest.probe.probe_anfang import Anfangszeile, Blatt
    from atlas.ingest.probe.vorschlag import Vorschlag

_UNLESBARE_HOECHSTENS = 5


@dataclass(frozen=True)
class Zeilenprobe:
    """Rows of the region by what they are about: they add up to `gesamt`.

    `unverstanden` are those whose key, text or year does not fit the declaration.
    """

    gesamt: int
    ebenen: dict[str, int]
    ausserhalb: int
    kein_raum: int
    ignoriert: int
    unverstanden: int


@dataclass(frozen=True)
class Probe:
    """What was recognised in one file; without `bereich` only its beginning (`anfang`, `blaetter`).

    `probleme` is empty if, and only if, a run would read the file; `messwerte` is what it would take from it. No text
    holds the figure of a cell: `anfang` and `unlesbare` (address and shape) show digits as 9, but not those of years.
    """

    datei: str
    typ: str
    groesse: int
    bereich: Bereichsprobe | None = None
    randtexte: tuple[str, ...] = ()
    spalten: tuple[Spaltenprobe, ...] = ()
    fehlend: tuple[str, ...] = ()
    aehnlich: tuple[tuple[str, str], ...] = ()
    zeilen: Zeilenprobe | None = None
    messwerte: int = 0
    jahre: tuple[int, ...] = ()
    unlesbare: tuple[tuple[str, str], ...] = ()
    anfang: tuple[Anfangszeile, ...] = ()
    blaetter: tuple[Blatt, ...] = ()
    vorschlaege: tuple[Vorschlag, ...] = ()
    hinweise: tuple[str, ...] = ()
    probleme: tuple[Problem, ...] = ()

    @property
    def ist_lesbar(self) -> bool:
        """Tell whether a run would read the file."""
        return not self.probleme


def build_probe(inhalt: bytes, name: str, dateiname: str, quelle: Quelle, umfeld: Umfeld) -> Probe:
    """Read a file as a run would, and go on where a run would stop; `name` is how the file is printed."""
    eigene = apply_abweichungen(quelle, dateiname)
    probe = Probe(name, eigene.datei.typ, len(inhalt))
    try:
        lesung = open_lesung(inhalt, name, dateiname, quelle, umfeld)
    except EingabeError as fehler:
        probe = replace(probe, probleme=fehler.probleme)
        anfang = look_at_anfang(inhalt, name, eigene, fehler.probleme)
        probe = replace(probe, anfang=anfang.zeilen, blaetter=anfang.blaetter)
        return _describe_koepfe(probe, anfang.tabelle, quelle, dateiname) if anfang.tabelle else probe
    return _describe(replace(probe, bereich=describe_bereich(inhalt, lesung)), lesung)


def _describe_koepfe(probe: Probe, tabelle: Rohtabelle, quelle: Quelle, dateiname: str) -> Probe:
    """Say what the heads are of a file whose region was not found."""
    try:
        lesung = build_lesung(tabelle, quelle, dateiname, Umfeld())
    except EingabeError:
        return probe  # two columns of one head by declaration: that is the problem already noted
    wahl = choose_spalten(lesung.tabelle, lesung.quelle)
    return replace(
        probe,
        spalten=describe_spalten(lesung.tabelle, lesung.quelle, wahl, None),
        fehlend=tuple(wahl.fehlend),
        aehnlich=pair_koepfe(wahl.fehlend, wahl.uebrig),
    )


def _describe(probe: Probe, lesung: Lesung) -> Probe:
    """Say what is in the region; every step shows what the steps before made possible."""
    wahl = choose_spalten(lesung.tabelle, lesung.quelle)
    messwerte, probleme = _read_ganz(replace(lesung, probleme=[]))
    soweit = replace(lesung, probleme=[])
    zeilen, zellen = _read_soweit(soweit, wahl)
    uebrige = [(kopf, lesung.tabelle.df[lesung.finde(kopf)]) for kopf in wahl.uebrig]
    unlesbare = zellen.filter(pl.col("symbol").is_null() & pl.col("wert").is_null()).sort("zeile", maintain_order=True)
    return replace(
        probe,
        randtexte=shorten_randtexte(lesung.tabelle.randtexte),
        spalten=describe_spalten(lesung.tabelle, lesung.quelle, wahl, zellen),
        fehlend=tuple(wahl.fehlend),
        aehnlich=pair_koepfe(wahl.fehlend, wahl.uebrig),
        zeilen=_count_zeilen(zeilen, zellen, lesung) if zeilen else None,
        messwerte=messwerte,
        jahre=tuple(sorted(zellen["jahr"].drop_nulls().unique())),
        unlesbare=tuple(
            (zelle, mask(text)) for zelle, text in unlesbare.select("zelle", "text").head(_UNLESBARE_HOECHSTENS).rows()
        ),
        vorschlaege=suggest_spalten(uebrige, wahl.fehlend, lesung.quelle),
        probleme=tuple(sorted({*probleme, *soweit.probleme})) if probleme else (),
    )


def _read_ganz(lesung: Lesung) -> tuple[int, tuple[Problem, ...]]:
    """Give how many Messwerte a run takes, and what it reports: by the very function that a run calls."""
    try:
        return read_quelle(lesung, "probe").messwerte.height, ()
    except EingabeError as fehler:
        return 0, fehler.probleme


def _read_soweit(lesung: Lesung, wahl: Spaltenwahl) -> tuple[Zeilen | None, pl.DataFrame]:
    """Give rows and cells as far as the columns that are there allow; columns missing only here are left out."""
    if set(find_zeilenspalten(lesung.quelle)) & set(wahl.fehlend):
        return None, read_ohne_zeilen(lesung.tabelle, lesung.quelle, wahl)
    if lesung.quelle.qualitaet and lesung.quelle.qualitaet.spalte in wahl.fehlend:
        lesung = replace(lesung, quelle=lesung.quelle.model_copy(update={"qualitaet": None}))
    zeilen = None
    try:
        zeilen = build_zeilen(lesung)
        zellen = build_zellen(lesung, wahl.gelesen, zeilen)
        werte = parse_zellen(lesung, zellen)
    except EingabeError as fehler:
        lesung.probleme.extend(fehler.probleme)
        return zeilen, read_ohne_zeilen(lesung.tabelle, lesung.quelle, wahl)
    return zeilen, zellen.with_columns(wert=werte["wert"], status=werte["status"])


def _count_zeilen(zeilen: Zeilen, zellen: pl.DataFrame, lesung: Lesung) -> Zeilenprobe:
    """Count rows by level; where the heads name the Räume, the Räume by level, and all rows are understood."""
    gesamt = lesung.tabelle.df.height
    if "ebene" in zeilen.df.columns:
        je_ebene = zeilen.df.group_by("ebene").len()
    elif "ebene" in zellen.columns:
        je_ebene = zellen.group_by("ebene").agg(pl.col("raum_id").n_unique())
    else:
        je_ebene = pl.DataFrame({"ebene": [], "len": []})
    ebenen = dict(je_ebene.sort("ebene").rows())
    rest = gesamt - zeilen.df.height - zeilen.ausserhalb - zeilen.ohne_raum - zeilen.ignoriert
    return Zeilenprobe(gesamt, ebenen, zeilen.ausserhalb, zeilen.ohne_raum, zeilen.ignoriert, rest)
