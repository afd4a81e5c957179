"""The documentation names what the code has: commands, configuration keys, findings, and files that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import unquote

import pytest
import typer
from pydantic import BaseModel

from atlas.befunde import SCHWERE, Code
from atlas.cli import app
from atlas.config.laden import DATEIEN
from atlas.config.models.nachweis import Entsprechung
from atlas.config.yaml_strikt import read_yaml
from atlas.tables import angebot, ergebnis, freigabe, katalog, messung, raum
from atlas.tables.basis import Tabelle

if TYPE_CHECKING:
    from collections.abc import Iterator

WURZEL = Path(__file__).resolve().parents[1]
HANDBUCH = WURZEL / "docs" / "handbuch"
SEITEN = sorted(
    [
        *WURZEL.glob("*.md"),
        *(WURZEL / "docs").rglob("*.md"),
        *WURZEL.glob("beispiele/*/README.md"),
    ]
)
EIGENE_SEITEN = {
    "quellen": "quellen.md",
    "raeume": "raeume.md",
    "angebote": "angebote.md",
    "beitraege": "angebote.md",
}
"""Files of the configuration that have a page of their own; their tables share the section on files."""
TABELLEN = [
    wert
    for modul in (angebot, ergebnis, freigabe, katalog, messung, raum)
    for wert in vars(modul).values()
    if isinstance(wert, type) and issubclass(wert, Tabelle) and wert not in (Tabelle, ergebnis.Eingangsbefunde)
]
SYSTEME = {
    "mss-berlin": "Berlin: Monitoring Soziale Stadtentwicklung",
    "hamburg": "Hamburg: Sozialmonitoring (RISE)",
    "oberhausen": "Oberhausen: Sozialindex",
    "kgst": "KGSt: Materialie 4/2009 »Sozialmonitoring«",
    "bildungsmonitoring": "Kommunales Bildungsmonitoring",
    "goerlitz": "Landkreis Görlitz: Sozialstrukturatlas",
    "wegweiser": "Wegweiser Kommune",
    "sdg": "SDG-Indikatoren für Kommunen",
}
"""Sections of the page that compares the catalogue with others, by system."""
_SCHLUESSEL = re.compile(r"`([^`]+)`")
_VERWEIS = re.compile(r"\]\((?P<ziel>[^()\s]+)\)")
_CODEBLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def _text(name: str) -> str:
    return (HANDBUCH / name).read_text(encoding="utf-8")


def _abschnitt(seite: str, titel: str) -> str:
    """Give the section of a page with a title, up to the next one of its level."""
    abschnitte = re.split(r"^## ", _text(seite), flags=re.MULTILINE)
    return next(abschnitt for abschnitt in abschnitte if abschnitt.startswith(f"{titel}\n"))


def _modelle(art: object) -> Iterator[type[BaseModel]]:
    """Give every model an annotation leads to, itself included."""
    if isinstance(art, type) and issubclass(art, BaseModel):
        yield art
        for feld in art.model_fields.values():
            yield from _modelle(feld.annotation)
    for teil in get_args(art):
        yield from _modelle(teil)


def _schluessel(modell: type[BaseModel]) -> set[str]:
    return {feld.alias or name for teil in _modelle(modell) for name, feld in teil.model_fields.items()}


def _verweise(seite: Path) -> list[str]:
    """Give the targets of the links of a page that lead to a file, without their anchor."""
    ohne_code = _CODEBLOCK.sub("", seite.read_text(encoding="utf-8"))
    ziele = [treffer["ziel"] for treffer in _VERWEIS.finditer(ohne_code)]
    return [unquote(ziel.split("#")[0]) for ziel in ziele if not ziel.startswith(("https://", "mailto:", "#"))]


@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.value)
def test_every_finding_has_a_page_that_names_its_severity(code: Code) -> None:
    seite = _text(f"befunde/{code.value}.md")
    assert seite.startswith(f"# {code.value} ")
    assert f"**Schwere:** {SCHWERE[code].capitalize()}" in seite
    assert f"({code.value}.md)" in _text("befunde/README.md")


def test_no_page_describes_a_finding_that_does_not_exist() -> None:
    seiten = {pfad.stem for pfad in (HANDBUCH / "befunde").glob("*.md")} - {"README"}
    assert seiten == {code.value for code in Code}


@pytest.mark.parametrize("name", sorted(DATEIEN))
def test_every_configuration_key_stands_in_the_section_of_its_file(name: str) -> None:
    abschnitt = _abschnitt(EIGENE_SEITEN.get(name, "konfiguration.md"), f"`config/{name}.yaml`")
    if name in EIGENE_SEITEN:
        abschnitt += _abschnitt("quellen.md", "Dateien")
    erklaert = set(re.findall(r"^\| `([a-z0-9_]+)` \|", abschnitt, flags=re.MULTILINE))
    assert erklaert == _schluessel(DATEIEN[name])


def test_the_described_commands_are_those_of_the_command_line() -> None:
    beschrieben = re.findall(r"^### `atlas (\w+)", _text("befehle.md"), flags=re.MULTILINE)
    gruppe: Any = typer.main.get_command(app)
    assert sorted(beschrieben) == sorted(gruppe.commands)


def test_every_option_of_a_command_is_described() -> None:
    gruppe: Any = typer.main.get_command(app)
    befehle = [gruppe, *gruppe.commands.values()]
    optionen = {option for befehl in befehle for teil in befehl.params for option in teil.opts if option[:2] == "--"}
    assert {option for option in optionen if f"`{option}" not in _text("befehle.md")} == set()


@pytest.mark.parametrize("tabelle", TABELLEN, ids=lambda tabelle: tabelle.__name__)
def test_every_table_is_described_with_its_columns_and_its_grain(tabelle: type[Tabelle]) -> None:
    muster = rf"^\| {tabelle.__name__} \| .* \| (?P<spalten>.*) \|$"
    zeile = re.search(muster, _text("daten-und-ordner.md"), re.MULTILINE)
    assert zeile is not None
    assert re.findall(r"\w+", zeile["spalten"]) == tabelle.spalten()
    assert set(re.findall(r"\*\*(\w+)\*\*", zeile["spalten"])) == set(tabelle.grain())


@pytest.mark.parametrize("seite", SEITEN, ids=lambda pfad: str(pfad.relative_to(WURZEL)))
def test_every_link_leads_to_an_existing_file(seite: Path) -> None:
    ziele = {(seite.parent / ziel).resolve() for ziel in _verweise(seite)}
    assert {ziel for ziel in ziele if not ziel.exists()} == set()


def _vergleich() -> str:
    return (WURZEL / "docs" / "vergleich.md").read_text(encoding="utf-8")


def _zeilen(system: str) -> list[list[str]]:
    """Give the cells of the table that compares the catalogue with a system."""
    abschnitte = re.split(r"^## ", _vergleich(), flags=re.MULTILINE)
    abschnitt = next(abschnitt for abschnitt in abschnitte if abschnitt.startswith(f"{SYSTEME[system]}\n"))
    zeilen = [zeile for zeile in abschnitt.splitlines() if zeile.startswith("|")]
    return [[zelle.strip() for zelle in zeile.strip("|").split("|")] for zeile in zeilen]


def _katalog() -> dict[str, Any]:
    """Give the Indikatoren of the catalogue as they stand in the file."""
    name = "config/indikatoren.yaml"
    inhalt: Any = read_yaml((WURZEL / name).read_text(encoding="utf-8"), name).inhalt
    return dict(inhalt["indikatoren"])


def _entsprechungen(system: str) -> dict[str, list[str]]:
    """Give by Indikator what the catalogue says corresponds to it in a system, without the remark in brackets."""
    namen = {
        indikator: [
            eintrag["kennung"].split(" (")[0] for eintrag in block.get("entspricht", ()) if eintrag["system"] == system
        ]
        for indikator, block in _katalog().items()
    }
    return {indikator: liste for indikator, liste in namen.items() if liste}


def test_the_comparison_names_only_indikatoren_of_the_catalogue() -> None:
    assert set(_SCHLUESSEL.findall(_vergleich())) - set(_katalog()) == set()


@pytest.mark.parametrize("system", sorted(SYSTEME))
def test_what_the_catalogue_calls_a_counterpart_stands_in_the_comparison(system: str) -> None:
    fehlend = {
        (indikator, name)
        for indikator, namen in _entsprechungen(system).items()
        for name in namen
        if not any(name in zeile[0] and f"`{indikator}`" in zeile[1] for zeile in _zeilen(system))
    }
    assert fehlend == set()


@pytest.mark.parametrize("system", sorted(SYSTEME))
def test_what_the_comparison_calls_a_counterpart_stands_in_the_catalogue(system: str) -> None:
    gefunden = {indikator for zeile in _zeilen(system) for indikator in _SCHLUESSEL.findall(zeile[1])}
    assert gefunden == set(_entsprechungen(system))


def test_every_system_of_the_configuration_is_compared() -> None:
    assert set(SYSTEME) == set(get_args(Entsprechung.model_fields["system"].annotation))
