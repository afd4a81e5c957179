"""Stage render: one book per Ausgabe, from released figures only.

It reads Freigabewerte and metadata. Exact results (Messwerte, Indikatorwerte, Indizes and the like) do not come
in here, and nothing here makes Freigabewerte; a test over the syntax tree holds both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.render.freigabe import check_berichtsjahr
from atlas.render.kontext import Grundlage, build_buch, build_kartengruende
from atlas.render.register import build_register
from atlas.render.vorlagen import find_ordner, render_buch
from atlas.store import read_tabelle
from atlas.tables.freigabe import Freigabewerte
from atlas.tables.messung import Lieferungen
from atlas.tables.raum import Geometrien, Raeume, Umstiege
from atlas.zahlwort import count

if TYPE_CHECKING:
    from atlas.config.laden import Konfiguration
    from atlas.projekt import Projekt
    from atlas.store import Bau

NAME = "sozialstrukturatlas"


def run(projekt: Projekt, konfiguration: Konfiguration, bau: Bau) -> str:
    """Write `<ausgabe>/sozialstrukturatlas.html` and `.pdf` for every Ausgabe."""
    from atlas.render.pdf import write_pdf  # heavy: weasyprint

    freigabewerte = read_tabelle(projekt, Freigabewerte)
    check_berichtsjahr(freigabewerte, konfiguration)
    register = build_register(read_tabelle(projekt, Raeume), konfiguration.raeume)
    gruende = build_kartengruende(konfiguration, register, read_tabelle(projekt, Geometrien))
    lieferungen, umstiege = read_tabelle(projekt, Lieferungen), read_tabelle(projekt, Umstiege)
    grundlage = Grundlage(konfiguration, freigabewerte, register, lieferungen, umstiege, gruende)
    ordner = find_ordner(projekt)
    seiten = 0
    for ausgabe in konfiguration.ausgaben.ausgaben:
        buch = build_buch(grundlage, ausgabe)
        html = render_buch(buch, ordner)
        pdf = write_pdf(html, ordner)
        bau.write_bytes(f"{ausgabe}/{NAME}.html", html.encode())
        bau.write_bytes(f"{ausgabe}/{NAME}.pdf", pdf.inhalt)
        seiten += pdf.seiten
    anzahl = len(konfiguration.ausgaben.ausgaben)
    return f"{count(anzahl, 'Buch', 'Bücher')}, {count(seiten, 'Seite', 'Seiten')}"
