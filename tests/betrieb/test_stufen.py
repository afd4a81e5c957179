"""STAGES, the stages as data, agrees with the code it names, and looking at it stays light."""

from __future__ import annotations

import importlib
import subprocess
import sys
from typing import TYPE_CHECKING, get_args

import pytest

from atlas.cli import Stufenname
from atlas.config.laden import DATEIEN
from atlas.stufen import PRUEFUNG, STAGES, Stufe, find_vorstufen
from atlas.tables.basis import Tabelle
from betrieb.kleinprojekt import umgebung_ohne_atlas

if TYPE_CHECKING:
    from pathlib import Path

for _name in ("angebot", "ergebnis", "freigabe", "katalog", "messung", "raum"):
    importlib.import_module(f"atlas.tables.{_name}")


def find_klassen(klasse: type[Tabelle]) -> list[type[Tabelle]]:
    """Every table class below one; Eingangsbefunde stand below Befunde."""
    return [unter for kind in klasse.__subclasses__() for unter in (kind, *find_klassen(kind))]


TABELLEN = {klasse.__name__: klasse for klasse in find_klassen(Tabelle) if klasse.__module__.startswith("atlas.")}
SCHWER = ("polars", "pandera", "pydantic", "weasyprint", "numpy", "shapely", "yaml", "jinja2")


@pytest.mark.parametrize("stufe", STAGES, ids=lambda stufe: stufe.name)
def test_a_stage_writes_exactly_the_tables_whose_classes_name_it(stufe: Stufe) -> None:
    assert set(stufe.schreibt) == {name for name, klasse in TABELLEN.items() if klasse.stufe() == stufe.name}


def test_every_table_is_written_by_exactly_one_stage() -> None:
    geschrieben = [name for stufe in STAGES for name in stufe.schreibt]
    assert sorted(geschrieben) == sorted(TABELLEN)


@pytest.mark.parametrize("stufe", STAGES, ids=lambda stufe: stufe.name)
def test_a_stage_reads_what_an_earlier_one_writes(stufe: Stufe) -> None:
    fruehere = STAGES[: STAGES.index(stufe)]
    geschrieben = {f"{frueher.name}/{name}" for frueher in fruehere for name in frueher.schreibt}
    assert set(stufe.liest) <= geschrieben


@pytest.mark.parametrize("stufe", STAGES, ids=lambda stufe: stufe.name)
def test_a_stage_reads_in_its_code_what_it_declares(stufe: Stufe) -> None:
    modul = importlib.import_module(stufe.modul)
    gelesen = {name for name in TABELLEN if hasattr(modul, name)} - set(stufe.schreibt)
    assert gelesen <= {name.split("/")[1] for name in stufe.liest}


def test_the_configuration_files_of_a_stage_exist_as_models() -> None:
    assert {name for stufe in STAGES for name in stufe.config} == set(DATEIEN)


def test_the_names_of_the_stages_are_those_of_the_command_line() -> None:
    assert get_args(Stufenname) == tuple(stufe.name for stufe in STAGES)


def test_render_stands_on_every_stage_before_it_also_on_the_one_it_reads_nothing_from() -> None:
    assert find_vorstufen(STAGES[3]) == STAGES[:3]
    assert find_vorstufen(STAGES[0]) == ()


def test_one_stage_checks_the_data_and_one_releases_figures() -> None:
    assert PRUEFUNG.name == "validate"
    assert [stufe.name for stufe in STAGES if stufe.rolle == "gibt_frei"] == ["compute"]


@pytest.mark.parametrize("schritt", ["import", "find_zustaende", "build", "help"])
def test_looking_whether_work_is_due_loads_nothing_heavy(projekt: Path, schritt: str) -> None:
    programme = {
        "import": "import atlas.aktualitaet",
        "find_zustaende": (
            "from atlas.aktualitaet import find_zustaende; from atlas.projekt import find_projekt\n"
            "assert all(z.ist_aktuell for z in find_zustaende(find_projekt())[:3])"
        ),
        "build": "sys.argv = ['atlas', 'build', '--until', 'compute', '-q']; from atlas.cli import main; run(main)",
        "help": "sys.argv = ['atlas', '--help']; from atlas.cli import main; run(main)",
    }
    programm = (
        "import sys\ndef run(was):\n    try: was()\n    except SystemExit as ende: assert not ende.code\n"
        f"{programme[schritt]}\nprint('geladen:', *[n for n in {SCHWER} if n in sys.modules])"
    )
    ende = subprocess.run(  # our own interpreter
        [sys.executable, "-c", programm],
        cwd=projekt,
        env=umgebung_ohne_atlas(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert ende.stdout.splitlines()[-1] == "geladen:"
