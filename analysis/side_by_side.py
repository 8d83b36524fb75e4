"""Small multiples: half a year of a dozen runners beside each other, on axes that are the same for the whole squad."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.weeks import with_adherence

PANELS: Final = 12  # on one page: more could not be told apart on a phone, and 200 would be no picture


@dataclass(frozen=True)
class SideBySide:
    """The runners of one page in the order of their names; `weeks` are each one's weekly frame with adherence, the same
    weeks for all. `longest_m` is the longest week of the whole squad, where every panel's distance ends."""

    names: tuple[str, ...]
    weeks: tuple[pd.DataFrame, ...]
    longest_m: float
    squad: int

    @property
    def first(self) -> pd.Timestamp:
        return pd.Timestamp(self.weeks[0]["week"].iloc[0])

    @property
    def last(self) -> pd.Timestamp:
        return pd.Timestamp(self.weeks[0]["week"].iloc[-1])


def pages(names: Mapping[int, str]) -> tuple[tuple[int, ...], ...]:
    """The ids by name, a dozen a page: never by pain."""
    ids = sorted(names, key=lambda runner: (names[runner].casefold(), runner))
    return tuple(tuple(ids[at : at + PANELS]) for at in range(0, len(ids), PANELS))


def side_by_side(weeks: pd.DataFrame, names: Mapping[int, str], shown: Sequence[int]) -> SideBySide:
    """The runners `shown` of a squad's weekly frame, with the same weeks for every runner."""
    frame = weeks[weeks["runner"].isin(list(names))]
    of_page = with_adherence(frame[frame["runner"].isin(list(shown))])
    each = {int(rows["runner"].iloc[0]): rows.reset_index(drop=True) for _, rows in of_page.groupby("runner")}
    there = [runner for runner in shown if runner in each]
    longest = float(np.nanmax(frame["distance_m"].to_numpy("float64"), initial=0.0))
    return SideBySide(
        tuple(names[runner] for runner in there), tuple(each[runner] for runner in there), longest, len(names)
    )
