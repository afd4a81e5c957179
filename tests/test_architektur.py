"""What the design forbids, held by the syntax tree and by the type checker."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from geteilte_daten import WURZEL
from torwaechter import (
    collect_namen,
    find_aufwaerts,
    find_fremdes_in_render,
    find_missbrauch_der_freigabe,
    find_unreines,
    resolve_importe,
)

if TYPE_CHECKING:
    from pathlib import Path

SRC = WURZEL / "src" / "atlas"
MODULE = sorted(SRC.rglob("*.py"))
EBENEN = [
    "__init__",
    "zahlwort",
    "zeichen",
    "ressourcen",
    "errors",
    "stufen",
    "uhr",
    "projekt",
    "alter",
    "tables",
    "befunde",
    "core",
    "config",
    "ingest",
    "manifest",
    "store",
    "aktualitaet",
    "befundliste",
    "render",
    "stages",
    "lauf",
    "katalogauswahl",
    "neu",
    "diagnose",
    "anzeige",
    "anzeige_zeilen",
    "anzeige_anfang",
    "anzeige_spalten",
    "anzeige_probe",
    "anzeige_drift",
    "cli_deutsch",
    "cli",
    "musterland",
]
"""From the bottom up: a room imports from those before it, never from those after it."""


def _name(pfad: Path) -> str:
    return pfad.relative_to(SRC).as_posix()


def _modul(pfad: Path) -> str:
    return ".".join(("atlas", *pfad.relative_to(SRC).with_suffix("").parts))


def _importe(pfad: Path) -> set[str]:
    return set(resolve_importe(pfad.read_text("utf-8"), _modul(pfad)))


def _in(*raeume: str) -> list[Path]:
    """Give the modules of some rooms, files or folders."""
    return [p for p in MODULE for raum in raeume if f"{_name(p).removesuffix('.py')}/".startswith(f"{raum}/")]


def test_every_module_has_its_place_in_the_order_of_imports() -> None:
    assert sorted({p.relative_to(SRC).parts[0].removesuffix(".py") for p in MODULE}) == sorted(EBENEN)


@pytest.mark.parametrize("pfad", MODULE, ids=_name)
def test_imports_go_downward_only(pfad: Path) -> None:
    assert not find_aufwaerts(pfad.read_text("utf-8"), _modul(pfad), EBENEN)


@pytest.mark.parametrize("pfad", _in("core"), ids=_name)
def test_the_core_reaches_nothing_outside(pfad: Path) -> None:
    assert not find_unreines(pfad.read_text("utf-8"), _modul(pfad))


@pytest.mark.parametrize("pfad", _in("render", "stages/render"), ids=_name)
def test_render_reaches_released_figures_and_descriptions_only(pfad: Path) -> None:
    assert not find_fremdes_in_render(pfad.read_text("utf-8"), _modul(pfad))


@pytest.mark.parametrize("pfad", MODULE, ids=_name)
def test_only_core_geheimhaltung_makes_freigabewerte(pfad: Path) -> None:
    assert not find_missbrauch_der_freigabe(pfad.read_text("utf-8"), _modul(pfad))


@pytest.mark.parametrize(
    "pfad",
    _in("config", "errors", "ressourcen", "projekt", "zahlwort", "tables/freigabe", "tables/raum", "tables/listen"),
    ids=_name,
)
def test_what_render_may_import_leads_to_no_exact_result(pfad: Path) -> None:
    verboten = ("atlas.tables.ergebnis", "atlas.tables.messung", "atlas.store", "atlas.ingest", "atlas.core")
    importe = {name for name in _importe(pfad) if not name.startswith("atlas.core.verfahren.")}
    assert not {name for name in importe for weg in verboten if f"{name}.".startswith(f"{weg}.")}


UMWEGE = {
    "alias": "from atlas.tables.freigabe import Freigabewerte as W\nW.make(df)",
    "generic": ("from atlas.tables.freigabe import Freigabewerte\nWerte = DataFrame[Freigabewerte]\nWerte(df)"),
    "raw data": "from atlas.ingest.deutung.quelle import read_quelle",
    "go-between": "from atlas.nachschlag import lookup",
    "package": "from atlas import core",
    "module of tables": "from atlas.tables import ergebnis",
    "relative": "from ..tables import ergebnis",
    "name of a module of tables": "from atlas.tables.messung import Messwerte",
    "star": "from atlas.tables.freigabe import *",
    "whole of atlas": "import atlas.render.zahlen",
    "import by name": "import importlib\nimportlib.import_module('atlas.core')",
    "dunder import": "__import__('atlas.core')",
    "own reader": "import polars as pl\npl.read_csv('data/raw/a.csv')",
    "reader as value": "import polars as pl\nlies = pl.scan_ipc",
    "built-in open": "open('data/raw/a.csv')",
    "open of a path": "werk.ordner.open('rb')",
    "open as value": "lies = open",
    "open by io": "import io\nio.open('a')",
    "open from io": "from io import open as lies",
    "open from pathlib": "from pathlib import Path\nPath('a')",
    "text of a file": "werk.ordner.read_text('utf-8')",
    "bytes of a file": "werk.ordner.read_bytes()",
    "reader under another name": "from polars import read_parquet as rp\nrp('a')",
    "polars under another name": "import polars\np = polars",
    "reader by getattr": "import polars as pl\ngetattr(pl, 'read_' + 'csv')('a')",
    "folder by getattr": "getattr(projekt, 'roh')",
    "name put together": "getattr(werk, 'read_' + 'text')",
    "reader by the parts of a module": "import polars as pl\nvars(pl)['scan_csv']",
    "reader by SQL": "import polars as pl\npl.sql(frage)",
    "SQL over a table": "werte.sql(frage)",
    "submodule of polars": "import polars as pl\npl.io.csv.functions",
    "numpy reads": "import numpy as np\nnp.fromfile('a')",
    "shell": "import os\nos.system('cat a')",
    "shell of somebody else": "from atlas.projekt import os\nos.popen('cat a')",
    "database": "import sqlite3",
    "arrow": "import pyarrow.parquet as pq",
    "file input": "from fileinput import input",
    "raw folder": "projekt.roh",
    "folder of the tables": "projekt.processed",
    "globals of a function": "laden.__globals__['json']",
    "store in a page": "from atlas.store import read_tabelle",
    "made": "from atlas.tables.freigabe import Freigabewerte\nFreigabewerte.make(df)",
    "made by module": "from atlas.tables import freigabe\nfreigabe.Freigabewerte.check(df)",
    "made by getattr": "from atlas.tables import freigabe\ngetattr(freigabe, 'Freigabewerte').make(df)",
    "cast": "from atlas.tables.freigabe import Freigabewerte\ncast(DataFrame[Freigabewerte], df)",
    "cast by string": "cast('DataFrame[Freigabewerte]', df)",
    "subclass": "from atlas.tables.freigabe import Freigabewerte\nclass W(Freigabewerte, stufe='', grain=()): ...",
    "written": "from atlas.tables.freigabe import Freigabewerte\nbau.write_tabelle(Freigabewerte, df)",
}


@pytest.mark.parametrize("quelltext", UMWEGE.values(), ids=UMWEGE)
def test_no_detour_leads_a_page_to_other_figures(quelltext: str) -> None:
    modul = "atlas.render.probe"
    assert find_fremdes_in_render(quelltext, modul) + find_missbrauch_der_freigabe(quelltext, modul)


@pytest.mark.parametrize("quelltext", ["open('a')", "import os\nos.system('a')", "import io\nio.open('a')"])
@pytest.mark.parametrize("modul", ["atlas.render.pdf", "atlas.render.vorlagen"])
def test_what_loads_templates_and_fonts_has_no_other_door(modul: str, quelltext: str) -> None:
    assert find_fremdes_in_render(quelltext, modul)


ERLAUBT = """
from atlas import __version__
from atlas.config.laden import Konfiguration
from atlas.store import Bau, read_tabelle
from atlas.tables.freigabe import Freigabewerte
from atlas.tables.messung import Lieferungen
from .render import NAME

