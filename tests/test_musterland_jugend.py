"""Figures of Kita, Schule, Jugendamt, Gesundheit, Pflege, Engagement: plausible, and odd where they should be."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from openpyxl import load_workbook
from pyproj import Transformer
from shapely import Point

from atlas.musterland.gebiete import generate_gebiete
from atlas.musterland.jugend import write_jugend
from atlas.musterland.jugend.angebote import generate_angebote
from atlas.musterland.jugend.angebotsdateien import count_angebote
from atlas.musterland.jugend.beitragstexte import BEITRAEGE
from atlas.musterland.jugend.engagement import generate_ehrenamtskarten, generate_vereine, generate_wahl
from atlas.musterland.jugend.gesundheit import (
    generate_hausaerzte,
    generate_schwerbehinderte,
    generate_untersuchung,
    generate_werkstatt,
)
from atlas.musterland.jugend.grundlage import count_bevoelkerung, count_im_vorjahr, sum_planungsraeume
from atlas.musterland.jugend.hilfen import generate_hilfen, generate_schutz
from atlas.musterland.jugend.kita import generate_kita
from atlas.musterland.jugend.pflege import generate_pflege
from atlas.musterland.jugend.schule import (
    generate_abgaenge,
    generate_einschulungen,
    generate_schueler,
    generate_uebergaenge,
)
from atlas.musterland.raeume import BLAETTER, SOZIALRAEUME, IntArray
from atlas.musterland.stammdaten import AGS, ALTMUEHLEN, JAHRE, PLANUNGSRAEUME

WURZEL = Path(__file__).resolve().parents[1]
ROHDATEN = WURZEL / "data" / "raw"
BEFEHL = "python -m atlas.musterland data/raw"
ANZAHL_DATEIEN = 36
Raten = NDArray[np.float64]


@pytest.fixture(scope="module")
def lieferung(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ziel = tmp_path_factory.mktemp("jugend")
    write_jugend(ziel)
    return ziel


def read_zeilen(pfad: Path, zeichensatz: str, trenner: str) -> list[list[str]]:
    with pfad.open(encoding=zeichensatz, newline="") as datei:
        return list(csv.reader(datei, delimiter=trenner))


def rate(zaehler: IntArray, nenner: IntArray, je: int) -> Raten:
    """Give the rate of the whole Landkreis by year."""
    return np.asarray(zaehler.sum(axis=0) / nenner.sum(axis=0) * je, dtype=np.float64)


def between(werte: Raten, von: float, bis: float) -> bool:
    return bool((werte >= von).all() and (werte <= bis).all())


def test_committed_files_equal_generated_files(lieferung: Path) -> None:
    neue = sorted(pfad.relative_to(lieferung) for pfad in lieferung.rglob("*") if pfad.is_file())
    assert len(neue) == ANZAHL_DATEIEN
    andere = [
        str(pfad)
        for pfad in neue
        if not (ROHDATEN / pfad).is_file() or (ROHDATEN / pfad).read_bytes() != (lieferung / pfad).read_bytes()
    ]
    assert andere == [], f"nicht der Stand des Generators. Neu schreiben: {BEFEHL}"


def test_a_second_run_writes_the_same_bytes(lieferung: Path, tmp_path: Path) -> None:
    assert [pfad.read_bytes() for pfad in write_jugend(tmp_path)] == [
        (lieferung / pfad.relative_to(tmp_path)).read_bytes() for pfad in write_jugend(tmp_path)
    ]


def test_deliveries_stay_small(lieferung: Path) -> None:
    assert sum(pfad.stat().st_size for pfad in lieferung.rglob("*") if pfad.is_file()) < 1_000_000


def test_parts_never_exceed_their_whole() -> None:
    kita, pflege, schueler, schutz = generate_kita(), generate_pflege(), generate_schueler(), generate_schutz()
    wahl, seu, schwerbehinderte = generate_wahl(), generate_untersuchung(), generate_schwerbehinderte()
    paare = [
        (kita.unter_3, count_im_vorjahr(0, 2)),
        (kita.ab_3, count_im_vorjahr(3, 5)),
        (kita.kinder, kita.belegbar),
        (kita.belegbar, kita.plaetze),
        (kita.unter_3, kita.plaetze_unter_3),
        (kita.sprache, kita.kinder),
        (kita.tagespflege, kita.unter_3),
        (pflege.ab_80, pflege.insgesamt),
        (pflege.ab_80, count_bevoelkerung(80, 100)),
        (schueler.wiederholer, schueler.insgesamt),
        (schueler.foerderung, schueler.insgesamt),
        (schutz.gefaehrdungen, schutz.einschaetzungen),
        (schutz.unbegleitete, schutz.inobhutnahmen),
        (wahl.berechtigte, count_im_vorjahr(18, 100)),
        (wahl.waehlende, wahl.berechtigte),
        (wahl.ungueltige, wahl.waehlende),
        (seu.sprache, seu.kinder),
        (seu.uebergewicht, seu.kinder),
        (schwerbehinderte.bis_64, count_bevoelkerung(18, 64)),
        (schwerbehinderte.insgesamt, count_bevoelkerung(0, 100)),
    ]
    assert [nummer for nummer, (teil, ganzes) in enumerate(paare) if (teil > ganzes).any() or (teil < 0).any()] == []


def test_orders_of_magnitude_of_children_and_schools() -> None:
    kita, einschulung = generate_kita(), generate_einschulungen()
    uebergang, abgang, schueler = generate_uebergaenge(), generate_abgaenge(), generate_schueler()
    abgaenge = abgang.ohne_haupt + abgang.haupt + abgang.real + abgang.hochschulreife
    angemeldet = einschulung.fristgemaess + einschulung.vorzeitig + einschulung.zurueckgestellt
    assert between(rate(kita.unter_3, count_im_vorjahr(0, 2), 100), 47, 56)
    assert between(rate(kita.ab_3, count_im_vorjahr(3, 5), 100), 92, 97)
    assert between(rate(kita.kinder, kita.belegbar, 100), 93, 99)
    uebergaenge = uebergang.gymnasium + uebergang.oberschule + uebergang.sonstige
    assert between(rate(uebergang.gymnasium, uebergaenge, 100), 36, 46)
    assert between(rate(abgang.ohne_haupt, abgaenge, 100), 6.5, 9.5)
    assert between(rate(abgang.hochschulreife, abgaenge, 100), 29, 38)
    assert between(rate(schueler.foerderung, schueler.insgesamt, 100), 6, 8)
    assert between(rate(einschulung.zurueckgestellt, angemeldet, 100), 5, 11)


def test_orders_of_magnitude_of_the_jugendamt() -> None:
    hilfen, schutz = generate_hilfen(), generate_schutz()
    unter_18, unter_21 = count_bevoelkerung(0, 17), count_bevoelkerung(0, 20)
    assert between(rate(hilfen.insgesamt, unter_21, 10_000), 450, 750)
    assert between(rate(hilfen.stationaer, unter_21, 10_000), 95, 165)
    obhut = rate(schutz.inobhutnahmen, sum_planungsraeume(unter_18), 10_000)
    assert between(obhut, 29, 68)
    assert obhut[JAHRE.index(2016)] > 1.3 * obhut[JAHRE.index(2014)]
    assert obhut[JAHRE.index(2023)] > 1.3 * obhut[JAHRE.index(2020)]
    einschaetzungen = rate(schutz.einschaetzungen, unter_18, 10_000)
    assert einschaetzungen[-1] > 1.5 * einschaetzungen[0]


def test_orders_of_magnitude_of_health_and_engagement() -> None:
    alle, wahl = count_bevoelkerung(0, 100), generate_wahl()
    pflege = rate(generate_pflege().insgesamt, alle, 100)
    assert between(pflege[[JAHRE.index(2015), JAHRE.index(2023)]], 4.3, 9.2)
    assert between(rate(generate_schwerbehinderte().insgesamt, alle, 100), 9, 11)
    assert between(rate(generate_hausaerzte(), sum_planungsraeume(alle), 10_000), 6, 7)
    assert between(rate(generate_werkstatt(), sum_planungsraeume(count_bevoelkerung(18, 64)), 1000), 7.5, 9.5)
    beteiligung = rate(wahl.waehlende, wahl.berechtigte, 100)[[JAHRE.index(jahr) for jahr in (2014, 2019, 2024)]]
    assert np.abs(beteiligung - [49, 58, 64]).max() < 1.5
    assert between(rate(generate_vereine(), alle, 1000), 6, 9)
    assert between(rate(generate_ehrenamtskarten(), count_bevoelkerung(16, 100), 1000)[JAHRE.index(2016) :], 1, 7)


def test_wider_definition_of_2017_is_visible_in_the_pflegestatistik() -> None:
    werte = generate_pflege().insgesamt.sum(axis=0)
    vorher, danach = (werte[JAHRE.index(2017)] / werte[JAHRE.index(2015)], werte[-1] / werte[-3])
    assert vorher > 1.15
    assert vorher > danach + 0.05


def test_column_of_the_youngest_is_renamed_in_2022(lieferung: Path) -> None:
    namen = {}
    for jahr in JAHRE:
        blatt = load_workbook(lieferung / "kita" / f"kita_{jahr}.xlsx")["Tabelle"]
        namen[jahr] = blatt["H6"].value
        assert blatt["A3"].value == f"Stichtag: 01.03.{jahr}"
    assert {jahr: name for jahr, name in namen.items() if name == "Kinder U3"}.keys() == {2022, 2023, 2024, 2025}
    assert {name for jahr, name in namen.items() if jahr < 2022} == {"Kinder unter 3"}


def test_altmuehlen_stands_in_yearly_files_until_2018(lieferung: Path) -> None:
    for jahr in JAHRE:
        blatt = load_workbook(lieferung / "kita" / f"kita_{jahr}.xlsx")["Tabelle"]
        schluessel = [zelle.value for zelle in blatt["A"] if str(zelle.value).startswith("99001")]
        assert schluessel == [*AGS, *([ALTMUEHLEN] if jahr <= 2018 else [])]
    mit = [pfad.name for pfad in sorted(lieferung.rglob("*.csv")) if ALTMUEHLEN in pfad.read_bytes().decode("cp1252")]
    assert mit == ["pflegestatistik_2015.csv", "pflegestatistik_2017.csv", "kreistagswahl_2014.csv"]


def test_one_bezirk_is_late_with_its_hilfen_of_2025(lieferung: Path) -> None:
    zeilen = read_zeilen(lieferung / "jugendamt" / "hze.csv", "cp1252", ";")
    offen = [zeile for zeile in zeilen if zeile[4:5] == ["..."]]
    assert {(zeile[0], zeile[3]) for zeile in offen} == {("Ost", "2025")}
    assert len(offen) == 7
    assert all(zeile[4:] == ["..."] * 4 for zeile in offen)


def test_rows_of_the_landkreis_are_the_sums_of_their_parts(lieferung: Path) -> None:
    for jahr in JAHRE:
        blatt = load_workbook(lieferung / "kita" / f"kita_{jahr}.xlsx")["Tabelle"]
        zeilen = [zeile for zeile in blatt.iter_rows(min_row=7, values_only=True) if zeile[1]]
        teile = np.array([zeile[2:] for zeile in zeilen[:-1]])
        assert zeilen[-1][0] == "insgesamt"
        assert teile.sum(axis=0).tolist() == list(zeilen[-1][2:])
        assert (teile[:, 4] == teile[:, 5] + teile[:, 6] + teile[:, 7]).all()


def test_angebote_lie_inside_their_raum(lieferung: Path) -> None:
    polygone = dict(zip((blatt.raum_id for blatt in BLAETTER), generate_gebiete().blaetter, strict=True))
    zeilen = read_zeilen(lieferung / "angebote" / "angebote_2025.csv", "utf-8", ";")[1:]
    zurueck = Transformer.from_crs("EPSG:25832", "EPSG:4326", always_xy=True)
    for zeile in zeilen:
        ost, nord = (float(text.replace(",", ".")) for text in zeile[5:7])
        assert polygone[zeile[7]].contains(Point(*zurueck.transform(ost, nord)))
    assert 150 <= len(zeilen) <= 200
    assert len({zeile[1] for zeile in zeilen}) == len(zeilen)
    assert {zeile[2] for zeile in zeilen} == {a.art for a in generate_angebote()}


def test_count_of_angebote_ends_where_the_register_begins(lieferung: Path) -> None:
    zeilen = read_zeilen(lieferung / "engagement" / "angebote_zaehlung.csv", "utf-8", ";")[1:]
    assert {int(zeile[0]) for zeile in zeilen} == set(range(2016, 2025))
    assert sum(int(werte[:, -1].sum()) for werte in count_angebote().values()) == len(generate_angebote())


def test_beitraege_name_existing_raeume_and_no_persons(lieferung: Path) -> None:
    zeilen = read_zeilen(lieferung / "beitraege" / "beitraege_2025.csv", "utf-8", ";")[1:]
    assert len(zeilen) == len(BEITRAEGE)
    assert {zeile[1] for zeile in zeilen} <= {*PLANUNGSRAEUME, *AGS, *(blatt.raum_id for blatt in SOZIALRAEUME)}
    assert {zeile[2] for zeile in zeilen} == {"staerke", "schwaeche", "chance", "risiko", "hinweis"}
    assert not any(anrede in zeile[5] for zeile in zeilen for anrede in ("Herr ", "Frau ", "Dr. "))
    assert all(zeile[5].endswith(".") and 40 <= len(zeile[5]) <= 300 for zeile in zeilen)
