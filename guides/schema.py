"""What the guide files hold. Unknown keys are refused; a number is never without its source."""

from collections.abc import Collection
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
ArticleId = Annotated[str, StringConstraints(pattern=r"^A([1-9]|1[0-4])$")]
Doi = Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")]
Status = Literal["published", "convention"]  # convention: our choice or coaching practice, and labelled so
Block = Literal["warm-up", "main"]
Kind = Literal["repetitions", "seconds"]
Equipment = Literal["mat", "cushion", "sling", "kettlebell", "bar", "band", "step", "slide mat", "roller"]
WEIGHTS = frozenset({"kettlebell", "bar"})  # what comes in kilograms
Kilograms = Annotated[float, Field(gt=0, le=500)]
Level = Literal["easy", "medium", "hard"]  # how much control it asks for when you meet it first; our judgement
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
Sides = Literal["each", "both"]  # each: one-sided, done left and right; both: two-sided, done once


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Part):
    """A statement and who says it. `number` is the figure as a reader sees it, spread and unit included."""

    statement: Text
    source: Text
    number: Text | None = None
    doi: Doi | None = None
    status: Status

    @property
    def link(self) -> str | None:
        return f"https://doi.org/{self.doi}" if self.doi else None


class Span(Part):
    low: Annotated[int, Field(ge=0)]
    high: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low is {self.low} and high is {self.high}; low may not be above high")
        return self

    def __contains__(self, other: object) -> bool:
        return isinstance(other, Span) and self.low <= other.low and other.high <= self.high

    def __str__(self) -> str:
        return f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"


class Dose(Part):
    """`amount` is repetitions or seconds (the exercise's kind), on each side where the exercise is one-sided."""

    sets: Span
    amount: Span
    days: Span
    rest_seconds: Span | None = None
    tempo: Text | None = None
    note: Text | None = None
    source: Text
    status: Status


class Training(Part):
    """What an exercise really trains; `gluteus_medius` is said outright, because the article groups them all."""

    primary: Texts
    secondary: tuple[Text, ...] = ()
    gluteus_medius: Literal["main target", "helps", "not a target"]
    note: Text


class Progression(Part):
    """A harder form of the exercise: the one thing it changes, and what it needs beside the exercise's own needs.

    `most_kg` is there when the load is a weight that can grow: how heavy this exercise lets it become. `not_with` are
    keys of guides/conditions.toml that speak against this step; those against the exercise speak against all its steps.
    `sides` is there when the step is done on other sides than the exercise, so that a line of a plan cannot become it.
    """

    name: Text
    changes: Literal["load", "range", "control", "tempo"]
    needs: tuple[Equipment, ...] = ()
    most_kg: Kilograms | None = None
    sides: Sides | None = None
    not_with: tuple[Text, ...] = ()
    text: Text
    figure: Slug | None = None  # a drawing of its own

    @model_validator(mode="after")
    def _weighed(self) -> Self:
        weighed = self.changes == "load" and not WEIGHTS.isdisjoint(self.needs)
        if weighed != (self.most_kg is not None):
            raise ValueError("most_kg belongs to a load of a kettlebell or a bar, and has to be there")
        return self


class Contraindication(Part):
    """`condition` is the key of one in guides/conditions.toml; a runner who ticks it is not asked for the exercise."""

    condition: Text
    text: Text


