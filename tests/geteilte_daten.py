"""Where the tests find real published data, and how they skip without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

WURZEL = Path(__file__).resolve().parents[1]
KREIS = WURZEL / "tests" / "kreis"
"""A made-up Kreis of 33 Gemeinden and 15 Indikatoren, held as files: small enough to be built in every test run."""


def require_daten(name: str = "") -> Path:
    """Give a folder of the shared data, or skip the test with the reason."""
    ordner = Path(os.environ.get("ATLAS_TESTDATEN", WURZEL.parent / "shared" / "daten"))
    if not (ordner / name).exists():
        pytest.skip(f"echte Daten fehlen: {name or 'Ordner'} (ATLAS_TESTDATEN zeigt auf den Ordner mit den Daten)")
    return ordner
