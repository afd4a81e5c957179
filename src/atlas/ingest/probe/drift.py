"""What has changed between two deliveries of a Quelle: columns, keys, signs and layout, and YAML that says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atlas.errors import EingabeError, NutzungError
from atlas.ingest.dateien import read_inhalt
from atlas.ingest.deutung.abweichungen import apply_abweichungen
from atlas.ingest.deutung.schluessel import KUERZESTER_SCHLUESSEL
from atlas.ingest.deutung.zeit import parse_zeitpunkt
from atlas.ingest.probe.drift_seite import Seite, build_seite, find_jahre
from atlas.ingest.probe.drift_wege import Inhalt, open_abweichend
from atlas.ingest.probe.drift_yaml import write_abweichung
from atlas.ingest.probe.probelauf import build_umfeld, find_probedateien, find_quelle
from atlas.ingest.probe.vorschlag import pair_koepfe
from atlas.zeichen import mask, show_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from atlas.config.laden import Konfiguration
    from atlas.config.models.quellen import Quelle
    from atlas.ingest.deutung.lesung import Umfeld
    from atlas.projekt import Projekt

_JAHR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Unterschied:
    """What only the older delivery has, what only the newer one has, and how many both have."""

    weg: tuple[str, ...]
    neu: tuple[str, ...]
    gleich: int


@dataclass(frozen=True)
class Drift:
    """The differences between two deliveries, or between two years of one (`alt` is `neu`).

    `umbenannt` pairs heads that are probably the same, the older first; they are not in `spalten`. `undeklariert`
    are heads and signs of both that the declaration does not know, `abweichungen` the files of which only one differs
    from it, each with an entry of YAML.
    """

    quelle: str
    titel: str
    alt: str
    alt_jahr: int
    neu: str
    neu_jahr: int
    spalten: Unterschied
    umbenannt: tuple[tuple[str, str], ...]
    schluessel: Unterschied
    zeichen: Unterschied
    aufbau: tuple[tuple[str, str, str], ...]
    undeklariert: tuple[str, ...]
    abweichungen: tuple[tuple[str, tuple[str, ...]], ...]


def compare_lieferungen(
    projekt: Projekt, konfiguration: Konfiguration, name: str, gegen: str, datei: Path | None
) -> Drift:
    """Compare the newest delivery of a Quelle, or one file, with the delivery that holds the year `gegen`.

    Raises `NutzungError` for a Quelle, file or year that does not exist, `EingabeError` when neither file is readable
    or what the declaration refers to is missing.
    """
    if not re.fullmatch("[12][0-9]{3}", gegen):
        text = f"»{gegen}« ist kein Jahr. Gebraucht wird z. B. --gegen 2024."
        raise NutzungError(text)
    quelle = find_quelle(konfiguration, name)
    umfeld, probleme = build_umfeld(projekt, konfiguration, quelle)
    if probleme:
        raise EingabeError(probleme)
    pfade = {p: find_lieferjahre(projekt, p, quelle, umfeld) for p in find_probedateien(projekt, name, quelle, None)}
    eine = find_probedateien(projekt, name, quelle, datei)[0] if datei else None
    neu = eine or max(pfade, key=lambda p: (pfade[p][-1:], p.name))
    jahre = pfade.get(neu) or find_lieferjahre(projekt, neu, quelle, umfeld)
    alt = _find_alte(name, pfade | {neu: jahre}, neu, int(gegen))
    inhalte = [_read(projekt, pfad, quelle) for pfad in (alt, neu)]
    neuestes = jahre[-1] if jahre else 0
    return compare_seiten(name, quelle, *_build_seiten(inhalte, quelle, umfeld, (int(gegen), neuestes)))


def compare_seiten(name: str, quelle: Quelle, alt: Seite, neu: Seite) -> Drift:
    """Say in which way two deliveries differ."""
    weg, dazu = set(alt.koepfe) - set(neu.koepfe), set(neu.koepfe) - set(alt.koepfe)
    paare = pair_koepfe(sorted(weg), sorted(dazu))
    eine = alt.datei == neu.datei
    bloecke = [(neu.datei, write_abweichung(neu, alt, {b: a for a, b in paare}, quelle))]
    bloecke += [] if eine else [(alt.datei, write_abweichung(alt, neu, dict(paare), quelle))]
    return Drift(
        name,
        quelle.titel,
        alt.datei,
        alt.jahr,
        neu.datei,
        neu.jahr,
        Unterschied(
            tuple(sorted(_show_kopf(kopf, alt) for kopf in weg - {a for a, _ in paare})),
            tuple(sorted(_show_kopf(kopf, neu) for kopf in dazu - {b for _, b in paare})),
            len(set(alt.koepfe) & set(neu.koepfe)),
        ),
        paare,
        _compare(map(_show_schluessel, alt.schluessel), map(_show_schluessel, neu.schluessel)),
        _compare(alt.zeichen, neu.zeichen),
        tuple((was, a, b) for was, a in alt.aufbau.items() if (b := neu.aufbau.get(was, "")) != a and a and b),
        tuple(
            sorted({show_text(kopf) for kopf in {*alt.uebrig} & {*neu.uebrig}})
            + sorted(() if eine else alt.fremde & neu.fremde)
        ),
        tuple((datei, zeilen) for datei, zeilen in bloecke if zeilen),
    )


def _compare(alte: Iterable[str], neue: Iterable[str]) -> Unterschied:
    a, b = set(alte), set(neue)
    return Unterschied(tuple(sorted(a - b)), tuple(sorted(b - a)), len(a & b))


def _show_kopf(kopf: str, seite: Seite) -> str:
    return show_text(kopf) if kopf in seite.uebrig else kopf


def _show_schluessel(schluessel: str) -> str:
    """Show a key as it is when it looks like one; a short number may be a count from the wrong column."""
    return mask(schluessel) if schluessel.isdigit() and len(schluessel) < KUERZESTER_SCHLUESSEL else schluessel


def _read(projekt: Projekt, pfad: Path, quelle: Quelle) -> Inhalt:
    name = projekt.relativ(pfad)
    return Inhalt(read_inhalt(pfad, name, quelle.datei.typ), name, pfad.name)


def find_lieferjahre(projekt: Projekt, pfad: Path, quelle: Quelle, umfeld: Umfeld) -> tuple[int, ...]:
    """Give the years of a file: by declaration without reading it, else those it holds, else those in its name."""
    eigene = apply_abweichungen(quelle, pfad.name)
    zeit = eigene.zeit
    if not any(spalte.jahr for spalte in eigene.werte.spalten):
        im_namen = parse_zeitpunkt(re.search(zeit.dateiname, pfad.name)) if zeit.dateiname else None
        jahr = zeit.fest or (im_namen.jahr if im_namen else None)
        if jahr:
            return (jahr,)
    try:
        jahre = find_jahre(open_abweichend(_read(projekt, pfad, quelle), quelle, umfeld)[0])
    except EingabeError:
        jahre = ()
    return jahre or tuple(sorted(int(jahr) for jahr in _JAHR.findall(pfad.name)))


def _find_alte(name: str, jahre: dict[Path, tuple[int, ...]], neu: Path, gegen: int) -> Path:
    """Give the file that holds a year: rather the one whose newest year it is, and rather another than the newest."""
    treffer = [pfad for pfad in jahre if gegen in jahre[pfad]]
    if not treffer:
        vorhanden = ", ".join(map(str, sorted({jahr for eigene in jahre.values() for jahr in eigene}))) or "keine"
        text = f"Zum Jahr {gegen} gibt es keine Lieferung der Quelle »{name}«. Erkannte Jahre: {vorhanden}."
        raise NutzungError(text)
    alt = max(treffer, key=lambda pfad: (pfad != neu, jahre[pfad][-1] == gegen, pfad.name))
    if alt == neu and jahre[neu][-1] == gegen:
        text = f"{gegen} ist schon das neueste Jahr von {neu.name}. Ein früheres nennen oder --datei angeben."
        raise NutzungError(text)
    return alt


def _build_seiten(inhalte: list[Inhalt], quelle: Quelle, umfeld: Umfeld, jahre: tuple[int, int]) -> tuple[Seite, Seite]:
    """Read both files: that which reads as declared shows what to look for in the other one."""
    alt, neu = inhalte
    try:
        lesung_alt, anders_alt = open_abweichend(alt, quelle, umfeld)
        lesung_neu, anders_neu = open_abweichend(neu, quelle, umfeld, lesung_alt.tabelle.kopf)
    except EingabeError:
        lesung_neu, anders_neu = open_abweichend(neu, quelle, umfeld)
        lesung_alt, anders_alt = open_abweichend(alt, quelle, umfeld, lesung_neu.tabelle.kopf)
    return build_seite(lesung_alt, anders_alt, alt, jahre[0]), build_seite(lesung_neu, anders_neu, neu, jahre[1])
