"""Text tables as different senders write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

Zeichensatz = Literal["utf-8", "utf-8-sig", "cp1252"]


def write_csv(
    pfad: Path,
    zeilen: Iterable[Sequence[object]],
    *,
    zeichensatz: Zeichensatz = "utf-8",
    trenner: str = ";",
    zeilenende: str = "\n",
) -> Path:
    """Write rows as they are, without quotation marks; make the folder; return the path."""
    text = "".join(trenner.join(map(str, zeile)) + zeilenende for zeile in zeilen)
    pfad.parent.mkdir(parents=True, exist_ok=True)
    pfad.write_bytes(text.encode(zeichensatz))
    return pfad


def format_decimal(wert: float, stellen: int) -> str:
    """Format with a decimal comma, `52,5`."""
    return f"{wert:.{stellen}f}".replace(".", ",")


def format_thousands(wert: int) -> str:
    """Format with points between the thousands, `1.204`."""
    return f"{wert:,}".replace(",", ".")


def format_genesis(wert: int) -> str:
    """Format as GENESIS does: a dash is exactly zero."""
    return str(wert) if wert else "-"
