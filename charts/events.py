"""What happened beside the weekly values: plans and injuries as bands, self-tests as rules, each with its words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pandas as pd

from analysis.phrases import day
from charts.chart import ADHERENCE, INK, PAIN, Mark, Span, Theme, lined, translucent

# Characters of a label that fit on the time axis of a phone 390 px wide.
PHONE_CHARACTERS: Final = 50
# Shorter than this a label says nothing; pointing at the band's start still does.
SHORTEST_LABEL: Final = 5
# Where a label stands in the headroom of its row, as a share of the row's top.
LABEL_HEIGHT: Final = 0.9


@dataclass(frozen=True)
class Stretch:
    """The weeks shown, from the first midnight to the last."""

    start: pd.Timestamp
    end: pd.Timestamp

    def holds(self, mark: Mark) -> bool:
        return self.start <= pd.Timestamp(mark.on) < self.end

    def meets(self, span: Span) -> bool:
        """A span without an end goes on; one with an end lasts through that day."""
        return pd.Timestamp(span.start) < self.end and (span.end is None or pd.Timestamp(span.end) >= self.start)

    def clip(self, span: Span) -> tuple[pd.Timestamp, pd.Timestamp]:
        last = self.end if span.end is None else pd.Timestamp(span.end + timedelta(days=1))
        return max(self.start, pd.Timestamp(span.start)), min(self.end, last)


@dataclass(frozen=True)
class Events:
    """What of the plans, self-tests and injuries falls into a stretch of weeks."""

    stretch: Stretch
    plans: Sequence[Span]
    tests: Sequence[Mark]
    episodes: Sequence[Span]

    @classmethod
    def within(
        cls, stretch: Stretch, plans: Iterable[Span], tests: Iterable[Mark], episodes: Iterable[Span]
    ) -> "Events":
        return cls(
            stretch,
            sorted(filter(stretch.meets, plans), key=lambda plan: plan.start),
            sorted(filter(stretch.holds, tests), key=lambda test: test.on),
            sorted(filter(stretch.meets, episodes), key=lambda episode: episode.start),
        )

    def sentences(self) -> Iterator[str]:
        """For the text alternative."""
        listed = {
            "Plans": [span_words(plan) for plan in self.plans],
            "Self-tests": [mark_words(test) for test in self.tests],
            "Injuries": [span_words(episode) for episode in self.episodes],
        }
        return (f"{name}: {'; '.join(items)}." for name, items in listed.items() if items)

    def shapes(self, rows: Mapping[str, tuple[float, float]], theme: Theme) -> list[dict[str, Any]]:
        """One path for all bands of a row and one for all rules: a shape an event is slow to build over ten years.

        `rows` holds the bottom and the top of each row on the paper.
        """
        bands = [("y2", ADHERENCE, self.plans), ("y3", PAIN, self.episodes)]
        shapes = [self._band(rows[row], colour, spans) for row, colour, spans in bands if spans]
        return [*shapes, self._rules(rows.values(), theme)] if self.tests else shapes

    def labels(self, tops: Mapping[str, float], theme: Theme) -> Iterator[dict[str, Any]]:
        """Text that can be pointed at; `tops` holds the highest value of each row."""
        ink = {"marker": {"symbol": "triangle-down", "size": 9, "color": INK[theme]}}
        for row, spans in (("y2", self.plans), ("y3", self.episodes)):
            if spans:
                yield self._span_labels(row, tops[row] * LABEL_HEIGHT, spans) | ink
        if self.tests:
            yield self._mark_labels(tops["y"] * LABEL_HEIGHT) | ink

    def _band(self, row: tuple[float, float], colour: str, spans: Sequence[Span]) -> dict[str, Any]:
        low, high = row
        boxes = [(_iso(start), _iso(end)) for start, end in map(self.stretch.clip, spans)]
        path = "".join(f"M{x0},{low}L{x1},{low}L{x1},{high}L{x0},{high}Z" for x0, x1 in boxes)
        edge = {"color": translucent(colour, 0.5), "width": 1}
        return _path(path) | {"fillcolor": translucent(colour, 0.1), "line": edge}

    def _rules(self, rows: Iterable[tuple[float, float]], theme: Theme) -> dict[str, Any]:
        path = "".join(f"M{test.on},{low}L{test.on},{high}" for test in self.tests for low, high in rows)
        return _path(path) | {"line": {"color": translucent(INK[theme], 0.55), "width": 1, "dash": "dot"}}

    def _span_labels(self, row: str, height: float, spans: Sequence[Span]) -> dict[str, Any]:
        """Each label may run on to where the next band starts; a last one with more room before it stands there."""
        starts = [self.stretch.clip(span)[0] for span in spans]
        limits = [*starts[1:], self.stretch.end]
        room = [self._characters(limit - start) for start, limit in zip(starts, limits, strict=True)]
        taken = min(room[-2], len(spans[-2].label)) if len(spans) > 1 else 0
        before = self._characters(starts[-1] - [self.stretch.start, *starts[:-1]][-1]) - taken
        turned = room[-1] < min(len(spans[-1].label), before)
        room[-1] = before if turned else room[-1]
        return {
            **_text(row, [_iso(start) for start in starts], height),
            "text": [fitted(span.label, space) for span, space in zip(spans, room, strict=True)],
            "textposition": [*["middle right"] * (len(spans) - 1), "middle left" if turned else "middle right"],
            "hovertext": lined(f"{span_words(span)}." for span in spans),
        }

    def _characters(self, length: pd.Timedelta) -> int:
        return int(PHONE_CHARACTERS * (length / (self.stretch.end - self.stretch.start)))

    def _mark_labels(self, height: float) -> dict[str, Any]:
        middle = self.stretch.start + (self.stretch.end - self.stretch.start) / 2
        last = self.tests[-1]
        return {
            **_text("y", [str(test.on) for test in self.tests], height),
            "mode": "markers+text",
            # Only the latest is named: twenty labels would cover each other.
            "text": [*[""] * (len(self.tests) - 1), f" {last.label} "],
            "textposition": "middle left" if pd.Timestamp(last.on) > middle else "middle right",
            "hovertext": [f"{mark_words(test)}." for test in self.tests],
        }


def span_words(span: Span) -> str:
    until = "on" if span.end is None else f"to {day(span.end)}"
    return f"{span.label}: from {day(span.start)} {until}"


def mark_words(mark: Mark) -> str:
    return f"{mark.label} on {day(mark.on)}"


def fitted(label: str, characters: int) -> str:
    """The label, shortened with an ellipsis or left out where its band is too short for it."""
    if len(label) <= characters:
        return label
    return f"{label[: characters - 1].rstrip()}…" if characters >= SHORTEST_LABEL else ""


def _iso(moment: pd.Timestamp) -> str:
    return moment.date().isoformat()


def _path(path: str) -> dict[str, Any]:
    return {"type": "path", "path": path, "xref": "x", "yref": "paper", "layer": "below"}


def _text(row: str, x: Sequence[str], height: float) -> dict[str, Any]:
    scatter = {"type": "scatter", "mode": "text", "yaxis": row, "hoverinfo": "text", "textfont": {"size": 12}}
    return {**scatter, "x": list(x), "y": [height] * len(x)}
