"""A squad's numbers as sentences, by the templates of evidence 6.3; said to a coach, so never 'your weeks'."""

from typing import Final

from analysis import trend_words
from analysis.association import Association
from analysis.comparison_words import VOLUME_CAUTION
from analysis.evidence import GATE_RUNNER_WEEKS, GATE_RUNNERS
from analysis.finding_words import NAMES, NOT_CAUSE, plausible_range
from analysis.mixed_model import MixedModel, Part
from analysis.mixed_model import Reason as MixedReason
from analysis.phrases import count
from analysis.squad import RepeatedMeasures
from analysis.units import Units, from_metres, to_metres

TOGETHER: Final = (
    "All the links in this list are judged together, so that going through them finds nothing by chance alone."
)
DRIFT: Final = (
    "A common drift of the season or of training is not taken out of these numbers, as it is on a runner's own Trends."
)
WITHIN_ONLY: Final = "Every runner is compared with their own weeks; weeks of different runners are never pooled."
TWO_RANGES: Final = (
    "The first range comes from leaving out one whole runner after another, and holds where weeks resemble each other. "
    "The second one is the textbook's, which takes every week for independent, and is often too narrow."
)
SIZES: Final = "How large a link is in points or kilometres may still differ between runners."
DIFFER: Final = (
    "Runners differ too much for one number: look at each runner's own view, and at the mixed model, which keeps what "
    "goes on within runners apart from how they differ."
)

_MORE: Final = {"adherence": "more hip sessions done", "pain": "more pain", "distance_m": "more distance"}
_LESS: Final = {"adherence": "fewer hip sessions done", "pain": "less pain", "distance_m": "less distance"}

_STEP: Final = 10  # kilometres or miles that a size is said for
_PER: Final = {
    "adherence": "from no hip session done to all of them",
    "pain": "for one more point of pain",
    "distance_m": "for {step} {unit} more in a week",
}
_NOT_TOLD_APART: Final[dict[MixedReason, str]] = {
    "no variation within runners": "{x} or {y} stayed the same within every runner",
    "same average in every runner": (
        "all runners have the same average of {x}, so what goes on within runners cannot be set against how they differ"
    ),
    "a single week": "all rows are of one and the same week",
    "control constant": "what should be accounted for stayed the same",
    "too many controls": "with so much accounted for, it takes more runners",
    "columns move together": "the measures move together so closely that their shares cannot be told apart",
    "did not converge": "the calculation found no stable answer for these weeks",
}


def squad(found: RepeatedMeasures, x: str, y: str, lag: int = 0) -> str:
    """The common coefficient within runners with both intervals, or why the group has none."""
    if found.verdict == "no number":
        return _refusal(found, x, y)
    numbers = (
        f"(within-runner correlation {found.r:+.2f}, plausible range "
        f"{plausible_range(found.resampled_low, found.resampled_high)} from leaving out runners, "
        f"{plausible_range(found.ci_low, found.ci_high)} if weeks were independent)"
    )
    differ = f" {DIFFER}" if found.runners_differ else f" {SIZES}"
    return f"{squad_title(found, x, y, lag)} {numbers}.{differ} {WITHIN_ONLY} {NOT_CAUSE}"


def squad_title(found: RepeatedMeasures, x: str, y: str, lag: int = 0) -> str:
    """The same finding, short enough to stand above a chart."""
    if found.verdict == "no number":
        return _refusal(found, x, y).removesuffix(".")
    of = f"{count(found.n_obs, 'week')} of {count(found.n_subjects, 'runner')}"
    if found.verdict == "described":
        return f"Described and not judged: {NAMES[x]} and {NAMES[y]}{_later(lag)} within runners, in {of}"
    if found.verdict == "cannot tell":
        return f"We cannot tell from {of} how {NAMES[x]} and {NAMES[y]}{_later(lag)} go together within runners"
    outcome = (_MORE if (found.r or 0.0) > 0 else _LESS)[y]
    tended = f"followed{_later(lag)} by weeks with" if lag else "weeks with"
    return f"In {of}, a runner's weeks with {_MORE[x]} tended to be {tended} {outcome}"


def says(one: Association) -> str:
    """What one runner's own link comes to, as `trend_words.says` has it, said to a coach."""
    return trend_words.says(one).replace("your ", "the ")


def mixed(found: MixedModel, x: str, y: str, units: Units = Units.KM, lag: int = 0) -> str:
    """What goes on within runners, apart from how runners differ, in the units that people read."""
    if found.within is None or found.between is None:
        return _no_mixed_model(found, x, y)
    per = _PER[x].format(step=_STEP, unit=units.label)
    return (
        f"Within runners, {NAMES[y]}{_later(lag)} differed by {_part(found.within, x, y, units)} {per}; "
        f"between runners, by {_part(found.between, x, y, units)} "
        f"({count(found.n_obs, 'week')} of {count(found.n_subjects, 'runner')}). "
        f"Runners differ in many other ways, so the second says little. {NOT_CAUSE}"
    )


def mixed_beside_distance(found: MixedModel, x: str, y: str, lag: int = 0) -> str:
    """The same within runners with weekly distance accounted for, or why it is not, and the caution that belongs to
    it."""
    if found.within is None:
        missing = _no_mixed_model(found, x, y)
        return f"Weekly distance is not accounted for: {missing[0].lower()}{missing[1:]}"
    per = _PER[x].format(step=_STEP, unit="")
    said = f"With weekly distance accounted for, {NAMES[y]}{_later(lag)} differed within runners by"
    return f"{said} {_part(found.within, x, y, Units.KM)} {per}. {VOLUME_CAUTION}"


def _later(lag: int) -> str:
    return f" {count(lag, 'week')} later" if lag else ""


def _part(part: Part, x: str, y: str, units: Units) -> str:
    """'-1.2 points (plausible range -2.0 to -0.4)'."""
    step = to_metres(float(_STEP), units) if x == "distance_m" else 1.0
    estimate, low, high = (_as_read(step * value, y, units) for value in (part.estimate, part.ci_low, part.ci_high))
    unit = {"adherence": "percentage points", "pain": "points", "distance_m": units.label}[y]
    return f"{estimate:+.1f} {unit} (plausible range {low:+.1f} to {high:+.1f})"


def _as_read(difference: float, y: str, units: Units) -> float:
    if y == "adherence":
        return 100 * difference
    return from_metres(difference, units) if y == "distance_m" else difference


def _no_mixed_model(found: MixedModel, x: str, y: str) -> str:
    if found.reason is None or found.reason == "too few runners":
        return f"No mixed model: {_gate(found.n_ready, x, y)}"
    why = _NOT_TOLD_APART[found.reason].format(x=NAMES[x], y=NAMES[y])
    return f"No mixed model: {why} ({count(found.n_subjects, 'runner')}, {count(found.n_obs, 'week')})."


def _refusal(found: RepeatedMeasures, x: str, y: str) -> str:
    if found.reason == "no variation within runners":
        return f"No number for the group: {NAMES[x]} or {NAMES[y]} stayed the same within every runner."
    return f"No number for the group: {_gate(found.n_ready, x, y)}"


def _gate(ready: int, x: str, y: str) -> str:
    have = f"{count(ready, 'runner')} {'has' if ready == 1 else 'have'} them so far"
    return (
        f"it takes {GATE_RUNNERS} runners with {GATE_RUNNER_WEEKS} weeks of both {NAMES[x]} and {NAMES[y]}, neither of "
        f"them always the same; {have}."
    )