def print_buch(werte: DataFrame[Freigabewerte]) -> DataFrame[Freigabewerte]:
    "Print Freigabewerte."
    gelesen: DataFrame[Freigabewerte] = read_tabelle(projekt, Freigabewerte)
    return gelesen
"""


def test_what_the_stage_render_does_is_not_refused() -> None:
    modul = "atlas.stages.render"
    fremdes = find_fremdes_in_render(ERLAUBT.replace("from .render", "from ..render"), modul)
    assert fremdes + find_missbrauch_der_freigabe(ERLAUBT, modul) == []


UNREINES = {
    "open": "open('a')",
    "Path.open": "pfad.open()",
    "read": "pl.read_parquet('a')",
    "scan as value": "lies = pl.scan_csv",
    "write": "df.write_csv('a')",
    "sink": "lazy.sink_parquet('a')",
    "np.load": "np.load('a')",
    "load by name": "from numpy import load",
    "no seed": "np.random.default_rng()",
    "None as seed": "np.random.default_rng(None)",
    "hidden generator": "np.random.normal(0, 1)",
    "random by name": "from numpy.random import default_rng",
    "sample": "df.sample(3)",
    "clock": "import time",
    "date": "from datetime import datetime",
    "now": "datetime.now()",
    "other room": "from atlas import store",
    "configuration": "from atlas.config.laden import Konfiguration",
    "relative": "from ..store import read_tabelle",
}


@pytest.mark.parametrize("quelltext", UNREINES.values(), ids=UNREINES)
def test_what_is_impure_is_found(quelltext: str) -> None:
    assert find_unreines(quelltext)


def test_a_seeded_generator_is_pure() -> None:
    assert find_unreines("import numpy as np\nnp.random.default_rng(seed).normal(0, 1)\ndf.sample(3, seed=1)") == []


@pytest.mark.parametrize(
    ("modul", "quelltext"),
    [
        ("atlas.core.probe", "from atlas.config.laden import Konfiguration"),
        ("atlas.config.probe", "from atlas import store"),
        ("atlas.store", "from atlas.stages import compute"),
        ("atlas.render.probe", "from ..stages import render"),
        ("atlas.cli", "from atlas.unbekannt import etwas"),
    ],
)
def test_an_import_upward_or_of_an_unlisted_module_is_found(modul: str, quelltext: str) -> None:
    assert find_aufwaerts(quelltext, modul, EBENEN)


def test_only_the_config_room_knows_yaml_and_pydantic() -> None:
    schwer = {"yaml", "pydantic", "pydantic_core"}
    kenner = {p.relative_to(SRC).parts[0] for p in MODULE if {n.split(".")[0] for n in _importe(p)} & schwer}
    assert kenner == {"config"}


def test_weasyprint_is_imported_in_one_module_only() -> None:
    kenner = [p.name for p in MODULE if any(n.split(".")[0] == "weasyprint" for n in _importe(p))]
    assert kenner == ["pdf.py"]


def test_only_the_store_reads_parquet() -> None:
    leser = {_name(p) for p in MODULE if {"read_parquet", "scan_parquet"} & collect_namen(p.read_text("utf-8"))}
    assert leser == {"store.py"}


ANGEKUENDIGT = """
from pandera.typing.polars import DataFrame
from atlas.tables.ergebnis import Indikatorwerte
from atlas.tables.freigabe import Freigabewerte

