"""How a delivered file is laid out; shared by Raumverzeichnis, Umstiege and Quellen."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from atlas.config.models.basis import Modell, Regex, Text

Zeichensatz = Literal["utf-8", "cp1252", "iso-8859-15", "iso-8859-1", "utf-16"]
Trenner = Literal[";", ",", "\t", "|"]


_LAENGSTER_PFAD: Final = 1000
_LAENGSTER_NAME: Final = 255
"""Bytes: no file system takes a longer name."""


def _check_glob(glob: str) -> str:
    pfad = PurePosixPath(glob)
    if pfad.is_absolute() or ".." in pfad.parts or not pfad.parts:
        text = f"»{glob}« muss ein Pfad unter data/raw (oder --roh) sein, ohne / am Anfang und ohne »..«."
        raise ValueError(text)
    if len(glob) > _LAENGSTER_PFAD or any(len(teil.encode()) > _LAENGSTER_NAME for teil in pfad.parts):
        text = f"ist als Pfad zu lang (höchstens {_LAENGSTER_PFAD} Zeichen, zwischen zwei / {_LAENGSTER_NAME})."
        raise ValueError(text)
    if any("**" in teil and teil != "**" for teil in pfad.parts):
        text = f"»{glob}«: ** steht nur allein zwischen zwei Schrägstrichen."
        raise ValueError(text)
    return glob


Glob = Annotated[Text, AfterValidator(_check_glob)]


class Kopf(Modell):
    """Where the header begins and how deep it is; found by its text, never by a row number."""

    anker: Regex = Field(description="Muster einer Zelle der obersten Kopfzeile")
    tiefe: Annotated[int, Field(ge=1, le=20)] = Field(default=1, description="Anzahl der Kopfzeilen")
    fuellen: tuple[Annotated[int, Field(ge=1, le=20)], ...] = Field(
        default=(), strict=False, description="Kopfzeilen (ab 1), deren leere Zellen den Text links von ihnen meinen"
    )
    verbinder: Text = Field(default=" | ", description="Was zwischen den Texten der Kopfzeilen einer Spalte steht")

    @model_validator(mode="after")
    def _check_fuellen(self) -> Kopf:
        if any(zeile > self.tiefe for zeile in self.fuellen):
            text = f"fuellen nennt eine Kopfzeile, die es bei tiefe: {self.tiefe} nicht gibt."
            raise ValueError(text)
        return self


def _expand_kopf(kopf: object) -> object:
    return {"anker": kopf} if isinstance(kopf, str) else kopf


Kopfangabe = Annotated[Kopf | None, BeforeValidator(_expand_kopf)]
"""A header, or just the pattern of its anchor."""


class Aufbau(Modell):
    """Header, end and rows to skip, for text files and workbooks alike."""

    kopf: Kopfangabe = Field(
        default=None, description="Anker und Tiefe des Kopfs; ohne Angabe ist die erste Zeile mit Text der Kopf"
    )
    spalten_fest: tuple[Text, ...] | None = Field(
        default=None, description="Namen der Spalten einer Datei ohne Kopf, von links an"
    )
    ende: Regex | None = Field(
        default=None, description="Muster der ersten gefüllten Zelle, mit der die Fußzeilen beginnen"
    )
    ueberspringen: tuple[Regex, ...] = Field(
        default=(), description="Muster der ersten gefüllten Zelle von Zeilen, die keine Daten sind"
    )

    zwischentitel: dict[Text, Regex] = Field(
        default={},
        description="Neue Spalte und Muster der Zeilen mit nur einem Text, der für alle folgenden gilt; Oberste zuerst",
    )

    @model_validator(mode="after")
    def _check_kopf(self) -> Aufbau:
        if self.kopf is not None and self.spalten_fest is not None:
            text = "kopf und spalten_fest schließen einander aus."
            raise ValueError(text)
        return self


class Lieferdatei(Modell):
    """What every kind of file declares: where it lies, and whether it must be the very same."""

    glob: Glob = Field(description="Pfad unter data/raw (oder --roh), mit * und ?")
    mehrere: bool = Field(default=False, description="Ob das Muster mehrere Dateien treffen darf")
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = Field(
        default=None, description="Prüfsumme, die die eine Datei haben muss"
    )

    @property
    def globs(self) -> tuple[str, ...]:
        """Give the patterns of all files that belong to the declared one."""
        return (self.glob,)

    @model_validator(mode="after")
    def _check_sha256(self) -> Lieferdatei:
        if self.sha256 is not None and self.mehrere:
            text = "sha256 gilt für eine Datei und nicht zusammen mit mehrere: true."
            raise ValueError(text)
        return self


class CsvDatei(Aufbau, Lieferdatei):
    """Delimited text of any layout, GENESIS classic included."""

    typ: Literal["csv"] = Field(description="Dateityp")
    zeichensatz: Zeichensatz = Field(description="Zeichensatz der Datei; ein BOM wird erkannt")
    trenner: Trenner = Field(description="Trennzeichen zwischen den Spalten")


class ExcelDatei(Aufbau, Lieferdatei):
    """One sheet of a workbook."""

    typ: Literal["xlsx", "xls"] = Field(description="Dateityp; es zählt der Inhalt, nicht die Endung")
    blatt: Regex = Field(description="Muster über dem Namen des Blatts; genau ein sichtbares Blatt muss passen")
    blaetter_ignoriere: tuple[Regex, ...] = Field(
        default=(), description="Muster der sichtbaren Blätter, die bewusst nicht gelesen werden"
    )
    verstecktes: Literal["fehler", "lesen", "auslassen"] = Field(
        default="fehler", description="Was mit ausgeblendeten Zeilen und Spalten der Tabelle geschieht"
    )


class FfcsvDatei(Lieferdatei):
    """GENESIS flat file (ffcsv), the format of 2025 and the one before.

    Its columns are named `Zeit`, by the code of each variable (`KREISE`, `GES`), and `Wert`, `Wertmerkmal`, `Einheit`,
    `Qualitaet`, whatever the file calls them.
    """

    typ: Literal["ffcsv"] = Field(description="Dateityp")
    zeichensatz: Zeichensatz = Field(default="utf-8", description="Zeichensatz der Datei; ein BOM wird erkannt")


class QuaderDatei(Lieferdatei):
    """GENESIS cube file ("Quader", datencsv); its columns have the names of axes and values in its own header."""

    typ: Literal["quader"] = Field(description="Dateityp")
    zeichensatz: Zeichensatz = Field(default="utf-8", description="Zeichensatz der Datei; ein BOM wird erkannt")


class GeojsonDatei(Modell):
    """GeoJSON after RFC 7946 (longitude and latitude, WGS 84); the columns are the properties."""

    typ: Literal["geojson"] = Field(description="Dateityp")
    glob: Glob = Field(description="Pfad unter data/raw (oder --roh)")

    @property
    def globs(self) -> tuple[str, ...]:
        """Give the pattern of the file."""
        return (self.glob,)


Bezugssystem = Annotated[str, Field(pattern=r"^EPSG:\d{4,6}$")]


class GeopackageDatei(Modell):
    """One layer of a GeoPackage; the columns are its fields."""

    typ: Literal["geopackage"] = Field(description="Dateityp")
    glob: Glob = Field(description="Pfad unter data/raw (oder --roh)")
    ebene: Text | None = Field(default=None, description="Name der Ebene (Layer), nötig bei mehreren")
    bezugssystem: Bezugssystem | None = Field(
        default=None, description="Koordinatensystem, z. B. EPSG:25832, falls die Datei keines nennt"
    )

    @property
    def globs(self) -> tuple[str, ...]:
        """Give the pattern of the file."""
        return (self.glob,)


class ShapeDatei(Modell):
    """A shapefile with its companions (.dbf, .shx, .prj, .cpg); the columns are the fields of the .dbf."""

    typ: Literal["shapefile"] = Field(description="Dateityp")
    glob: Annotated[Glob, Field(pattern=r"\.shp$")] = Field(description="Pfad der .shp unter data/raw (oder --roh)")
    zeichensatz: Zeichensatz | None = Field(default=None, description="Zeichensatz der .dbf, falls eine .cpg fehlt")
    bezugssystem: Bezugssystem | None = Field(
        default=None, description="Koordinatensystem, z. B. EPSG:31467, falls die .prj fehlt oder mehrdeutig ist"
    )

    @property
    def globs(self) -> tuple[str, ...]:
        """Give the patterns of the .shp and its companions."""
        return tuple(self.glob.removesuffix("shp") + endung for endung in ("shp", "dbf", "shx", "prj", "cpg"))


Tabellendatei = Annotated[CsvDatei | ExcelDatei | FfcsvDatei | QuaderDatei, Field(discriminator="typ")]
Geodatei = Annotated[GeojsonDatei | GeopackageDatei | ShapeDatei, Field(discriminator="typ")]
Datei = Annotated[
    CsvDatei | ExcelDatei | FfcsvDatei | QuaderDatei | GeojsonDatei | GeopackageDatei | ShapeDatei,
    Field(discriminator="typ"),
]


class Ersetzung(Modell):
    """A wrong key of one feature or row, corrected by declaration; the file itself is never edited.

    The guard `wenn` must hit exactly one row; when the provider has mended the file, the run stops
    and says so.
    """

    schluessel: str = Field(description="Schlüssel, wie er in der Datei steht; leer, wenn dort keiner steht")
    wenn: dict[Text, str] = Field(description="Spalten und Werte, an denen die eine Zeile erkannt wird")
    ersetze: Text = Field(description="Richtiger Schlüssel")
    grund: Text = Field(description="Warum, und woher man es weiß")

    @model_validator(mode="after")
    def _check_wenn(self) -> Ersetzung:
        if not self.wenn:
            text = "»wenn« braucht mindestens eine Spalte, an der die Zeile erkannt wird."
            raise ValueError(text)
        return self
