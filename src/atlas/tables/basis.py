"""What all tables share: declared columns, a grain, no NaN, no infinity, rows sorted by the grain."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

import pandera.polars as pa
import polars as pl

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame


class GrainError(ValueError):
    """Rows repeat a key that the grain of the table declares unique."""


class Tabelle(pa.DataFrameModel):
    """A named table: the stage that writes it and the `grain`, the columns that identify a row.

    Both are class keywords (`class Raeume(Tabelle, stufe="ingest", grain=(...))`), because pandera
    takes every public class attribute for a column.
    """

    _stufe: ClassVar[str] = ""
    _grain: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, *, stufe: str, grain: tuple[str, ...], **kwargs: object) -> None:
        """Keep stage and grain beside the columns."""
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call]  # pandera leaves it untyped
        cls._stufe, cls._grain = stufe, grain

    @classmethod
    def stufe(cls) -> str:
        """Name the stage that writes this table."""
        return cls._stufe

    class Config:
        """Refuse unknown columns: a column that nobody declared is a mistake."""

        strict = True

    @classmethod
    def grain(cls) -> tuple[str, ...]:
        """Give the columns that identify a row."""
        return cls._grain

    @classmethod
    def spalten(cls) -> list[str]:
        """Give the column names in their declared order."""
        return list(cls.to_schema().columns)

    @classmethod
    def make(cls, df: pl.DataFrame) -> DataFrame[Self]:
        """Turn a frame into this table: columns in order, rows sorted by the grain, everything checked.

        Raises `GrainError` for a repeated key, pandera's `SchemaError` for a wrong column or value, and
        `ValueError` for NaN or infinity.
        """
        geordnet = df.select(cls.spalten()).sort(cls.grain(), nulls_last=True)
        return cls.check(geordnet)

    @classmethod
    def check(cls, df: pl.DataFrame) -> DataFrame[Self]:
        """Validate a frame that is already in shape: columns, values, finite numbers, unique keys.

        Raises what `make` raises.
        """
        geprueft = cls.validate(df)
        _refuse_nicht_endlich(cls.__name__, geprueft)
        wiederholt = geprueft.height - count_schluessel(geprueft, cls.grain())
        if wiederholt:
            text = f"{cls.__name__}: {wiederholt} Zeilen wiederholen einen Schlüssel ({', '.join(cls.grain())})"
            raise GrainError(text)
        return geprueft

    @classmethod
    def empty(cls) -> DataFrame[Self]:
        """Give the table without rows."""
        schema = {name: spalte.dtype.type for name, spalte in cls.to_schema().columns.items()}
        return cls.make(pl.DataFrame(schema=schema))


def count_schluessel(df: pl.DataFrame, grain: tuple[str, ...]) -> int:
    """Count the distinct keys of a frame by packing the codes of its key columns into one integer.

    A struct of strings would need gigabytes at 26 million rows; codes need 8 bytes a row.
    """
    if df.height == 0:
        return 0
    gepackt = pl.lit(0, dtype=pl.Int64)
    for spalte in grain:
        code = pl.col(spalte).rank("dense").fill_null(0).cast(pl.Int64)
        gepackt = gepackt * (df[spalte].n_unique() + 1) + code
    return df.select(gepackt.alias("schluessel"))["schluessel"].n_unique()


def _refuse_nicht_endlich(name: str, df: pl.DataFrame) -> None:
    for spalte, typ in df.schema.items():
        if typ.is_float() and not df[spalte].is_finite().fill_null(value=True).all():
            text = f"{name}.{spalte}: enthält NaN oder unendlich; ein fehlender Wert ist null mit Status"
            raise ValueError(text)