def print_buch(werte: DataFrame[Freigabewerte]) -> None: ...

def falsch(werte: DataFrame[Indikatorwerte]) -> None:
    print_buch(werte)

def richtig(werte: DataFrame[Freigabewerte]) -> None:
    print_buch(werte)
"""


def test_mypy_refuses_exact_values_where_released_ones_are_asked_for(tmp_path: Path) -> None:
    datei = tmp_path / "buch.py"
    datei.write_text(ANGEKUENDIGT, "utf-8")
    befehl = [sys.executable, "-m", "mypy", "--strict", "--config-file", str(WURZEL / "pyproject.toml"), str(datei)]
    lauf = subprocess.run(befehl, capture_output=True, text=True, check=False, cwd=WURZEL)
    fehler = [zeile for zeile in lauf.stdout.splitlines() if "error:" in zeile]
    assert len(fehler) == 1, lauf.stdout
    assert 'expected "DataFrame[Freigabewerte]"' in fehler[0]


def test_no_file_has_outgrown_its_room() -> None:
    zu_lange = {p.relative_to(SRC).as_posix(): n for p in MODULE if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert not zu_lange


def test_no_module_is_a_drawer_for_everything() -> None:
    assert not {p.stem for p in MODULE} & {"utils", "helpers", "common", "misc"}


def test_every_package_that_is_imported_is_declared() -> None:
    projekt = tomllib.loads((WURZEL / "pyproject.toml").read_text("utf-8"))["project"]
    angaben = [*projekt["dependencies"], *(a for extra in projekt["optional-dependencies"].values() for a in extra)]
    erklaert = {re.split(r"[\[<>=]", angabe)[0].replace("-", "_") for angabe in angaben}
    importnamen = {"yaml": "pyyaml", "shapefile": "pyshp", "page": "page_validation", "pydantic_core": "pydantic"}
    for pfad in MODULE:
        oben = {name.split(".")[0] for name in _importe(pfad)}
        fremde = {importnamen.get(name, name) for name in oben - set(sys.stdlib_module_names) - {"atlas"}}
        assert fremde <= erklaert, pfad