class OtherNames(Part):
    """What other programs and people call an exercise: the same movement, or one of its progressions. Whoever logs an
    easier or a similar one has done something else."""

    en: tuple[Text, ...] = ()
    de: tuple[Text, ...] = ()
    fr: tuple[Text, ...] = ()
    es: tuple[Text, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """In all languages."""
        return (*self.en, *self.de, *self.fr, *self.es)


class Exercise(Part):
    """One file of guides/exercises. `main_dose` is there when a warm-up exercise may also be trained in earnest.

    `needs` is what it cannot be done without, `helps` what it is done with where it is there. What only a progression
    needs stands there.
    """

    slug: Slug
    name: Text
    article: ArticleId | None = None  # None: an addition of ours that the article does not have
    block: Block
    position: Annotated[int, Field(ge=1)]  # order inside the block
    kind: Kind
    sides: Sides
    level: Level
    needs: tuple[Equipment, ...] = ()
    helps: tuple[Equipment, ...] = ()
    equipment_note: Text | None = None
    summary: Text
    trains: Training
    steps: Texts
    cues: Texts
    faults: Texts
    easier: Texts
    easier_guides: tuple[Slug, ...] = ()  # other exercises, where a step up or down is one of them
    harder_guides: tuple[Slug, ...] = ()
    progressions: tuple[Progression, ...] = ()
    contraindications: Annotated[tuple[Contraindication, ...], Field(min_length=1)]
    cautions: tuple[Text, ...] = ()  # reasons to leave it out that lie in the place, not in the runner
    dose: Dose
    main_dose: Dose | None = None
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    other_names: OtherNames = OtherNames()

    @model_validator(mode="after")
    def _other_sides(self) -> Self:
        if any(step.sides == self.sides for step in self.progressions):
            raise ValueError("a progression names its sides only when it is done on other sides than the exercise")
        return self

    @property
    def equipment(self) -> tuple[Equipment, ...]:
        """All that it is usually done with."""
        return (*self.needs, *self.helps)

    @property
    def harder(self) -> tuple[str, ...]:
        return tuple(item.text for item in self.progressions)

    @property
    def avoid(self) -> tuple[str, ...]:
        """When to leave it out or adapt it, as sentences."""
        return (*(item.text for item in self.contraindications), *self.cautions)

    @property
    def later_equipment(self) -> tuple[Equipment, ...]:
        """What the progressions need on top."""
        needed = {thing: None for item in self.progressions for thing in item.needs}
        return tuple(thing for thing in needed if thing not in self.equipment)

    def contraindicated(self, ticked: Collection[str]) -> tuple[Contraindication, ...]:
        """Why a runner with these conditions is not asked for it; empty when nothing speaks against it."""
        return tuple(item for item in self.contraindications if item.condition in ticked)

    def dose_in(self, block: Block) -> Dose | None:
        """The dose when done as part of `block`; None when the exercise has no place there."""
        if block == self.block:
            return self.dose
        return self.main_dose if block == "main" else None

    def dose_text(self, block: Block | None = None) -> str:
        """'2 to 3 sets of 8 to 12 repetitions on each side, 2 to 3 days a week'."""
        dose = self.dose_in(block or self.block) or self.dose
        sets = "1 set" if str(dose.sets) == "1" else f"{dose.sets} sets"
        side = " on each side" if self.sides == "each" else ""
        return f"{sets} of {dose.amount} {self.kind}{side}, {dose.days} days a week"


class Condition(Part):
    """Something a runner can tick, by its `key`, so that a plan leaves the wrong exercises out."""

    key: Text
    label: Text
    meaning: Text


class Conditions(Part):
    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]


class MuscleActivity(Part):
    """Gluteus medius activity in one exercise of one study, % of a maximal voluntary contraction.

    `exercise` is None where there is no guide for it. `tag` is 'seen' where the number was checked in the paper, and
    'known' where it is commonly quoted and was not. `sd` is the standard deviation between people.
    """

    exercise: Slug | None = None
    label: Text
    mean: Annotated[float, Field(gt=0)]
    sd: Annotated[float, Field(gt=0)] | None = None
    source: Text
    doi: Doi | None = None
    tag: Literal["seen", "known"]
    method: Literal["surface", "fine wire"] = "surface"


class MuscleActivities(Part):
    rows: Annotated[tuple[MuscleActivity, ...], Field(min_length=1)]


class SharedAdvice(Part):
    """What holds for every exercise, written once, and who says it: the numbers of the stop rule (`pain_limits`), what
    is coaching practice in every guide (`coaching`), and how to progress."""

    stop_rule: Texts
    pain_limits: Evidence
    progress: Texts
    progress_evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    sides: Text
    coaching: Evidence


class Section(Part):
    heading: Text
    articles: tuple[ArticleId, ...] = ()
    drawing: Text | None = None
    text: Texts
    evidence: tuple[Evidence, ...] = ()


class Page(Part):
    title: Text
    summary: Text
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]


class RunningSign(Part):
    """`key` is the name under which the answer is stored."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")]
    question: Text
    look_for: Text


class Question(Part):
    """One yes/no of the test and how to judge it; `key` is the name under which the answer is stored."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")]
    question: Text
    look_for: Text


class RedFlags(Part):
    emergency: Texts
    see_clinician: Texts
    source: Text
    status: Status


class SelfTestGuide(Part):
    """How to take the test, what is asked, how to read it, and when to see a clinician instead.

    The sentences about a runner's own result are made from that result, not kept here.
    """

    title: Text
    summary: Text
    articles: tuple[ArticleId, ...]
    drawings: tuple[Text, ...]
    prepare: Texts
    steps: Texts
    stop: Texts
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    running_signs: Annotated[tuple[RunningSign, ...], Field(min_length=1)]
    running_signs_note: Text
    meaning: Texts
    comparing: Texts
    red_flags: RedFlags
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
