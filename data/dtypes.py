"""The dtypes of our frames' columns: unknown is NaT, NaN or NA in each but COUNT."""

from typing import Any, Final

# Any: pandas-stubs types astype() by literal, and these go through tables of columns
DAY: Final[Any] = "datetime64[s]"  # a naive local day
INSTANT: Final[Any] = "datetime64[s, UTC]"
NUMBER: Final[Any] = "float64"
COUNT: Final[Any] = "int64"
TEXT: Final[Any] = "str"
FLAG: Final[Any] = "boolean"
WORDS: Final[Any] = "object"  # tuples of words, None for unknown
DAYS: Final[Any] = "object"  # tuples of days of the week, 0 Monday; None for unknown
