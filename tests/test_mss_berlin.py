"""The published Monitoring Soziale Stadtentwicklung of Berlin, recomputed from its published inputs.

Source: Senatsverwaltung für Stadtentwicklung Berlin, MSS 2021 and 2019 (dl-de/zero-2-0).
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
import pytest

from atlas.config.indexkatalog import build_gesamtverfahren, build_indexverfahren
from atlas.config.katalog import build_einbezug, build_katalog
from atlas.config.laden import load_konfiguration
from atlas.core.index import Eingaben, compute_indizes
from atlas.core.verfahren import Indexverfahren, Standardisierung
from atlas.lauf import run_stufen, select_stufen
from atlas.projekt import Projekt
from atlas.store import read_tabelle
from atlas.tables.ergebnis import Indikatorwerte, Indizes, Merkmalswerte, Normwerte
from atlas.tables.raum import Raeume
from geteilte_daten import WURZEL, require_daten

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KLASSEN = ("hoch", "mittel", "niedrig", "sehr_niedrig")
GERUNDET = 0.00501
"""Half a unit of the second decimal, and a hair for the last digit of the published inputs."""


def _build(ordner: Path, edition: str, change: Callable[[Path], None] = lambda _: None) -> Projekt:
    shutil.copytree(WURZEL / "beispiele" / f"berlin-mss-{edition}" / "config", ordner / "config")
    change(ordner / "config")
    projekt = Projekt(ordner, require_daten("berlin-mss"))
    run_stufen(projekt, select_stufen(None, "compute"), erzwinge=False, melde=lambda _: None)
    return projekt


@pytest.fixture(scope="session")
def mss_2021(tmp_path_factory: pytest.TempPathFactory) -> Projekt:
    return _build(tmp_path_factory.mktemp("mss2021"), "2021")


@pytest.fixture(scope="session")
def mss_2019(tmp_path_factory: pytest.TempPathFactory) -> Projekt:
    return _build(tmp_path_factory.mktemp("mss2019"), "2019")


def _index(projekt: Projekt, name: str) -> pl.DataFrame:
    return read_tabelle(projekt, Indizes).filter(pl.col("index") == name)


def _published_2021() -> pl.DataFrame:
    df = pl.read_csv(require_daten() / "berlin-mss" / "mss_2021_indizes.csv", infer_schema=False)
    return df.filter(pl.col("KOM") == "gültig").select(
        raum_id="PLR_ID", status=pl.col("SI_V").str.replace(" ", "_"), dynamik="DI_V"
    )


def _published_z_2021() -> pl.DataFrame:
    pfad = require_daten() / "berlin-mss" / "mss_2021_index-indikatoren_z-werte_plr.csv"
    df = pl.read_csv(pfad, separator=";", infer_schema=False)
    spalten = {"raum_id": 0, "s1": 3, "s3": 4, "s4": 5, "status_summe": 6, "status": 7}
    spalten |= {"d1": 9, "d3": 10, "d4": 11, "dynamik_summe": 12, "dynamik": 13}
    zahlen = [pl.nth(stelle).cast(pl.Float64, strict=False).alias(n) for n, stelle in spalten.items() if n != "raum_id"]
    return df.select(pl.nth(0).alias("raum_id"), *zahlen).filter(pl.col("status").is_not_null())


def _golden_2019() -> pl.DataFrame:
    pfad = require_daten() / "berlin-mss" / "mss_2019_golden.csv"
    dynamik = {1.0: "positiv", 3.0: "stabil", 5.0: "negativ"}
    return (
        pl.read_csv(pfad, schema_overrides={"id": pl.String})
        .filter(pl.col("included"))
        .with_columns(
            raum_id="id",
            status=pl.col("status_class_published").cast(pl.Int64).replace_strict(dict(enumerate(KLASSEN, start=1))),
            dynamik=pl.col("dynamics_class_published").replace_strict(dynamik),
        )
    )


@pytest.mark.parametrize("index", ["status", "dynamik"])
def test_each_of_the_536_classes_of_2021_is_the_published_one(mss_2021: Projekt, index: str) -> None:
    verglichen = _published_2021().join(_index(mss_2021, index), on="raum_id", validate="1:1")
    assert verglichen.height == 536
    assert verglichen.filter(pl.col(index) != pl.col("klasse")).height == 0


def test_each_of_the_12_groups_of_2021_has_the_published_areas(mss_2021: Projekt) -> None:
    veroeffentlicht = _published_2021().with_columns(gruppe=pl.format("{}/{}", "status", "dynamik"))
    verglichen = veroeffentlicht.join(_index(mss_2021, "gesamt"), on="raum_id", validate="1:1")
    assert verglichen["gruppe"].n_unique() == 12
    assert verglichen.filter(pl.col("gruppe") != pl.col("klasse")).height == 0
    je_gruppe = dict(verglichen.group_by("klasse").len().iter_rows())
    assert [je_gruppe[f"hoch/{d}"] for d in ("positiv", "stabil", "negativ")] == [1, 73, 1]
    assert [je_gruppe[f"mittel/{d}"] for d in ("positiv", "stabil", "negativ")] == [36, 296, 34]
    assert [je_gruppe[f"niedrig/{d}"] for d in ("positiv", "stabil", "negativ")] == [8, 31, 7]
    assert [je_gruppe[f"sehr_niedrig/{d}"] for d in ("positiv", "stabil", "negativ")] == [3, 36, 10]


@pytest.mark.parametrize("index", ["status", "dynamik"])
def test_index_values_and_sums_of_2021_are_the_published_ones_before_rounding(mss_2021: Projekt, index: str) -> None:
    verglichen = _published_z_2021().join(_index(mss_2021, index), on="raum_id", validate="1:1")
    assert verglichen.height == 536
    for berechnet, veroeffentlicht in (("wert", index), ("summe", f"{index}_summe")):
        abstand = (verglichen[berechnet] - verglichen[veroeffentlicht]).abs().max()
        assert isinstance(abstand, float)
        assert abstand < GERUNDET


@pytest.mark.parametrize("indikator", ["s1", "s3", "s4", "d1", "d3", "d4"])
def test_z_values_of_2021_are_the_published_ones_before_rounding(mss_2021: Projekt, indikator: str) -> None:
    norm = read_tabelle(mss_2021, Normwerte).filter(pl.col("indikator") == indikator)
    verglichen = _published_z_2021().join(norm, on="raum_id", validate="1:1")
    abstand = (verglichen["z_wert"] - verglichen[indikator]).abs().max()
    assert verglichen.height == 536
    assert isinstance(abstand, float)
    assert abstand < GERUNDET


@pytest.mark.parametrize("index", ["status", "dynamik"])
def test_each_of_the_436_classes_of_2019_is_the_published_one(mss_2019: Projekt, index: str) -> None:
    verglichen = _golden_2019().join(_index(mss_2019, index), on="raum_id", validate="1:1")
    assert verglichen.height == 436
    assert verglichen.filter(pl.col(index) != pl.col("klasse")).height == 0


def test_excluded_areas_carry_the_reason_and_no_value(mss_2021: Projekt) -> None:
    ausgeschlossene = _index(mss_2021, "status").filter(~pl.col("einbezogen"))
    gruende = dict(ausgeschlossene.select("raum_id", "ausschlussgrund").iter_rows())
    assert gruende == {
        "03300515": "unter 300 Einwohner",
        "03400831": "keine Einwohnerzahl",
        "04400725": "unter 300 Einwohner",
        "05300838": "unter 300 Einwohner",
        "06200418": "unter 300 Einwohner",
        "10100205": "Ausreißer (zu hohe Extremwerte)",
    }
    assert ausgeschlossene["wert"].null_count() == ausgeschlossene["klasse"].null_count() == 6


def _count_changed(projekt: Projekt, change: Callable[[Indexverfahren], Indexverfahren]) -> tuple[int, int]:
    """Recompute 2019 with another method and count the changed classes of status and dynamics."""
    konfiguration = load_konfiguration(projekt)
    eingaben = Eingaben(
        read_tabelle(projekt, Indikatorwerte),
        read_tabelle(projekt, Merkmalswerte),
        read_tabelle(projekt, Raeume),
        build_katalog(konfiguration.indikatoren),
        build_einbezug(konfiguration.raeume),
    )
    verfahren = tuple(
        change(einer) for einer in build_indexverfahren(konfiguration.dimensionen, konfiguration.indikatoren)
    )
    _, indizes = compute_indizes(eingaben, verfahren, build_gesamtverfahren(konfiguration.dimensionen))
    return _count_wrong(indizes)


def _count_wrong(indizes: pl.DataFrame) -> tuple[int, int]:
    golden = _golden_2019()
    wrong = [
        golden.join(indizes.filter(pl.col("index") == name), on="raum_id")
        .filter(pl.col(name) != pl.col("klasse"))
        .height
        for name in ("status", "dynamik")
    ]
    return wrong[0], wrong[1]


def _ddof_1_in_second_step(verfahren: Indexverfahren) -> Indexverfahren:
    return replace(verfahren, restandardisierung=Standardisierung("raummittel", "ungewichtet", 1))


def _weighted_by_population(verfahren: Indexverfahren) -> Indexverfahren:
    gewichtet = Standardisierung("raummittel", "bevoelkerung", 0)
    return replace(verfahren, standardisierung=gewichtet, restandardisierung=gewichtet)


def _mean_without_second_step(verfahren: Indexverfahren) -> Indexverfahren:
    return replace(verfahren, restandardisierung=None, zusammenfassung="mittelwert")


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (lambda verfahren: verfahren, (0, 0)),
        (_ddof_1_in_second_step, (1, 0)),
        (_weighted_by_population, (39, 38)),
        (_mean_without_second_step, (13, 17)),
        (lambda verfahren: replace(verfahren, restandardisierung=None), (245, 169)),
    ],
    ids=[
        "as declared",
        "ddof 1 in the second step",
        "weighted by population",
        "mean without the second step",
        "sum without the second step",
    ],
)
def test_the_proof_fails_for_another_method(
    mss_2019: Projekt, change: Callable[[Indexverfahren], Indexverfahren], changed: tuple[int, int]
) -> None:
    assert _count_changed(mss_2019, change) == changed


def _leave_placeholders_in(config: Path) -> None:
    quellen = (config / "quellen.yaml").read_text("utf-8")
    (config / "quellen.yaml").write_text(quellen.replace(', symbole: {"0": gesperrt}', ""), "utf-8")
    raeume = (config / "raeume.yaml").read_text("utf-8").replace("anzahl: 300", "anzahl: 0")
    zeilen = [z for z in raeume.splitlines() if '"10010203"' not in z and '"04041239"' not in z]
    (config / "raeume.yaml").write_text("\n".join(zeilen), "utf-8")


def test_the_proof_fails_with_the_placeholder_rows_left_in(tmp_path: Path) -> None:
    projekt = _build(tmp_path, "2019", _leave_placeholders_in)
    indizes = read_tabelle(projekt, Indizes)
    assert indizes.filter((pl.col("index") == "status") & pl.col("einbezogen")).height == 447
    assert _count_wrong(indizes) == (11, 1)
