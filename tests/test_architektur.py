"""What the design forbids, held by the syntax tree and by the type checker."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from geteilte_daten import WURZEL

if TYPE_CHECKING:
    from pathlib import Path

SRC = WURZEL / "src" / "atlas"
MODULE = sorted(SRC.rglob("*.py"))
KERN_ERLAUBT = {
    "polars",
    "numpy",
    "pandera",
    "typing",
    "dataclasses",
    "collections",
    "itertools",
    "functools",
    "math",
    "enum",
}
EBENEN = ["errors", "tables", "core", "config", "ingest", "render", "stages"]
"""From the bottom up: a room imports from those before it, never from those after it."""


def _name(pfad: Path) -> str:
    return pfad.relative_to(SRC).as_posix()


def _importe(pfad: Path) -> set[str]:
    """Name every module that a file imports, also inside functions."""
    namen: set[str] = set()
    for knoten in ast.walk(ast.parse(pfad.read_text("utf-8"))):
        if isinstance(knoten, ast.Import):
            namen |= {alias.name for alias in knoten.names}
        elif isinstance(knoten, ast.ImportFrom) and knoten.module:
            namen.add(knoten.module)
    return namen


def _nennt(pfad: Path, name: str) -> bool:
    """Tell whether a file uses a name as code (strings and comments do not count)."""
    baum = ast.parse(pfad.read_text("utf-8"))
    return any(
        (isinstance(k, ast.Name) and k.id == name)
        or (isinstance(k, ast.Attribute) and k.attr == name)
        or (isinstance(k, ast.alias) and name in (k.name, k.asname))
        for k in ast.walk(baum)
    )


def _aufrufe_auf(pfad: Path, name: str) -> list[str]:
    """Name the methods that a file calls on a class: `Freigabewerte.make(...)` gives `make`."""
    return [
        k.func.attr
        for k in ast.walk(ast.parse(pfad.read_text("utf-8")))
        if isinstance(k, ast.Call)
        and isinstance(k.func, ast.Attribute)
        and isinstance(k.func.value, ast.Name)
        and k.func.value.id == name
    ]


@pytest.mark.parametrize("pfad", [p for p in MODULE if "core" in p.relative_to(SRC).parts], ids=_name)
def test_the_core_reaches_nothing_outside(pfad: Path) -> None:
    fremde = {
        name
        for name in _importe(pfad)
        if name.split(".")[0] not in KERN_ERLAUBT | {"__future__"}
        and not name.startswith(("atlas.core", "atlas.tables", "atlas.befunde"))
    }
    assert not fremde


@pytest.mark.parametrize("raum", EBENEN)
def test_imports_go_downward_only(raum: str) -> None:
    hoehere = EBENEN[EBENEN.index(raum) + 1 :]
    for pfad in (p for p in MODULE if p.relative_to(SRC).parts[0] in (raum, f"{raum}.py")):
        falsche = {n for n in _importe(pfad) for h in hoehere if n == f"atlas.{h}" or n.startswith(f"atlas.{h}.")}
        assert not falsche, f"{pfad.relative_to(SRC)} imports {falsche}"


def test_only_the_config_room_knows_yaml_and_pydantic() -> None:
    kenner = {p.relative_to(SRC).parts[0] for p in MODULE if _importe(p) & {"yaml", "pydantic", "pydantic_core"}}
    assert kenner == {"config"}


def test_weasyprint_is_imported_in_one_module_only() -> None:
    kenner = [p.name for p in MODULE if any(n.split(".")[0] == "weasyprint" for n in _importe(p))]
    assert kenner in (["pdf.py"], [])


def test_only_core_geheimhaltung_makes_freigabewerte() -> None:
    macher = {
        p.relative_to(SRC).as_posix()
        for p in MODULE
        if {"make", "check", "validate", "empty", "cast"} & set(_aufrufe_auf(p, "Freigabewerte"))
    }
    assert macher == {"core/geheimhaltung/freigabe.py"}


def test_nothing_else_wraps_a_frame_as_freigabewerte() -> None:
    """A cast or a bare DataFrame[Freigabewerte](...) would go round the maker."""
    for pfad in MODULE:
        for knoten in ast.walk(ast.parse(pfad.read_text("utf-8"))):
            if not isinstance(knoten, ast.Call):
                continue
            text = ast.unparse(knoten.func) + (ast.unparse(knoten.args[0]) if knoten.args else "")
            erlaubt = isinstance(knoten.func, ast.Name) and knoten.func.id == "read_tabelle"
            if "DataFrame[Freigabewerte]" in text and not erlaubt:
                pytest.fail(f"{pfad.relative_to(SRC)}:{knoten.lineno} {text}")


def test_only_the_store_reads_parquet() -> None:
    leser = {p.relative_to(SRC).as_posix() for p in MODULE if _nennt(p, "read_parquet") or _nennt(p, "scan_parquet")}
    assert leser == {"store.py"}


def test_only_compute_and_render_touch_freigabewerte_at_all() -> None:
    beruehrt = {p.relative_to(SRC).as_posix() for p in MODULE if _nennt(p, "Freigabewerte")}
    fremde = {
        name
        for name in beruehrt
        if not name.startswith(("render/", "core/geheimhaltung/"))
        and name not in ("stages/compute.py", "stages/render.py", "tables/freigabe.py")
    }
    assert not fremde


EXAKTE = {"Indikatorwerte", "Merkmalswerte", "Normwerte", "Indizes", "Messwerte", "Bevoelkerung", "Befunde"}


@pytest.mark.parametrize(
    "pfad",
    [p for p in MODULE if p.relative_to(SRC).as_posix().startswith(("render/", "stages/render"))],
    ids=lambda p: p.stem,
)
def test_render_knows_no_exact_table(pfad: Path) -> None:
    assert not {name for name in EXAKTE if _nennt(pfad, name)}
    assert not {n for n in _importe(pfad) if n.startswith(("atlas.tables.ergebnis", "atlas.tables.messung"))} - {
        "atlas.tables.messung"
    }
    assert not {n for n in _importe(pfad) if n.startswith("atlas.core")}


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
