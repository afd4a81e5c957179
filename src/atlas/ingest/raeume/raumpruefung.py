"""Whether the Räume of a Raumverzeichnis make a sound hierarchy, and what to do about each that breaks it."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from atlas.errors import Problem
from atlas.ingest.raeume.nullen import find_stellen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from atlas.config.models.raeume import Raumverzeichnis
    from atlas.ingest.raeume.raumverzeichnis import Raum


def find_fehler(raeume: Sequence[Raum], verzeichnis: Raumverzeichnis, name: str) -> Iterator[Problem]:
    """Give every mistake of the hierarchy; one that many Räume share, as a lost zero, is told once, with a count."""
    yield from _find_fehler_im_ganzen(raeume, verzeichnis, name)
    ebenen = [ebene.ebene for ebene in verzeichnis.ebenen]
    for fremd in sorted({raum.ebene for raum in raeume} - set(ebenen)):
        betroffene = [raum for raum in raeume if raum.ebene == fremd]
        naechste = _find_naechsten(fremd, ebenen)
        rat = f"Gemeint: {naechste}?" if naechste else f"Bekannt: {', '.join(ebenen)}."
        anfang = f"die Ebene »{fremd}« steht nicht unter ebenen." if fremd else "die Ebene fehlt."
        yield _problem(name, betroffene, f"{anfang} {rat}")
    bekannte = [raum for raum in raeume if raum.ebene in ebenen]
    yield from _find_falsche_schluessel(bekannte, verzeichnis, name)
    yield from (_problem(name, [raum], "der Name fehlt. Ergänzen lassen.") for raum in bekannte if not raum.name)
    yield from _find_falsche_eltern(bekannte, {raum.raum_id: raum for raum in raeume}, ebenen, name)


def _find_fehler_im_ganzen(raeume: Sequence[Raum], verzeichnis: Raumverzeichnis, name: str) -> Iterator[Problem]:
    wurzeln = [raum.name for raum in raeume if raum.eltern is None]
    if len(wurzeln) != 1:
        gefunden = f" ({', '.join(wurzeln[:5])})" if wurzeln else ""
        anfang = f"genau ein Raum darf keinen übergeordneten haben, hier sind es {len(wurzeln)}"
        yield Problem(name, 0, "", f"{anfang}{gefunden}. Ergänzen lassen.")
    for leer in {ebene.ebene for ebene in verzeichnis.ebenen} - {raum.ebene for raum in raeume}:
        yield Problem(name, 0, "", f"auf der Ebene {leer} gibt es keinen Raum. Ergänzen oder Ebene streichen.")


def _find_falsche_schluessel(raeume: Sequence[Raum], verzeichnis: Raumverzeichnis, name: str) -> Iterator[Problem]:
    for ebene in verzeichnis.ebenen:
        falsche = [r for r in raeume if r.ebene == ebene.ebene and not re.fullmatch(ebene.muster, r.raum_id)]
        stellen = {raum.raum_id: find_stellen(raum.raum_id, {ebene.ebene: ebene.muster}) for raum in falsche}
        anfang = f"der Schlüssel passt nicht zum Muster der Ebene {ebene.ebene} ({ebene.muster})."
        for n in sorted(set(stellen.values()) - {0}):
            angabe = f"verzeichnis.auffuellen: {{{ebene.ebene}: {n}}}"
            rat = f"Wohl eine verlorene führende Null: neu exportieren oder {angabe} eintragen."
            yield _problem(name, [raum for raum in falsche if stellen[raum.raum_id] == n], f"{anfang} {rat}")
        yield from (_problem(name, [raum], anfang) for raum in falsche if not stellen[raum.raum_id])


def _find_falsche_eltern(
    raeume: Sequence[Raum], nach_id: dict[str, Raum], ebenen: list[str], name: str
) -> Iterator[Problem]:
    for raum in raeume:
        eltern = nach_id.get(raum.eltern or "")
        if raum.eltern is not None and eltern is None:
            naechster = _find_naechsten(raum.eltern, nach_id)
            rat = f"Gemeint: {naechster}?" if naechster else "Ergänzen lassen."
            yield _problem(name, [raum], f"der übergeordnete Raum »{raum.eltern}« kommt nicht vor. {rat}")
        elif eltern and eltern.ebene in ebenen and ebenen.index(eltern.ebene) >= ebenen.index(raum.ebene):
            text = f"der übergeordnete Raum »{eltern.raum_id}« liegt nicht auf einer höheren Ebene. Zuordnung prüfen."
            yield _problem(name, [raum], text)


def _find_naechsten(text: str, bekannte: Collection[str]) -> str:
    """Give the known text that is nearly this one, also in other case or with a zero before it; empty for none."""
    klein = {bekannt.lower(): bekannt for bekannt in bekannte}
    mit_null = next((text.zfill(n) for n in range(len(text) + 1, len(text) + 3) if text.zfill(n) in klein), "")
    nahe = [] if text.isdigit() else difflib.get_close_matches(text.lower(), klein, n=1, cutoff=0.6)
    return mit_null or next((klein[einer] for einer in nahe), "")


def _problem(name: str, raeume: Sequence[Raum], text: str) -> Problem:
    """Say something of the first of some Räume, and how many it holds for."""
    erster = raeume[0]
    weitere = f" So bei {len(raeume)} Räumen." if len(raeume) > 1 else ""
    return Problem(name, erster.zeile, f"Raum »{erster.raum_id}« ({erster.name})", f"{text}{weitere}")
