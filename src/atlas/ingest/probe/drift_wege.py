"""Ways to read a delivery that differs from the declaration: other encoding, separator, sheet, header."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain, product
from typing import TYPE_CHECKING, Any, Final

from atlas.config.models.datei import Aufbau, CsvDatei, ExcelDatei, Kopf
from atlas.errors import EingabeError
from atlas.ingest.deutung.abweichungen import apply_abweichungen
from atlas.ingest.formate.bereich import find_bereich
from atlas.ingest.formate.lesen import read_raster, read_rohtabelle
from atlas.ingest.probe.lesungen import build_lesung
from atlas.ingest.probe.vorschlag import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.config.models.datei import Tabellendatei
    from atlas.config.models.quellen import Quelle
    from atlas.ingest.deutung.lesung import Lesung, Umfeld
    from atlas.ingest.formate.raster import Raster, Rohtabelle

Abweichend = dict[str, Any]
"""Settings of `datei` that a file needs and the declaration does not give."""

_TIEFSTER_KOPF: Final = 4
_KOPF_GESUCHT: Final = 60


@dataclass(frozen=True)
class Inhalt:
    """A delivered file: its bytes, how it is printed, and its name; each way to read its cells is gone once."""

    bytes: bytes
    name: str
    dateiname: str
    gelesene: dict[tuple[str, ...], Raster | EingabeError] = field(default_factory=dict, compare=False, repr=False)

    def read_raster(self, datei: Tabellendatei, dezimal: str) -> Raster:
        """Read all cells; what was read with the same sheet, encoding and separator is not read again.

        Raises `EingabeError` as `read_raster` does.
        """
        weg = (dezimal, *(getattr(datei, name, "") for name in ("blatt", "zeichensatz", "trenner")))
        if weg not in self.gelesene:
            try:
                self.gelesene[weg] = read_raster(self.bytes, self.name, datei, dezimal)
            except EingabeError as fehler:
                self.gelesene[weg] = fehler
        raster = self.gelesene[weg]
        if isinstance(raster, EingabeError):
            raise EingabeError(raster.probleme)
        return raster

    def read_tabelle(self, datei: Tabellendatei, dezimal: str) -> Rohtabelle:
        """Read the region as declared, or with other settings of `datei`.

        Raises `EingabeError` as `read_rohtabelle` does.
        """
        if not isinstance(datei, Aufbau) or datei.sha256 is not None:
            return read_rohtabelle(self.bytes, self.name, datei, dezimal)
        trenner = datei.trenner if isinstance(datei, CsvDatei) else ""
        return find_bereich(self.read_raster(datei, dezimal), datei, trenner)


def open_abweichend(
    inhalt: Inhalt, quelle: Quelle, umfeld: Umfeld, vorbild: Sequence[str] = ()
) -> tuple[Lesung, Abweichend]:
    """Read a file as declared or, with the heads of another one to compare with, in the way that resembles it most.

    Raises `EingabeError` when it cannot be read as declared and there is nothing to compare with, or no way helps.
    """
    wege: list[tuple[int, Lesung, Abweichend]] = []
    fehler: EingabeError | None = None
    for abweichend in chain([{}], _list_wege(inhalt, quelle, vorbild) if vorbild else ()):
        try:
            lesung = _open(inhalt, quelle, umfeld, abweichend)
        except EingabeError as grund:
            fehler = fehler or grund
            continue
        gemeinsame = len(set(vorbild) & set(lesung.tabelle.kopf))
        if not abweichend and 2 * gemeinsame >= len(vorbild):
            return lesung, {}
        if gemeinsame or not abweichend:
            wege.append((gemeinsame, lesung, abweichend))
    if not wege:
        raise fehler or EingabeError([])
    _, lesung, abweichend = max(wege, key=lambda weg: (weg[0], -len(weg[2])))
    return lesung, abweichend


def _open(inhalt: Inhalt, quelle: Quelle, umfeld: Umfeld, abweichend: Abweichend) -> Lesung:
    eigene = apply_abweichungen(quelle, inhalt.dateiname)
    datei = eigene.datei.model_copy(update=abweichend)
    lesung = build_lesung(inhalt.read_tabelle(datei, eigene.zahl.dezimal), quelle, inhalt.dateiname, umfeld)
    return replace(lesung, quelle=eigene.model_copy(update={"datei": datei}))


def _list_wege(inhalt: Inhalt, quelle: Quelle, vorbild: Sequence[str]) -> Iterator[Abweichend]:
    """Give other settings with which a file might be readable; last of all those without the declared end."""
    eigene = apply_abweichungen(quelle, inhalt.dateiname)
    datei = eigene.datei
    wege = list(_list_wege_mit_ende(inhalt, eigene, datei, vorbild))
    yield from wege
    if isinstance(datei, Aufbau) and datei.ende:
        yield from (weg | {"ende": None} for weg in ({}, *wege))


def _list_wege_mit_ende(
    inhalt: Inhalt, quelle: Quelle, datei: Tabellendatei, vorbild: Sequence[str]
) -> Iterator[Abweichend]:
    wege: list[Abweichend] = [{}]
    if isinstance(datei, CsvDatei):
        saetze = [{}, *({"zeichensatz": z} for z in ("utf-8", "cp1252", "utf-16") if z != datei.zeichensatz)]
        trenner = [{}, *({"trenner": t} for t in (";", ",", "\t", "|") if t != datei.trenner)]
        wege = [a | b for a, b in product(saetze, trenner)]
    elif isinstance(datei, ExcelDatei):
        wege += [{"blatt": f"^{escape(name)}$"} for name in _list_sichtbare(inhalt)]
    koepfe: list[Abweichend] = [{}]
    if isinstance(datei, Aufbau) and datei.kopf:
        tiefen = [n for n in range(1, _TIEFSTER_KOPF + 1) if n != datei.kopf.tiefe]
        koepfe += [{"kopf": datei.kopf.model_copy(update={"tiefe": n, "fuellen": ()})} for n in tiefen]
    for weg in wege:
        yield from (weg | kopf for kopf in koepfe if weg or kopf)
        if isinstance(datei, Aufbau):
            yield from _find_kopf(inhalt, quelle, datei.model_copy(update=weg), weg, vorbild)


def _list_sichtbare(inhalt: Inhalt) -> list[str]:
    from atlas.ingest.formate.arbeitsmappe import list_blaetter

    try:
        return [name for name, sichtbar, *_ in list_blaetter(inhalt.bytes, inhalt.name) if sichtbar]
    except EingabeError:
        return []


def _find_kopf(
    inhalt: Inhalt,
    quelle: Quelle,
    datei: Tabellendatei,
    weg: Abweichend,
    vorbild: Sequence[str],
) -> Iterator[Abweichend]:
    """Look for a line that holds most of the heads to compare with, and make its first cell the anchor."""
    try:
        raster = inhalt.read_raster(datei, quelle.zahl.dezimal)
    except EingabeError:
        return
    for satz in raster.zellen.head(_KOPF_GESUCHT).iter_rows():
        texte = [" ".join(zelle.split()) for zelle in satz if zelle and zelle.strip()]
        if len(set(texte) & set(vorbild)) * 2 >= len(vorbild):
            yield weg | {"kopf": Kopf(anker=f"^{escape(texte[0])}$")}
            return
