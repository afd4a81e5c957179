"""The block `abweichungen` that would let a delivery be read as the others are; to be checked and pasted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.ingest.probe.vorschlag import UEBLICHE, escape, quote
from atlas.zeichen import is_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.config.models.quellen import Quelle
    from atlas.ingest.probe.drift_seite import Seite


def write_abweichung(seite: Seite, andere: Seite, paare: dict[str, str], quelle: Quelle) -> tuple[str, ...]:
    """Give the entry for one file; none when it fits the declaration no worse than the other one.

    `paare` are its heads and those that they are called there.
    """
    umbenannt = {kopf: dort for kopf, dort in paare.items() if kopf in seite.uebrig and dort not in andere.uebrig}
    wertspalten = [spalte.spalte for spalte in quelle.werte.spalten]
    fehlt = [k for k in seite.fehlend if k in wertspalten and k not in umbenannt.values()]
    weitere = [k for k in seite.uebrig if k not in umbenannt and k not in andere.uebrig and is_text(k)]
    zeichen = seite.fremde if seite.datei == andere.datei else seite.fremde - andere.fremde
    zeilen = [
        *_list("umbenannt", [f"{_key(kopf)}: {quote(dort)}" for kopf, dort in sorted(umbenannt.items())], ""),
        *_list("fehlt", [quote(kopf) for kopf in fehlt], "- "),
        *_list("ignoriere", [quote(escape(kopf)) for kopf in weitere], "- "),
        *_list("symbole", [f"{_key(z)}: {_status(z)}" for z in sorted(zeichen)], ""),
        *_aufbau(seite),
    ]
    if not zeilen:
        return ()
    lieferung = f"Lieferung {seite.jahr}" if seite.jahr else "Lieferung"
    kopf = [f"  - dateien: '^{escape(seite.dateiname)}$'", f"    grund: {lieferung}, bitte begründen"]
    return (*kopf, *(f"    {zeile}" for zeile in zeilen))


def _list(name: str, eintraege: list[str], vorn: str) -> Iterator[str]:
    if eintraege:
        yield f"{name}:"
        yield from (f"  {vorn}{eintrag}" for eintrag in eintraege)


def _key(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _status(zeichen: str) -> str:
    return UEBLICHE.get(zeichen, "unbekannt  # Bedeutung klären")


def _aufbau(seite: Seite) -> Iterator[str]:
    for name, wert in seite.abweichend.items():
        if name == "kopf":
            yield f"kopf: {{anker: {_key(wert.anker)}, tiefe: {wert.tiefe}}}"
        elif name == "ende":
            yield "# ende: das deklarierte kommt nicht vor; Lieferung prüfen oder ein Muster eintragen"
        elif name == "trenner":
            yield 'trenner: "\\t"' if wert == "\t" else f"trenner: {_key(wert)}"
        else:
            yield f"{name}: {_key(wert) if name == 'blatt' else wert}"
