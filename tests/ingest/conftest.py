"""A tiny declared source and an empty project; each test brings its own file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from atlas.config.models.quellen import Quelle
from atlas.errors import EingabeError
from atlas.ingest.deutung.quelle import Gelesen, open_lesung, read_quelle
from atlas.projekt import Projekt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from atlas.ingest.deutung.lesung import Umfeld


def build_quelle(**angaben: Any) -> Quelle:  # noqa: ANN401  # parts of a declaration, as YAML would give them
    """Give a source with the key `id` of two digits, the year 2025 and the figure `a`; parts can be replaced."""
    datei = {"typ": "csv", "glob": "w.csv"} | angaben.pop("datei", {})
    if datei["typ"] == "csv":
        datei = {"zeichensatz": "utf-8", "trenner": ";"} | datei
    grund = {
        "titel": "Titel",
        "herausgeber": "Amt",
        "lizenz": "frei",
        "stand": "2026-01-31",
        "datei": datei,
        "schluessel": {"spalte": "id", "ebenen": {"gemeinde": r"\d{2}"}},
        "zeit": {"fest": 2025},
        "werte": {"spalten": [{"spalte": "a", "merkmal": "a"}]},
        "zahl": {"dezimal": ","},
        "symbole": {"-": "null_genau", "*": "geheim"},
    }
    return Quelle.model_validate_json(json.dumps(grund | angaben))


@pytest.fixture
def baue() -> Callable[..., Quelle]:
    """Build a declaration without reading a file."""
    return build_quelle


@pytest.fixture
def lies() -> Callable[..., Gelesen]:
    """Read text or bytes as a delivery, `roh/w.csv` if nothing else is said."""

    def lies_inhalt(
        inhalt: str | bytes,
        dateiname: str = "w.csv",
        umfeld: Umfeld | None = None,
        **angaben: Any,  # noqa: ANN401
    ) -> Gelesen:
        roh = inhalt.encode() if isinstance(inhalt, str) else inhalt
        quelle = build_quelle(**angaben)
        return read_quelle(open_lesung(roh, f"roh/{dateiname}", dateiname, quelle, umfeld), f"quelle:{dateiname}")

    return lies_inhalt


@pytest.fixture
def werte(lies: Callable[..., Gelesen]) -> Callable[..., list[tuple[Any, ...]]]:
    """Give the read rows as (raum_id, jahr, merkmal, wert, status, zelle)."""

    def werte_von(inhalt: str | bytes, **angaben: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401
        spalten = ("raum_id", "jahr", "merkmal", "wert", "status", "zelle")
        return lies(inhalt, **angaben).messwerte.select(pl.col(spalten)).rows()

    return werte_von


@pytest.fixture
def meldung(lies: Callable[..., Gelesen]) -> Callable[..., str]:
    """Give what the only delivery brings, without the line that counts the problems of the file."""

    def meldung_zu(inhalt: str | bytes, dateiname: str = "w.csv", **angaben: Any) -> str:  # noqa: ANN401
        with pytest.raises(EingabeError) as gefangen:
            lies(inhalt, dateiname=dateiname, **angaben)
        assert gefangen.value.exit_code == 4
        kopf, *zeilen = str(gefangen.value).split("\n")
        anzahl = "1 Problem" if len(zeilen) == 1 else f"{len(zeilen)} Probleme"
        assert kopf == f"{anzahl} in roh/{dateiname}"
        return "\n".join(zeile.strip() for zeile in zeilen)

    return meldung_zu


@pytest.fixture
def projekt(tmp_path: Path) -> Projekt:
    roh = tmp_path / "data" / "raw"
    roh.mkdir(parents=True)
    return Projekt(tmp_path, roh)


@pytest.fixture
def fehlertext() -> Callable[[Callable[[], object]], str]:
    """Give the whole message of a call that must end with an `EingabeError`."""

    def text_von(aufruf: Callable[[], object]) -> str:
        with pytest.raises(EingabeError) as gefangen:
            aufruf()
        return str(gefangen.value)

    return text_von
