"""`atlas doctor` finds what is missing and says what to do."""

from __future__ import annotations

import importlib.metadata
import shutil
from typing import TYPE_CHECKING

import pytest

from atlas import diagnose as modul
from atlas.diagnose import Ergebnis, diagnose
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from pathlib import Path

SCHRIFTEN = find_ressource("templates") / "schriften"


@pytest.fixture
def projekt(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "atlas.yaml").touch()
    (tmp_path / "reports" / "aktuell").mkdir(parents=True)
    return tmp_path


def find(ergebnisse: list[Ergebnis], was: str) -> Ergebnis:
    (ergebnis,) = [ergebnis for ergebnis in ergebnisse if ergebnis.was.startswith(was)]
    return ergebnis


def test_in_einem_projekt_ist_alles_in_ordnung(projekt: Path) -> None:
    assert [ergebnis for ergebnis in diagnose(projekt) if not ergebnis.in_ordnung] == []


def test_ausserhalb_eines_projekts_ist_kein_projekt_kein_fehler(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ATLAS_PROJEKT", raising=False)
    monkeypatch.delenv("ATLAS_ROH", raising=False)

    assert find(diagnose(None), "Projekt").in_ordnung
    assert not find(diagnose(tmp_path), "Projekt").in_ordnung


def test_ein_veraltetes_paket_wird_mit_seiner_grenze_genannt(monkeypatch: pytest.MonkeyPatch) -> None:
    forderungen = ["weasyprint<71,>=70", "polars>=99", "gibtesnicht>=1", 'nebensache>=1; extra == "x"']
    monkeypatch.setattr(importlib.metadata, "requires", lambda _: forderungen)

    text = find(diagnose(None), "Pakete").text

    assert "gebraucht: polars>=99" in text
    assert "gibtesnicht fehlt" in text
    assert "weasyprint" not in text
    assert "nebensache" not in text


def test_eine_veraenderte_schrift_faellt_auf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SCHRIFTEN, tmp_path / "schriften")
    (tmp_path / "schriften" / "SourceSans3-Bold.ttf").write_bytes(b"anders")
    monkeypatch.setattr(modul, "find_ressource", lambda _: tmp_path)

    ergebnis = find(diagnose(None), "Schriften")

    assert not ergebnis.in_ordnung
    assert "SourceSans3-Bold.ttf" in ergebnis.text
    assert "OFL.txt" not in ergebnis.text


def test_eine_fehlende_bibliothek_nennt_den_befehl(monkeypatch: pytest.MonkeyPatch) -> None:
    def fehlt(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr("ctypes.CDLL", fehlt)
    ergebnisse = diagnose(None)

    assert "sudo apt-get install libpangoft2-1.0-0" in find(ergebnisse, "Pango für").text
    assert find(ergebnisse, "HarfBuzz").in_ordnung
    assert "sudo apt-get install libharfbuzz-subset0" in find(ergebnisse, "HarfBuzz").text


def test_ein_bericht_der_nicht_barrierefrei_ist_wird_genannt(projekt: Path) -> None:
    (projekt / "reports" / "aktuell" / "kaputt.pdf").write_bytes(b"%PDF-1.7 kaputt")

    ergebnis = find(diagnose(projekt), "Barrierefreiheit")

    assert not ergebnis.in_ordnung
    assert ergebnis.text.startswith("0 von 1 PDFs")
    assert "kaputt.pdf" in ergebnis.text
