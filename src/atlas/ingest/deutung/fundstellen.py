"""What a file says outside its rows: in its name, its title and footer, the heads of its columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.errors import EingabeError, Problem
from atlas.zeichen import hide_zahlen, shorten_mitte

if TYPE_CHECKING:
    from atlas.ingest.formate.raster import Rohtabelle


def find_im_dateinamen(muster: str, dateiname: str, name: str) -> re.Match[str]:
    """Give the hit of a pattern in the name of a file.

    Raises `EingabeError` when there is none.
    """
    treffer = re.search(muster, dateiname)
    if treffer is None:
        text = f"der Dateiname passt nicht zum Muster {muster}. Datei umbenennen oder das Muster anpassen."
        raise EingabeError([Problem(name, 0, "", text)])
    return treffer


def find_im_titel(muster: str, tabelle: Rohtabelle) -> re.Match[str]:
    """Give the hit of a pattern in the cells around the table and the name of the sheet.

    Raises `EingabeError` when there is none, or when several say different things.
    """
    treffer = [fund for text in tabelle.randtexte if (fund := re.search(muster, text))]
    if not treffer:
        gelesen = "; ".join(f"»{shorten_mitte(hide_zahlen(text), 60)}«" for text in tabelle.randtexte[:5]) or "keine"
        text = f"keine Titel- oder Fußzeile passt zum Muster {muster}. Vorhanden: {gelesen}. Muster anpassen."
        raise EingabeError([Problem(tabelle.datei, 0, tabelle.find_ort(1), text)])
    if len({tuple(sorted(fund.groupdict().items())) for fund in treffer}) > 1:
        text = f"mehrere Titel- oder Fußzeilen passen zum Muster {muster} und sagen Verschiedenes. Muster enger fassen."
        raise EingabeError([Problem(tabelle.datei, 0, tabelle.find_ort(1), text)])
    return treffer[0]
