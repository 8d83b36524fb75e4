"""The plan and what surrounds it: the runner's circumstances, offers of a next step, links to videos."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, ValidationInfo, model_validator

from data.entry import Entry
from data.fields import (
    Days,
    Exercise,
    Load,
    Past,
    PastOrNone,
    Planned,
    PlannedOrNone,
    door,
    echo,
    plain,
    text,
    weekday_names,
    whole,
    words,
)
from data.plan_schema import EXPERIENCE, OFFER_ANSWERS, OFFER_STEPS, PLAN_STAGES
from data.video_links import VideoUrl

MOST_REPETITIONS = 200
LONGEST_VALUE = 200  # letters of an offer's 'from' and 'to'
LONGEST_REASON = 600

Step = Literal[OFFER_STEPS]  # type: ignore[valid-type]  # one list for the type, the table and the check
Stage = Literal[PLAN_STAGES]  # type: ignore[valid-type]  # as above
OfferAnswer = Literal[OFFER_ANSWERS]  # type: ignore[valid-type]  # as above
Experience = Literal[EXPERIENCE]  # type: ignore[valid-type]  # as above


class PlanItem(BaseModel):
    """One exercise of a plan: `sets` of either `repetitions` or `seconds`, up to `high`; 'each' is left and right."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    exercise: Exercise
    block: Literal["warm-up", "main"] = "main"
    side: Literal["each", "left", "right", "both"]
    sets: Annotated[int, whole("Sets are", 1, 20, "a plan has from 1 to 20 sets of an exercise")]
    repetitions: Annotated[
        int | None, whole("Repetitions are", 1, MOST_REPETITIONS, "a plan has from 1 to 200 repetitions")
    ] = None
    seconds: Annotated[int | None, whole("Seconds are", 1, 3600, "a plan has holds from 1 to 3600 seconds")] = None
    high: Annotated[int | None, whole("The top of the range is", 1, 3600, "it goes from 1 to 3600")] = None
    load_kg: Load = None
    stage: Stage = "usual"

    @model_validator(mode="after")
    def _one_target(self) -> "PlanItem":
        if (self.repetitions is None) == (self.seconds is None):
            name = plain(self.exercise).capitalize()
            if self.seconds is None:
                raise ValueError(
                    f"{name} has no number to begin with. Enter how many repetitions, or how many seconds."
                )
            raise ValueError(
                f"{name} has {self.repetitions} repetitions and {self.seconds} seconds. Enter one of them."
            )
        low = self.repetitions or self.seconds or 0
        if self.high is not None and self.high < low:
            raise ValueError(
                f"The range of {plain(self.exercise)} goes from {low} to {self.high}."
                f" Enter a top that is {low} or more."
            )
        if self.repetitions is not None and (self.high or 0) > MOST_REPETITIONS:
            raise ValueError(f"The top of {plain(self.exercise)} is {self.high}. A plan has from 1 to 200 repetitions.")
        return self


def check_parts(parts: Sequence[PlanItem]) -> None:
    """Raises ValueError where these do not make a plan: no main exercise, or one that is there twice."""
    if not any(part.block == "main" for part in parts):
        has = "only a warm-up" if parts else "no exercise"
        raise ValueError(f"The plan has {has}. Choose at least one main exercise.")
    slugs = Counter(part.exercise for part in parts)
    if twice := next((slug for slug, times in slugs.items() if times > 1), None):
        raise ValueError(
            f"{plain(twice).capitalize()} is in the plan twice."
            " Enter it once, with all its sets, in the warm-up or in the main part."
        )


class Plan(Entry):
    """A plan may start in the future; it ends the day before the next one starts. `weekdays` None: any days."""

    kind = "plan"
    starts_on: Planned
    ends_on: PlannedOrNone = None
    days_per_week: Annotated[int, whole("Days a week are", 1, 7, "a week has from 1 to 7 days")]
    weekdays: Days = None
    parts: tuple[PlanItem, ...]

    @model_validator(mode="after")
    def _holds_together(self) -> "Plan":
        check_parts(self.parts)
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValueError(
                f"The plan's end ({self.ends_on:%-d %B %Y}) is before its start ({self.starts_on:%-d %B %Y})."
                " Enter an end on or after the day it starts."
            )
        if self.weekdays is not None and len(self.weekdays) != self.days_per_week:
            raise ValueError(
                f"The plan has {self.days_per_week} days a week, and the days chosen are"
                f" {weekday_names(self.weekdays)}. Choose {self.days_per_week}, or change the number."
            )
        return self


class Offer(Entry):
    """A next step that was offered for one exercise, and the runner's answer (None: not answered yet). `on_date` is the
    last day of training that it rests on."""

    kind = "offer"
    exercise: Exercise
    on_date: Past
    step: Step
    from_value: Annotated[str, text("What the plan asks now", LONGEST_VALUE)]
    to_value: Annotated[str, text("What is offered", LONGEST_VALUE)]
    reason: Annotated[str, text("The reason", LONGEST_REASON)]
    answer: OfferAnswer | None = None
    answered_on: PastOrNone = None

    @model_validator(mode="after")
    def _answered_after_it_was_made(self) -> "Offer":
        if (self.answer is None) != (self.answered_on is None):
            raise ValueError("The answer and its day belong together. Enter both, or neither.")
        if self.answered_on is not None and self.answered_on < self.on_date:
            raise ValueError(
                f"The answer ({self.answered_on:%-d %B %Y}) is before the offer ({self.on_date:%-d %B %Y})."
                " Enter the day it was answered."
            )
        return self


class Profile(Entry):
    """What a plan has to fit, from a day on. None: not asked; nothing chosen is an answer of its own."""

    kind = "profile"
    on_date: Past
    equipment: Annotated[tuple[str, ...] | None, words("The equipment")] = None
    contraindications: Annotated[tuple[str, ...] | None, words("What hurts or is healing")] = None
    experience: Experience | None = None

    @model_validator(mode="after")
    def _is_on_the_lists(self, info: ValidationInfo) -> "Profile":
        known = door(info)
        _all_known("The equipment", self.equipment, known.equipment)
        _all_known("What hurts or is healing", self.contraindications, known.contraindications)
        return self


def _all_known(label: str, chosen: tuple[str, ...] | None, known: frozenset[str] | None) -> None:
    strange = [word for word in chosen or () if known is not None and word not in known]
    if strange:
        raise ValueError(f"{label} has {echo(strange[0])}, which is not on the list. Choose from the list.")


class Video(Entry):
    """A link to one's own video of an exercise."""

    kind = "video"
    exercise: Exercise
    url: VideoUrl
    title: Annotated[str, text("The title")]
