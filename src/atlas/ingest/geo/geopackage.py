"""GeoPackage: one layer of areas out of an SQLite file that is opened for reading only and trusted in nothing."""

from __future__ import annotations

import itertools
import sqlite3
import struct
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from atlas.errors import EingabeError, Problem
from atlas.ingest.dateien import GROESSTE_DATEI
from atlas.ingest.geo.bezugssystem import resolve_bezugssystem
from atlas.ingest.geo.flaechen import UNLESBAR, Rohflaechen, Satz, Satzsammler, check_sichtbar
from atlas.ingest.geo.gpkg_geometrie import OHNE_BEZUG, parse_geometrie
from atlas.zeichen import HOECHSTENS, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from atlas.config.models.datei import GeopackageDatei

_SQLITE = b"SQLite format 3\x00"
_KOPF = 100
_KENNUNGEN = (b"GPKG", b"GP10", b"GP11")
_GROESSTER_WERT = 1 << 28
"""Bytes of one value: 16 million corners of one area."""

_GROESSTER_NAME = 1 << 18
"""Bytes of a value as long as only names, definitions and the statements of the tables are read."""

_MAX_EBENEN = 1000
FRIST_S = 120.0
"""Seconds for one statement of SQL: the pages of a forged file can lead round and round."""

_SCHRITTE = 1000
"""Operations of SQLite between two looks at the clock."""

_ERLAUBTE_PRAGMAS = ("application_id", "table_info")


@dataclass(frozen=True)
class Ebene:
    """A table of features: its column of geometries and the number of its coordinate system."""

    tabelle: str
    geometrie: str
    srs_id: int


