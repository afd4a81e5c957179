"""From the text of a key to raum_id and ebene: padded, mapped and matched as declared, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from atlas.ingest.deutung.muster import match_ganz
from atlas.ingest.raeume.nullen import find_stellen
from atlas.zeichen import show_schluessel

if TYPE_CHECKING:
    from atlas.config.models.schluessel import QuellSchluessel

KUERZESTER_SCHLUESSEL: Final = 5
"""Keys of areas of German statistics are longer than that; shorter ones are shown as their shape."""
KEIN_RAUM: Final = "-"
AUSSERHALB: Final = "+"


@dataclass(frozen=True)
class Schluesselpruefung:
    """How keys of one Quelle are read; `bekannte` are the keys of the project, for areas that are only counted."""

    regel: QuellSchluessel
    bekannte: frozenset[str]

    def resolve(self, texte: pl.Series) -> pl.DataFrame:
        """Give for each text its raum_id and ebene (columns text, raum_id, ebene).

        `ebene` is `KEIN_RAUM` for a row that is none, `AUSSERHALB` for an area beyond the project that is only counted,
        empty for a key that fits no level, and names several levels joined by " und " for one that fits more.
        """
        regel = self.regel
        df = texte.alias("text").to_frame().with_columns(raum_id=self._schluessel(texte.alias("text")))
        treffer = [match_ganz(df["raum_id"], muster).alias(f"ist_{ebene}") for ebene, muster in regel.ebenen.items()]
        namen = [pl.when(pl.col(f"ist_{ebene}")).then(pl.lit(ebene)) for ebene in regel.ebenen]
        ebene = pl.concat_str(*namen, separator=" und ", ignore_nulls=True).fill_null("")
        df = df.with_columns(*treffer).select("text", "raum_id", ebene=ebene)
        if regel.nicht_raum:
            keiner = match_ganz(df["text"], regel.nicht_raum) | match_ganz(df["raum_id"], regel.nicht_raum)
            df = df.with_columns(ebene=pl.when(keiner).then(pl.lit(KEIN_RAUM)).otherwise("ebene"))
        if regel.ausserhalb == "zaehlen":
            fremd = pl.col("ebene").is_in(list(regel.ebenen)) & ~pl.col("raum_id").is_in(sorted(self.bekannte))
            df = df.with_columns(ebene=pl.when(fremd).then(pl.lit(AUSSERHALB)).otherwise("ebene"))
        return df

    def _schluessel(self, texte: pl.Series) -> pl.Series:
        """Give the key that each delivered text stands for: cut out, mapped, with the leading zeros declared."""
        regel = self.regel
        schluessel = pl.col("text")
        if regel.muster:
            ausdruck = re.compile(regel.muster)
            form = regel.form or "{schluessel}"
            teile = {
                text: (form.format(**t.groupdict("")) if (t := ausdruck.fullmatch(text)) else text)
                for text in texte.unique()
            }
            texte = texte.replace_strict(teile, return_dtype=pl.String)
        if regel.auffuellen:
            ziffern = schluessel.str.contains(r"^\d+$")
            schluessel = pl.when(ziffern).then(schluessel.str.zfill(regel.auffuellen)).otherwise(schluessel)
        if regel.zuordnung:
            zugeordnet = pl.col("text").replace_strict(regel.zuordnung, default=None, return_dtype=pl.String)
            schluessel = pl.coalesce(zugeordnet, schluessel)
        return texte.to_frame("text").select(schluessel.alias("raum_id"))["raum_id"]


def describe_fehler(wo: str, raum_id: str, ebene: str, regel: QuellSchluessel) -> str:
    """Say in German what is wrong with a key that fits no level, or several."""
    muster = ", ".join(f"{name}: {m}" for name, m in regel.ebenen.items())
    if not raum_id:
        return f"{wo}: der Schlüssel fehlt. Ergänzen lassen, oder '^$' unter schluessel.nicht_raum nennen."
    if ebene:
        anfang = f"{wo}: der Schlüssel »{raum_id}« passt zu"
        return f"{anfang} mehreren Ebenen ({ebene}). Muster unter schluessel.ebenen enger fassen."
    stellen = find_stellen(raum_id, regel.ebenen)
    if stellen:
        rat = f"Wohl eine verlorene führende Null: neu exportieren oder schluessel.auffuellen: {stellen} eintragen."
    else:
        rat = "Schlüssel berichtigen lassen, das Muster ergänzen oder unter schluessel.nicht_raum nennen."
    return f"{wo}: der Schlüssel »{_schluesselform(raum_id)}« passt zu keiner Ebene ({muster}). {rat}"


def _schluesselform(schluessel: str) -> str:
    """Show a key as it is when it looks like one; a short number may be a count from the wrong column."""
    return show_schluessel(schluessel)
