"""Deliveries about children, schools, youth welfare, health, care, disability, engagement and local services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.musterland.jugend.angebotsdateien import write_angebote
from atlas.musterland.jugend.beitraege import write_beitraege
from atlas.musterland.jugend.engagementdateien import write_engagement
from atlas.musterland.jugend.gesundheitsdateien import write_gesundheit
from atlas.musterland.jugend.jugendamtsdateien import write_jugendamt
from atlas.musterland.jugend.kitamappen import write_kita
from atlas.musterland.jugend.pflegedateien import write_pflege
from atlas.musterland.jugend.schuldateien import write_schule
from atlas.musterland.jugend.teilhabedateien import write_teilhabe

if TYPE_CHECKING:
    from pathlib import Path

_ABSENDER = (
    write_kita,
    write_schule,
    write_jugendamt,
    write_gesundheit,
    write_pflege,
    write_teilhabe,
    write_engagement,
    write_angebote,
    write_beitraege,
)


def write_jugend(ziel: Path) -> list[Path]:
    """Write the deliveries of all senders."""
    return [pfad for schreibe in _ABSENDER for pfad in schreibe(ziel)]
