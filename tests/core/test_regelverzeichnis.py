"""No rule is forgotten: every one is applied, every code is raised by one, and has its page."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

from atlas.befunde import SCHWERE, Code
from atlas.core import pruefregeln
from atlas.core.pruefregeln import GRUPPEN, Regel

SEITEN = Path(__file__).resolve().parents[2] / "docs" / "handbuch" / "befunde"
MODULE = [
    importlib.import_module(f"{pruefregeln.__name__}.{m.name}") for m in pkgutil.iter_modules(pruefregeln.__path__)
]
REGELN: dict[str, Regel] = {
    name: wert
    for modul in MODULE
    for name, wert in vars(modul).items()
    if name.startswith("find_") and wert.__module__ == modul.__name__
}


def test_every_rule_is_in_exactly_one_group() -> None:
    angewandt = [regel.__name__ for gruppe in GRUPPEN for regel in gruppe]
    assert sorted(angewandt) == sorted(REGELN)


@pytest.mark.parametrize("name", REGELN)
def test_a_rule_names_in_its_docstring_the_codes_it_raises(name: str) -> None:
    quelltext, beschreibung = inspect.getsource(REGELN[name]), inspect.getdoc(REGELN[name]) or ""
    benutzt = {code for code in Code if f"Code.{code.name}" in quelltext}
    genannt = {code for code in Code if code.value in beschreibung.split(":")[0]}
    assert benutzt
    assert genannt == benutzt


@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.value)
def test_every_code_is_raised_by_a_rule_and_has_a_page_and_a_severity(code: Code) -> None:
    quelltexte = [inspect.getsource(regel) for regel in REGELN.values()]
    aus_ingest = {
        Code.DATEI_OHNE_QUELLE,
        Code.UMSTIEG_UNGENAU,
        Code.UEBERSPRUNGENER_RAUM,
        Code.DEKLARATION_OHNE_TREFFER,
        Code.BEITRAG_OHNE_RAUM,
    }
    assert code in aus_ingest or any(f"Code.{code.name}" in text for text in quelltexte)
    assert (SEITEN / f"{code.value}.md").is_file()
    assert code in SCHWERE