@contextmanager
def open_geopackage(pfad: Path, name: str, datei: GeopackageDatei) -> Iterator[Rohflaechen]:
    """Give the properties of all features of the declared or only layer; geometries are read while the file is open.

    Raises `EingabeError` for what is no GeoPackage, for a layer that is not there or not clear, for views in place
    of tables, and where neither file nor declaration tells the coordinate system.
    """
    _check_datei(pfad, name)
    # `immutable`: no lock and no journal beside a delivered file, which may lie where nobody may write.
    with closing(sqlite3.connect(f"{pfad.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as verbindung:
        verbindung.set_authorizer(authorize_lesen)
        try:
            roh = _read_rohflaechen(verbindung, name, datei, pfad.stat().st_size)
        except (sqlite3.Error, ValueError, TypeError, OverflowError) as fehler:
            _check_frist(fehler, name)
            _raise(name, _KAPUTT)
        yield roh


_KAPUTT = "das GeoPackage ist beschädigt oder unvollständig. Neu exportieren."


def _execute(verbindung: sqlite3.Connection, abfrage: str, werte: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a statement that is interrupted when its time is over."""
    ende = time.monotonic() + FRIST_S
    verbindung.set_progress_handler(lambda: time.monotonic() > ende, _SCHRITTE)
    return verbindung.execute(abfrage, werte)


def _check_frist(fehler: Exception, name: str) -> None:
    if getattr(fehler, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
        _raise(name, f"das Lesen dauert länger als {FRIST_S:.0f} Sekunden. Nur das nötige Gebiet exportieren.")


def _check_datei(pfad: Path, name: str) -> None:
    if pfad.exists() and not pfad.is_file():
        _raise(name, "keine gewöhnliche Datei (Ordner, Pipe oder Gerät). Die Datei selbst hinlegen.")
    try:
        groesse = pfad.stat().st_size
        with pfad.open("rb") as offen:
            kopf = offen.read(_KOPF)
    except OSError as fehler:
        raise EingabeError([Problem(name, 0, "", "die Datei ist nicht lesbar. Leserechte prüfen.")]) from fehler
    if groesse > GROESSTE_DATEI:
        _raise(name, "die Datei ist größer als 1 GB. Nur das nötige Gebiet exportieren.")
    if not kopf.startswith(_SQLITE) or len(kopf) < _KOPF or kopf[68:72] not in _KENNUNGEN:
        _raise(name, "kein GeoPackage. Neu exportieren.")
    # SQLite itself takes what is missing of the last page for zeros.
    seite, seiten = struct.unpack_from(">H", kopf, 16)[0], struct.unpack_from(">I", kopf, 28)[0]
    if groesse < (seite if seite > 1 else 65536) * seiten:
        _raise(name, "die Datei ist abgeschnitten. Neu übertragen.")
    for endung in ("-wal", "-journal"):
        daneben = pfad.with_name(pfad.name + endung)
        if daneben.is_file() and daneben.stat().st_size:
            _raise(
                name, f"daneben liegt {daneben.name}: ein Programm hat noch nicht alles gespeichert. Dort schließen."
            )


def authorize_lesen(aktion: int, erstes: str | None, _: str | None, __: str | None, sicht: str | None) -> int:
    """Allow reading of tables and nothing else: no views, functions, attached files or changes."""
    lesen = aktion in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ) and sicht is None
    auskunft = aktion == sqlite3.SQLITE_PRAGMA and erstes in _ERLAUBTE_PRAGMAS
    return sqlite3.SQLITE_OK if lesen or auskunft else sqlite3.SQLITE_DENY


def _read_rohflaechen(verbindung: sqlite3.Connection, name: str, datei: GeopackageDatei, groesse: int) -> Rohflaechen:
    verbindung.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _GROESSTER_NAME)
    ebene = _choose_ebene(verbindung, name, datei.ebene)
    bezugssystem = _read_bezugssystem(verbindung, ebene, datei.bezugssystem, name)
    schluessel, felder = _read_felder(verbindung, ebene, name)
    spalten = ", ".join(_quote(feld) for feld in felder)
    tabelle, geometrie = _quote(ebene.tabelle), _quote(ebene.geometrie)
    # Names cannot be parameters of SQL; quoted, whatever they hold is a name.
    # Not sorted by SQL, which would fill the disk before its first row.
    alle = f"SELECT {_quote(schluessel)}, {spalten} FROM {tabelle}"  # noqa: S608
    eine = f"SELECT {geometrie} FROM {tabelle} WHERE {_quote(schluessel)} = ?"  # noqa: S608
    verbindung.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _GROESSTER_WERT)
    saetze = _collect_saetze(_execute(verbindung, alle), felder, name)
    if not saetze:
        _raise(name, f"die Ebene »{ebene.tabelle}« enthält keine Flächen. Neu exportieren.")
    schluesselwerte = list(saetze)
    gelesen: set[int] = set()
    rest = groesse

    def read_geometrie(index: int) -> BaseGeometry:
        nonlocal rest
        try:
            (inhalt,) = next(_execute(verbindung, eine, (schluesselwerte[index],)))
        except (sqlite3.Error, TypeError, StopIteration) as fehler:
            _check_frist(fehler, name)
            raise ValueError(UNLESBAR) from fehler
        if isinstance(inhalt, bytes) and index not in gelesen:
            gelesen.add(index)
            rest -= len(inhalt)
            if rest < 0:  # areas that share bytes
                _raise(name, _KAPUTT)
        return parse_geometrie(inhalt, ebene.srs_id)

    return Rohflaechen(list(saetze.values()), read_geometrie, bezugssystem)


def _collect_saetze(zeilen: Iterator[tuple[Any, ...]], felder: list[str], name: str) -> dict[Any, Satz]:
    """Give the properties by their keys, sorted; `ValueError` for a key that comes twice: pages that are read again."""
    sammler = Satzsammler(felder, name)
    saetze: dict[Any, Satz] = {}
    for nummer, (schluessel, *werte) in enumerate(zeilen, start=1):
        satz = _write_satz(felder, tuple(werte), (name, nummer))
        if schluessel in saetze or isinstance(schluessel, bytes):
            raise ValueError(UNLESBAR)
        sammler.add(satz, nummer)
        saetze[schluessel] = satz
    return {schluessel: saetze[schluessel] for schluessel in sorted(saetze)}


def _choose_ebene(verbindung: sqlite3.Connection, name: str, verlangt: str | None) -> Ebene:
    _check_tabellen(verbindung, name, ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"))
    ebenen = _read_ebenen(verbindung, name)
    namen = ", ".join(f"»{ebene}«" for ebene in ebenen)
    if not ebenen:
        _raise(name, "das GeoPackage enthält keine Ebene mit Flächen. Neu exportieren.")
    if verlangt is None and len(ebenen) > 1:
        _raise(name, f"das GeoPackage enthält mehrere Ebenen: {namen}. datei.ebene angeben.")
    if verlangt is not None and verlangt not in ebenen:
        _raise(name, f"die Ebene »{verlangt}« gibt es nicht. Vorhanden: {namen}. datei.ebene prüfen.")
    ebene = ebenen[verlangt] if verlangt is not None else next(iter(ebenen.values()))
    _check_tabellen(verbindung, name, (ebene.tabelle,))
    return ebene


def _read_ebenen(verbindung: sqlite3.Connection, name: str) -> dict[str, Ebene]:
    """Give the layers of features, by their names in order."""
    # Not joined and sorted by SQL, which would fill the disk before its first row.
    inhalt = _execute(verbindung, "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")
    tabellen = {tabelle for (tabelle,) in itertools.islice(inhalt, _MAX_EBENEN)}
    spalten = _execute(verbindung, "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns")
    zeilen = [zeile for zeile in itertools.islice(spalten, _MAX_EBENEN) if zeile[0] in tabellen]
    if any(True for _ in itertools.chain(inhalt, spalten)):
        _raise(name, f"das GeoPackage enthält mehr als {_MAX_EBENEN} Ebenen. Nur die nötigen exportieren.")
    for text in (*tabellen, *(spalte for _, spalte, _ in zeilen)):
        if not isinstance(text, str):
            _raise(name, f"der Name einer Ebene oder Spalte ist kein Text (»{_show(text)}«). Neu exportieren.")
        check_sichtbar(text, "der Name einer Ebene oder Spalte", (name, ""))
    return {tabelle: Ebene(tabelle, spalte, int(srs)) for tabelle, spalte, srs in sorted(zeilen)}


def _show(wert: object) -> str:
    return shorten(wert.decode("utf-8", errors="replace") if isinstance(wert, bytes) else str(wert), HOECHSTENS)


def _check_tabellen(verbindung: sqlite3.Connection, name: str, tabellen: tuple[str, ...]) -> None:
    """Demand tables whose rows stand in the file: a view or a virtual table is a program of its writer."""
    for tabelle in tabellen:
        abfrage = "SELECT 1 FROM sqlite_master WHERE rootpage > 0 AND name = ? COLLATE NOCASE"
        if next(_execute(verbindung, abfrage, (tabelle,)), None) is None:
            _raise(name, f"die Tabelle »{tabelle}« fehlt oder ist nur eine Sicht (View). Als Tabelle exportieren.")


def _read_bezugssystem(verbindung: sqlite3.Connection, ebene: Ebene, deklariert: str | None, name: str) -> CRS:
    abfrage = "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?"
    zeile = next(_execute(verbindung, abfrage, (ebene.srs_id,)), None)
    if zeile is None or ebene.srs_id in OHNE_BEZUG:
        return resolve_bezugssystem("", deklariert, name)
    amt, nummer, definition = zeile
    genannt = f"EPSG:{nummer}" if str(amt).upper() == "EPSG" else str(definition)
    return resolve_bezugssystem(genannt, deklariert, name)


def _read_felder(verbindung: sqlite3.Connection, ebene: Ebene, name: str) -> tuple[str, list[str]]:
    """Give the primary key and the fields that hold no binary values."""
    spalten = list(_execute(verbindung, f"PRAGMA table_info({_quote(ebene.tabelle)})"))
    schluessel = [spalte for _, spalte, _, _, _, pk in spalten if pk]
    if len(schluessel) != 1 or ebene.geometrie not in [spalte[1] for spalte in spalten]:
        _raise(name, f"der Ebene »{ebene.tabelle}« fehlt der Schlüssel oder die Geometriespalte. Neu exportieren.")
    felder = [s for _, s, typ, *_ in spalten if s != ebene.geometrie and not str(typ).upper().startswith("BLOB")]
    return schluessel[0], felder


def _write_satz(felder: list[str], werte: tuple[object, ...], ort: tuple[str, int]) -> Satz:
    satz = {}
    for feld, wert in zip(felder, werte, strict=True):
        if isinstance(wert, bytes):
            name, nummer = ort
            grund = f"das Feld »{feld}« enthält Binärdaten statt Text. Feld beim Export weglassen."
            raise EingabeError([Problem(name, 0, f"Objekt {nummer}", grund)])
        # The shortest digits that mean the same number, without an exponent.
        satz[feld] = "" if wert is None else f"{Decimal(repr(wert)):f}" if isinstance(wert, float) else str(wert)
    return satz


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _raise(name: str, text: str) -> NoReturn:
    raise EingabeError([Problem(name, 0, "", text)])
