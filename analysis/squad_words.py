"""A squad's numbers as sentences, by the templates of evidence 6.3; said to a coach, so never 'your weeks'."""

from typing import Final

from analysis.evidence import GATE_RUNNER_WEEKS, GATE_RUNNERS
from analysis.finding_words import NAMES, NOT_CAUSE, plausible_range
from analysis.mixed_model import MixedModel, Part
from analysis.phrases import count
from analysis.squad import RepeatedMeasures

WITHIN_ONLY: Final = "Every runner is compared with their own weeks; weeks of different runners are never pooled."
TWO_RANGES: Final = (
    "The first range comes from drawing whole runners again and again, and holds where weeks resemble each other. The "
    "second one is the textbook's, which takes every week for independent, and is often too narrow."
)

_MORE: Final = {"adherence": "more hip sessions done", "pain": "more pain", "distance_m": "more distance"}
_LESS: Final = {"adherence": "fewer hip sessions done", "pain": "less pain", "distance_m": "less distance"}


def squad(found: RepeatedMeasures, x: str, y: str) -> str:
    """The common coefficient within runners with both intervals, or why the group has none."""
    if found.verdict == "no number":
        return _refusal(found, x, y)
    numbers = (
        f"(within-runner correlation {found.r:+.2f}, plausible range "
        f"{plausible_range(found.resampled_low, found.resampled_high)} from resampling runners, "
        f"{plausible_range(found.ci_low, found.ci_high)} if weeks were independent)"
    )
    differ = " Runners differ too much for one number: look at each of them." if found.slopes_differ else ""
    return f"{squad_title(found, x, y)} {numbers}.{differ} {WITHIN_ONLY} {NOT_CAUSE}"


def squad_title(found: RepeatedMeasures, x: str, y: str) -> str:
    """The same finding, short enough to stand above a chart."""
    if found.verdict == "no number":
        return _refusal(found, x, y).removesuffix(".")
    of = f"{count(found.n_obs, 'week')} of {count(found.n_subjects, 'runner')}"
    if found.verdict == "cannot tell":
        return f"We cannot tell from {of} how {NAMES[x]} and {NAMES[y]} go together within runners"
    outcome = (_MORE if (found.r or 0.0) > 0 else _LESS)[y]
    return f"In {of}, a runner's weeks with {_MORE[x]} tended to be weeks with {outcome}"


def mixed(found: MixedModel, x: str, y: str) -> str:
    """What goes on within runners, apart from how runners differ. x and y are in their own units."""
    if found.within is None or found.between is None:
        return f"No mixed model: {found.reason} ({count(found.n_subjects, 'runner')}, {count(found.n_obs, 'week')})."
    return (
        f"Within runners, one more of {NAMES[x]} goes with {_part(found.within)} of {NAMES[y]}; between runners, with "
        f"{_part(found.between)} ({count(found.n_obs, 'week')} of {count(found.n_subjects, 'runner')}). Runners differ "
        f"in many other ways, so the second says little. {NOT_CAUSE}"
    )


def _part(part: Part) -> str:
    return f"{part.estimate:+.2f} (plausible range {plausible_range(part.ci_low, part.ci_high)})"


def _refusal(found: RepeatedMeasures, x: str, y: str) -> str:
    both = f"both {NAMES[x]} and {NAMES[y]}"
    if found.reason == "no variation within runners":
        return f"No number for the group: {NAMES[x]} or {NAMES[y]} stayed the same within every runner."
    has = "has" if found.n_ready == 1 else "have"
    return (
        f"No number for the group: it takes {GATE_RUNNERS} runners with {GATE_RUNNER_WEEKS} weeks of {both}; "
        f"{count(found.n_ready, 'runner')} {has} them so far."
    )
