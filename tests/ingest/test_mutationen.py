"""Damaged deliveries: whatever happens to the bytes, there is one clear error or every cell is what the file says.

`ATLAS_FUZZ=100` runs a hundred times as many cases.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.errors import EingabeError
from atlas.ingest.deutung.quelle import Gelesen, open_lesung, read_quelle
from ingest.arbeitsmappen import build_xlsx
from ingest.conftest import build_quelle

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject

MAL = int(os.environ.get("ATLAS_FUZZ", "1"))
WERTE = {"spalten": [{"spalte": "a", "merkmal": "a"}, {"spalte": "b", "merkmal": "b"}], "ignoriere": ["Name"]}
QUELLE = build_quelle(werte=WERTE, datei={"kopf": "^id$", "ende": "^Quelle"}, zahl={"dezimal": ",", "tausender": "."})
TEXT = (
    "Titel;;;\nStand: 31.12.2025;;;\nid;Name;a;b\n01;Übersee;1.234,5;-\n02;Au;7;*\n03;Ödheim;0;12\n"
    "04;Weil;3,25;-4\n05;Bad Ems;;99\nQuelle: Amt;;;\n"
).encode()
MAPPE = build_quelle(werte=WERTE, datei={"typ": "xlsx", "glob": "w.xlsx", "blatt": "^A$", "kopf": "^id$"})
ZEILEN: list[list[Any]] = [
    ["Titel"],
    ["id", "Name", "a", "b"],
    *([f"{n:02}", "Au", n * 1.5, "*" if n % 3 else n] for n in range(1, 9)),
]
XLSX = build_xlsx({"A": ZEILEN})  # made once: it holds the time it was made


def _damage(daten: DataObject, inhalt: bytes) -> bytes:
    """Change, drop, double or insert some bytes or lines."""
    stellen = st.integers(0, max(len(inhalt) - 1, 0))
    for _ in range(daten.draw(st.integers(1, 4))):
        art = daten.draw(st.sampled_from(["byte", "weg", "doppelt", "einschub", "zeile", "ende"]))
        n, m = daten.draw(stellen), daten.draw(st.integers(1, 12))
        einschub = daten.draw(
            st.sampled_from([b";", b'"', b"\n", b"\r", b",", b".", b"-", b" ", b"\xff", b"\xc2\xa0", b"7"])
        )
        if art == "byte":
            inhalt = inhalt[:n] + bytes([daten.draw(st.integers(0, 255))]) + inhalt[n + 1 :]
        elif art == "weg":
            inhalt = inhalt[:n] + inhalt[n + m :]
        elif art == "doppelt":
            inhalt = inhalt[: n + m] + inhalt[n:]
        elif art == "einschub":
            inhalt = inhalt[:n] + einschub + inhalt[n:]
        elif art == "ende":
            inhalt = inhalt[:n]
        else:
            zeilen = inhalt.splitlines(keepends=True) or [b""]
            del zeilen[n % len(zeilen)]
            inhalt = b"".join(zeilen)
    return inhalt


def _read(inhalt: bytes, name: str) -> Gelesen | None:
    """Read a damaged file; None when it was refused with a message that names file and remedy."""
    quelle = QUELLE if name.endswith("csv") else MAPPE
    try:
        return read_quelle(open_lesung(inhalt, f"roh/{name}", name, quelle), "q:w")
    except EingabeError as fehler:
        _check_meldung(fehler, f"roh/{name}")
        return None


def _check_meldung(fehler: EingabeError, datei: str) -> None:
    assert fehler.probleme
    assert all(problem.datei == datei and problem.text.endswith((".", "?")) for problem in fehler.probleme)


def _zahl(text: str) -> float | None:
    """Read a number as a person would who knows the declaration; None for a sign or an empty cell."""
    text = text.strip().replace("\u2212", "-")
    return None if text in {"", "*"} else 0.0 if text == "-" else float(re.sub(r"[.\s]", "", text).replace(",", "."))


@settings(max_examples=150 * MAL, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_text_file_is_refused_or_every_cell_is_what_its_address_says(daten: DataObject) -> None:
    inhalt = _damage(daten, TEXT)
    gelesen = _read(inhalt, "w.csv")
    if gelesen is None or b'"' in inhalt:
        return
    zeilen = inhalt.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kopf = next(n for n, satz in enumerate(zeilen) if "id" in (feld.strip() for feld in satz.split(";")))
    ende = next(n for n, satz in enumerate(zeilen) if n > kopf and satz.lstrip(" ;").startswith("Quelle"))
    daten_zeilen = [satz for satz in zeilen[kopf + 1 : ende] if satz.strip(" ;")]
    assert gelesen.messwerte.height == 2 * gelesen.zeilen == 2 * len(daten_zeilen)
    for zelle, raum_id, wert in gelesen.messwerte.select("zelle", "raum_id", "wert").iter_rows():
        felder = zeilen[int(zelle[1:]) - 1].split(";")
        assert felder[0].strip() == raum_id
        assert _zahl(felder["ABCD".index(zelle[0])]) == wert


@settings(max_examples=30 * MAL, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_workbook_with_damaged_bytes_is_refused_or_read(daten: DataObject) -> None:
    gelesen = _read(_damage(daten, XLSX), "w.xlsx")
    assert gelesen is None or gelesen.messwerte.height == 2 * gelesen.zeilen


@settings(max_examples=30 * MAL, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_workbook_with_damaged_parts_loses_no_row_in_silence(daten: DataObject) -> None:
    heil = zipfile.ZipFile(io.BytesIO(XLSX))
    namen = sorted(heil.namelist())
    opfer = daten.draw(st.sampled_from([name for name in namen if "sheet1" in name or "sharedStrings" in name]))
    ziel = io.BytesIO()
    with zipfile.ZipFile(ziel, "w") as paket:
        for name in namen:
            inhalt = heil.read(name)
            paket.writestr(name, _damage(daten, inhalt) if name == opfer else inhalt)
    gelesen = _read(ziel.getvalue(), "w.xlsx")
    assert gelesen is None or gelesen.messwerte.height == 2 * gelesen.zeilen
