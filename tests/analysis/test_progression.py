"""The next step: up one thing at a time after two good sessions, the same at pain 3 to 5, back above it."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import find, given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from analysis.progression import Answered, NotLogged, Offer, answered, changed, next_step, plan_after
from analysis.training import Session, Set, Target, item_of, sessions_of, target_of
from guides.ladders import Ladder
from tests.analysis.test_words import assert_sayable

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 5)
SQUAT = Target("split-squat", "repetitions", "each", 2, 8, 12)
PLAIN = Ladder(12, more_range="Put the rear foot on a low step.", less_stable="Let go of the support.")
BELLS = replace(PLAIN, first_kg=4.0, step_kg=2.0, most_kg=16.0)
NOTHING_SAID = Answered()
BAR = replace(PLAIN, first_kg=10.0, step_kg=2.5, most_kg=60.0)


def session(day=SECOND, left=(12, 12), right=(12, 12), morning=1, **more):
    told = {"load_kg": None, "effort": 6, "pain": 1} | more
    sets = [Set("left", amount, **told) for amount in left] + [Set("right", amount, **told) for amount in right]
    return Session(day, tuple(sets), morning)


def twice(**more):
    return [session(FIRST, **more), session(SECOND, **more)]


def offered(target=SQUAT, sessions=None, ladder=PLAIN, said=NOTHING_SAID):
    found = next_step(target, twice() if sessions is None else sessions, ladder, said)
    assert isinstance(found, Offer), found
    return found


def nothing(sessions, target=SQUAT, ladder=PLAIN):
    return next_step(target, sessions, ladder) is None


@pytest.mark.parametrize(
    ("low", "high", "ceiling", "after"), [(8, 10, 12, (10, 12)), (8, 11, 12, (9, 12)), (10, 10, 15, (12, 12))]
)
def test_repetitions_grow_first(low, high, ceiling, after):
    found = offered(replace(SQUAT, low=low, high=high), ladder=replace(BELLS, ceiling=ceiling))
    assert (found.step, found.after.low, found.after.high) == ("more repetitions", *after)


def test_seconds_grow_by_five():
    plank = replace(SQUAT, kind="seconds", low=20, high=30)
    found = offered(plank, twice(left=(30, 30), right=(31, 30)), Ladder(45))
    assert (found.after.low, found.after.high) == (25, 35)
    assert "30 seconds" in found.reason


@pytest.mark.parametrize(
    ("now", "ladder", "after"),
    [
        (20.0, BAR, 22.0 + 0.5),  # 10 % is 22: no plate step in between, so the next one
        (30.0, BAR, 32.5),
        (50.0, BAR, 55.0),  # 10 % exactly, two steps of 2.5
        (27.5, BAR, 30.0),
        (4.0, BELLS, 6.0),
        (14.0, BELLS, 16.0),
        (11.9, BELLS, 14.0),  # 12 would be less than 2 % more
        (12.0, replace(BELLS, step_kg=1.0), 13.0),
    ],
)
def test_load_grows_by_two_to_ten_percent_or_one_step(now, ladder, after):
    found = offered(replace(SQUAT, load_kg=now), twice(load_kg=now), ladder)
    assert (found.step, found.after.load_kg) == ("more load", after)
    beyond = after > now * 1.1 + 1e-6
    assert ("no smaller step" in found.reason) is beyond


def test_the_first_load_is_the_lightest_there_is():
    assert offered(ladder=BELLS).after.load_kg == 4.0


def test_a_load_that_may_grow_no_further_stays():
    assert offered(replace(SQUAT, load_kg=8.0), twice(load_kg=8.0), replace(BELLS, most_kg=None)).step == "more range"


def test_a_load_under_the_lightest_goes_to_the_lightest():
    assert offered(sessions=twice(load_kg=2.5), ladder=BAR).after.load_kg == 10.0


def test_a_plan_that_names_no_load_goes_on_from_the_lightest_that_was_logged():
    sessions = [session(FIRST, load_kg=8.0), session(SECOND, load_kg=10.0)]
    assert offered(sessions=sessions, ladder=BELLS).after.load_kg == 10.0


def test_without_a_load_or_at_the_heaviest_range_comes_next_then_less_steady_then_nothing():
    assert offered(ladder=PLAIN).step == "more range"
    heavy = replace(SQUAT, load_kg=16.0)
    assert offered(heavy, twice(load_kg=16.0), BELLS).step == "more range"
    assert offered(replace(SQUAT, stage="more range")).step == "less stable"
    assert offered(replace(SQUAT, stage="less stable")).step == "hold"
    assert offered(ladder=replace(PLAIN, more_range=None)).step == "less stable"
    assert "The next exercise is" in offered(ladder=Ladder(12, beyond="The next exercise is a harder one.")).reason


@pytest.mark.parametrize(
    "sessions",
    [
        [],
        [session()],
        [session(FIRST, right=(12, 11)), session()],  # one repetition short on one side
        [session(FIRST), session(right=(12,))],  # one set short
        [session(FIRST), session(right=())],  # the right leg was not trained
        [session(FIRST, effort=8), session()],
        [session(FIRST), session(left=(12, None))],
    ],
)
def test_no_offer_unless_both_sides_were_at_the_top_twice_and_it_was_not_too_hard(sessions):
    assert nothing(sessions)


def test_the_lower_side_counts_even_when_the_other_did_more():
    assert nothing([session(FIRST), session(left=(20, 20, 20), right=(12, 11))])


def test_a_lighter_load_than_the_plan_names_is_not_the_top():
    assert nothing(twice(load_kg=6.0), replace(SQUAT, load_kg=8.0), BELLS)


@pytest.mark.parametrize(
    ("sessions", "what"),
    [
        ([session(FIRST, effort=None), session()], ("effort",)),
        ([session(FIRST), session(pain=None)], ("pain",)),
        ([session(FIRST), session(morning=None)], ("pain of the morning after",)),
        ([session(FIRST), session(effort=None, pain=None)], ("effort", "pain")),
    ],
)
def test_unknown_is_never_taken_for_easy_or_painless(sessions, what):
    found = next_step(SQUAT, sessions, BELLS)
    assert isinstance(found, NotLogged)
    assert found.what == what
    assert f"Log the {' and '.join(what)} of" in found.reason


def test_a_load_that_was_not_logged_is_asked_for_where_the_plan_names_one():
    found = next_step(replace(SQUAT, load_kg=8.0), twice(), BELLS)
    assert isinstance(found, NotLogged) and found.what == ("load",)


def test_one_set_known_to_be_too_hard_is_enough_to_wait():
    first = session(FIRST)
    partly = replace(first, sets=(replace(first.sets[0], effort=9), replace(first.sets[1], effort=None)))
    assert nothing([partly, session()], replace(SQUAT, sets=1, side="left"))


@pytest.mark.parametrize(
    "sessions", [twice(pain=3), twice(pain=5), [session(FIRST, pain=4), session()], twice(morning=3)]
)
def test_pain_of_three_to_five_holds(sessions):
    found = offered(sessions=sessions)
    assert (found.step, found.after, found.stop) == ("hold", SQUAT, False)
    assert "stay with this step" in found.reason


@pytest.mark.parametrize("last", [session(pain=6), session(morning=6), session(pain=10, left=(3,), right=())])
def test_pain_above_five_steps_back_and_shows_the_stop_rule(last):
    found = offered(sessions=[session(FIRST), last])
    assert (found.step, found.stop) == ("step back", True)
    assert "of 10 on 5 March 2026" in found.reason


def test_one_painful_session_is_enough_to_step_back():
    assert offered(sessions=[session(pain=7)]).step == "step back"


def test_pain_above_five_in_the_last_session_but_one_steps_back_too():
    found = offered(sessions=[session(FIRST, pain=7), session(SECOND)])
    assert (found.step, found.stop) == ("step back", True)
    assert "Pain reached 7 of 10 on 2 March 2026" in found.reason


def test_two_good_sessions_after_it_are_enough_to_go_on():
    later = [session(FIRST, pain=7), session(SECOND), session(SECOND + timedelta(days=3))]
    assert offered(sessions=later).step == "more range"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (replace(SQUAT, stage="less stable", load_kg=8.0), {"stage": "more range"}),
        (replace(SQUAT, stage="more range", load_kg=8.0), {"stage": "usual"}),
        (replace(SQUAT, load_kg=8.0), {"load_kg": 6.0}),
        (replace(SQUAT, load_kg=4.0), {"load_kg": None}),  # there is no bell under 4 kg
        (replace(SQUAT, load_kg=2.0), {"load_kg": None}),
        (SQUAT, {"low": 6, "high": 10}),
        (replace(SQUAT, low=6), {"low": 5, "high": 11}),
        (replace(SQUAT, low=5, high=8), {"sets": 1}),
    ],
)
def test_what_grew_last_goes_first(before, after):
    assert offered(before, [session(pain=8)], BELLS).after == replace(before, **after)


@pytest.mark.parametrize(("now", "after"), [(12.5, 10.0), (10.0, None), (7.5, None)])
def test_no_bar_is_lighter_than_the_bar_alone(now, after):
    assert offered(replace(SQUAT, load_kg=now), [session(pain=8)], BAR).after.load_kg == after


def test_without_a_known_weight_a_load_shrinks_by_kilograms():
    assert offered(replace(SQUAT, load_kg=8.0), [session(pain=8)], PLAIN).after.load_kg == 7.0
    assert offered(replace(SQUAT, load_kg=1.0), [session(pain=8)], PLAIN).after.load_kg is None


def test_when_nothing_smaller_is_left_the_exercise_goes():
    found = offered(replace(SQUAT, low=5, high=8, sets=1), [session(pain=8)])
    assert found.leave_out and found.stop
    assert found.before == found.after
    assert "Leave this exercise out" in found.reason


def rising(pains, gap=4):
    """A session every `gap` days with these pains."""
    return [session(FIRST + timedelta(days=gap * number), pain=pain) for number, pain in enumerate(pains)]


@pytest.mark.parametrize(
    ("pains", "gap", "step"),
    [
        ((1, 1, 3), 4, "step back"),  # day 8: 2 points above day 0
        ((2, 2, 4), 4, "step back"),
        ((3, 3, 4), 4, "hold"),  # one point is noise
        ((1, 1, 2), 4, "more range"),  # still in the green
        ((5, 4, 3), 4, "hold"),
        ((3, 4, 5), 7, "step back"),  # a point a week
        ((1, 5), 14, "step back"),
        ((1, 5), 15, "hold"),  # longer ago than two weeks
        ((1, 5), 7, "step back"),
        ((1, 5), 6, "hold"),  # within a week
        ((5, 1, 3), 7, "step back"),  # against the least of the two weeks
    ],
)
def test_pain_that_rises_over_two_weeks_steps_back(pains, gap, step):
    found = offered(sessions=rising(pains, gap))
    assert (found.step, found.stop) == (step, step == "step back")


def test_a_rise_names_both_days():
    assert (
        "Pain rose from 3 of 10 on 2 March 2026 to 5 of 10 on 16 March 2026."
        in offered(sessions=rising((3, 4, 5), 7)).reason
    )


def test_a_rise_that_was_answered_is_not_held_against_the_runner_again():
    sessions = rising((1, 1, 3, 3))
    said = Answered(sessions[2].on_date, sessions[2].on_date)
    assert offered(sessions=sessions, said=said).step == "hold"
    assert offered(sessions=[*sessions, session(sessions[2].on_date + timedelta(days=7), pain=5)], said=said).stop


# What was answered


def test_an_answer_starts_the_count_again():
    assert next_step(SQUAT, twice(), PLAIN, Answered(SECOND)) is None
    assert next_step(SQUAT, twice(), PLAIN, Answered(FIRST)) is None
    assert offered(said=Answered(FIRST - timedelta(days=1))).step == "more range"
    assert next_step(SQUAT, twice(pain=8), PLAIN, Answered(SECOND, SECOND)) is None


def test_the_offer_says_up_to_which_training_it_goes():
    assert offered().until == offered(sessions=twice(pain=4)).until == offered(sessions=twice(pain=8)).until == SECOND


def test_a_session_on_the_day_of_the_answer_counts_where_the_answer_was_about_an_earlier_one():
    """The morning's answer is about the session before; today's comes after it."""
    assert offered(sessions=[*twice(), session(SECOND + timedelta(days=2), pain=9)], said=Answered(SECOND)).stop


def test_high_pain_logged_after_an_answer_for_that_day_still_steps_back():
    """A second session of the day, or the pain of the morning after: the answer could not be about it."""
    assert offered(sessions=[session(FIRST), session(SECOND, morning=9)], said=Answered(SECOND)).step == "step back"
    answered_by_step_back = Answered(SECOND, SECOND)
    assert next_step(SQUAT, [session(FIRST), session(SECOND, morning=9)], PLAIN, answered_by_step_back) is None


def test_a_step_back_that_was_answered_is_not_offered_again_beside_a_later_good_session():
    third = SECOND + timedelta(days=3)
    sessions = [session(FIRST), session(SECOND, pain=8), session(third)]
    assert next_step(SQUAT, sessions, PLAIN, Answered(SECOND, SECOND)) is None
    assert offered(sessions=sessions).step == "step back"


LADDERS = st.builds(
    lambda ceiling, kilograms, more_range, less_stable: Ladder(ceiling, *kilograms, more_range, less_stable),
    st.just(0) | st.integers(8, 20),
    st.sampled_from([(None, None, None), (4.0, 2.0, 16.0), (10.0, 2.5, 60.0), (4.0, 0.5, 16.0), (4.0, 2.0, None)]),
    st.none() | st.just("Further."),
    st.none() | st.just("Let go."),
)
TARGETS = st.builds(
    lambda kind, side, sets, low, width, load, stage: Target("squat", kind, side, sets, low, low + width, load, stage),
    st.sampled_from(["repetitions", "seconds"]),
    st.sampled_from(["each", "both", "left"]),
    st.integers(1, 4),
    st.integers(1, 20),
    st.integers(0, 6),
    st.none() | st.sampled_from([0.0, 2.0, 4.0, 7.5, 10.0, 11.9, 16.0]),
    st.sampled_from(["usual", "more range", "less stable"]),
)
RATING = st.none() | st.integers(0, 10)
SETS = st.builds(
    Set,
    st.sampled_from(["left", "right", "both"]),
    st.none() | st.integers(0, 30),
    st.none() | st.sampled_from([0.0, 4.0, 16.0]),
    RATING,
    RATING,
)


@st.composite
def histories(draw, target):
    """Sessions three days apart: most as the plan asks and easy, some with an answer left out, some of anything."""
    sides = ("left", "right") if target.side == "each" else (target.side,)
    found = []
    for number in range(draw(st.integers(0, 5))):
        told = [target.load_kg, draw(st.integers(0, 7)), draw(st.integers(0, 2))]
        sets = [Set(side, target.high, *told) for side in sides for _ in range(target.sets)]
        morning = draw(st.integers(0, 2))
        match draw(st.sampled_from(["easy", "easy", "easy", "easy", "not told", "anything"])):
            case "not told":
                sets[-1] = replace(sets[-1], **{draw(st.sampled_from(["pain", "effort", "load_kg"])): None})
            case "anything":
                sets, morning = draw(st.lists(SETS, min_size=1, max_size=6)), draw(RATING)
        found.append(Session(FIRST + timedelta(days=3 * number), tuple(sets), morning))
    return found


@st.composite
def cases(draw):
    target = draw(TARGETS)
    return target, draw(histories(target)), draw(LADDERS)


UP = ("more repetitions", "more load", "more range", "less stable")


@given(cases())
@run_with(deadline=None, max_examples=300)
def test_every_answer_keeps_the_rules(case):
    target, sessions, ladder = case
    found = next_step(target, sessions, ladder)
    if any((done.worst_pain or 0) > 5 for done in sessions[-2:]):
        assert isinstance(found, Offer) and found.step == "step back"
    if isinstance(found, NotLogged):
        assert found.what
        assert_sayable(found.reason)
    if isinstance(found, Offer):
        assert_sayable(found.reason)
        assert found.source and found.before == target and found.until == sessions[-1].on_date
        assert len(changed(target, found.after)) == (0 if found.step == "hold" or found.leave_out else 1)
        assert found.stop is (found.step == "step back")
        if found.step in UP:
            for done in sessions[-2:]:
                told = [*(one.pain for one in done.sets), done.next_morning, *(one.effort for one in done.sets)]
                assert None not in told
                assert done.worst_pain <= 2 and done.hardest <= 7
                assert done.is_at_the_top(target)


def say(offer, said):
    """What is answered after an answer to this offer."""
    return Answered(offer.until, offer.until if offer.step == "step back" else said.back_until)


@st.composite
def answers(draw, sessions):
    """Answers to some earlier day's work, as they come about: each to what was offered then."""
    said = NOTHING_SAID
    for number in range(1, draw(st.integers(0, len(sessions))) + 1):
        found = next_step(SQUAT, sessions[:number], PLAIN, said)
        said = say(found, said) if isinstance(found, Offer) else said
    return said


@given(st.data())
@run_with(deadline=None)
def test_no_work_brings_two_offers_and_no_high_pain_is_lost(data):
    sessions = data.draw(histories(SQUAT))
    said = data.draw(answers(sessions))
    found = next_step(SQUAT, sessions, PLAIN, said)
    if sessions and sessions[-1].on_date > said.back_until and (sessions[-1].worst_pain or 0) > 5:
        assert isinstance(found, Offer) and found.step == "step back"
    if isinstance(found, Offer):
        assert found.until > said.until, "an offer rests on work that no answer was about"
        assert next_step(found.after, sessions, PLAIN, say(found, said)) is None


@given(st.data(), st.integers(6, 10))
@run_with(deadline=None)
def test_high_pain_that_is_logged_after_an_answer_is_never_lost(data, pain):
    sessions = data.draw(histories(SQUAT).filter(len))
    said = data.draw(answers(sessions))
    late = [*sessions[:-1], replace(sessions[-1], next_morning=pain)]
    found = next_step(SQUAT, late, PLAIN, said)
    if said.back_until < sessions[-1].on_date:
        assert isinstance(found, Offer) and found.step == "step back"


@pytest.mark.parametrize("step", [*UP, "hold", "step back"])
def test_the_made_up_diaries_bring_every_step(step):
    def is_offered(case):
        return getattr(next_step(*case), "step", None) == step

    find(cases(), is_offered, settings=run_with(deadline=None, max_examples=5000, database=None))


@given(cases())
@run_with(deadline=None)
def test_a_step_up_asks_more_of_the_named_thing_and_a_step_back_never_asks_more(case):
    target, sessions, ladder = case
    found = next_step(target, sessions, ladder)
    if not isinstance(found, Offer):
        return
    after = found.after
    match found.step:
        case "more repetitions":
            assert target.high < after.high <= ladder.ceiling
            assert after.high - after.low == target.high - target.low
        case "more load":
            assert after.load_kg > (target.load_kg or 0.0)
            assert ladder.first_kg <= after.load_kg <= ladder.most_kg
        case "step back":
            assert after.low <= target.low and after.high <= target.high and after.sets <= target.sets
            assert (after.load_kg or 0.0) <= (target.load_kg or 0.0)
            assert after.load_kg in (target.load_kg, None) or after.load_kg >= (ladder.first_kg or 0.0)
            assert after.low >= 1 and after.sets >= 1


def rank(found):
    if isinstance(found, Offer) and found.step in UP:
        return 1
    return -1 if isinstance(found, Offer) and found.step == "step back" else 0


def hurting(sessions, which, pain):
    """The sessions with that pain in every set of one of them."""
    hurt = replace(sessions[which], sets=tuple(replace(done, pain=pain) for done in sessions[which].sets))
    return [*sessions[:which], hurt, *sessions[which + 1 :]]


@given(cases(), st.integers(0, 10), st.integers(0, 10))
@run_with(deadline=None)
def test_more_pain_in_the_last_session_never_brings_more_work(case, one, other):
    target, sessions, ladder = case
    if not sessions:
        return
    less, more = (hurting(sessions, len(sessions) - 1, pain) for pain in sorted((one, other)))
    assert rank(next_step(target, more, ladder)) <= rank(next_step(target, less, ladder))


@given(cases(), st.integers(0, 4), st.integers(0, 10), st.integers(0, 10))
@run_with(deadline=None)
def test_more_pain_in_any_session_never_brings_a_step_up(case, which, one, other):
    target, sessions, ladder = case
    if not sessions:
        return
    less, more = (hurting(sessions, which % len(sessions), pain) for pain in sorted((one, other)))
    if rank(next_step(target, more, ladder)) == 1:
        assert rank(next_step(target, less, ladder)) == 1


@given(cases(), st.integers(0, 20), st.sampled_from(["pain", "effort"]))
@run_with(deadline=None)
def test_forgetting_an_answer_never_brings_a_step_up(case, which, field):
    target, sessions, ladder = case
    if not sessions:
        return
    sets = list(sessions[-1].sets)
    sets[which % len(sets)] = replace(sets[which % len(sets)], **{field: None})
    forgotten = [*sessions[:-1], replace(sessions[-1], sets=tuple(sets))]
    assert rank(next_step(target, forgotten, ladder)) < 1


FRAME = pd.DataFrame(
    {
        "on_date": pd.to_datetime(["2026-03-05", "2026-03-02", "2026-03-02", "2026-03-02"]).astype("datetime64[s]"),
        "session": [1, 1, 1, 2],
        "next_morning_pain": [float("nan"), 2.0, 2.0, float("nan")],
        "exercise": ["split-squat", "split-squat", "clam", "split-squat"],
        "side": ["left", "right", "left", "left"],
        "repetitions": [12.0, float("nan"), 10.0, 8.0],
        "seconds": [float("nan"), 30.0, float("nan"), float("nan")],
        "load_kg": [12.5, float("nan"), 0.0, 0.0],
        "effort": [7.0, float("nan"), 3.0, 0.0],
        "pain": [0.0, float("nan"), 0.0, 1.0],
    }
)


def test_sessions_are_read_from_the_diary_with_unknown_as_none():
    assert sessions_of(FRAME, SQUAT) == (
        Session(FIRST, (Set("right", None), Set("left", 8, 0.0, 0, 1)), 2),
        Session(SECOND, (Set("left", 12, 12.5, 7, 0),)),
    )
    assert sessions_of(FRAME.iloc[:0], SQUAT) == ()


def test_two_sessions_on_one_day_are_one_day_of_work():
    rows = [
        {"on_date": pd.Timestamp(SECOND), "session": number, "next_morning_pain": morning, "exercise": "split-squat"}
        | {"side": side, "repetitions": 12.0, "seconds": None, "load_kg": None, "effort": 6.0, "pain": 1.0}
        for number, morning in ((1, 1.0), (2, None))
        for side in ("left", "right", "left", "right")
    ]
    (one,) = sessions_of(pd.DataFrame(rows), SQUAT)
    assert (len(one.sets), one.next_morning) == (8, 1)
    assert nothing([one])


@pytest.mark.parametrize(
    ("changes", "target", "words"),
    [
        ({}, SQUAT, "2 x 8 to 12 on each side"),
        ({"high": None}, replace(SQUAT, high=8), "2 x 8 on each side"),
        ({"load_kg": 12.5, "stage": "more range"}, replace(SQUAT, load_kg=12.5, stage="more range"),
         "2 x 8 to 12 on each side, 12.5 kg, more range"),
        ({"repetitions": None, "seconds": 20.0, "high": 30.0}, replace(SQUAT, kind="seconds", low=20, high=30),
         "2 x 20 to 30 s on each side"),
    ],
)  # fmt: skip
def test_a_line_of_the_plan_is_a_target(changes, target, words):
    row = {"exercise": "split-squat", "side": "each", "sets": 2, "repetitions": 8.0, "seconds": None, "high": 12.0}
    found = target_of(row | {"load_kg": None, "stage": "usual"} | changes)
    assert found == target
    assert str(found) == words


ITEM = {"exercise": "split-squat", "side": "each", "sets": 2, "repetitions": 8, "seconds": None, "high": 12}
ITEM |= {"load_kg": None, "stage": "usual"}
CLAM = ITEM | {"exercise": "clam", "block": "warm-up", "repetitions": 10, "high": None}


def test_an_accepted_offer_changes_its_exercise_in_the_main_part_alone():
    warm_up, main = ITEM | {"block": "warm-up"}, ITEM | {"block": "main"}
    after = plan_after([CLAM, warm_up, main], offered(ladder=BELLS))
    assert after == [CLAM | {"high": 10}, warm_up, main | {"load_kg": 4.0}]


def test_an_exercise_that_is_left_out_goes_from_the_plan():
    smallest = ITEM | {"block": "main", "repetitions": 5, "high": 8, "sets": 1}
    found = offered(target_of(smallest), [session(pain=9)])
    bridge = smallest | {"exercise": "slide-cushion-hip-bridge"}
    assert plan_after([CLAM, smallest, bridge], found) == [CLAM | {"high": 10}, bridge]


def test_no_plan_of_a_warm_up_alone_is_left():
    smallest = ITEM | {"block": "main", "repetitions": 5, "high": 8, "sets": 1}
    found = offered(target_of(smallest), [session(pain=9)])
    assert plan_after([CLAM, smallest], found) == []


@given(TARGETS)
def test_a_target_is_the_same_after_it_was_stored(target):
    assert target_of(item_of(target)) == target


def test_what_was_answered_is_read_for_this_exercise():
    offers = pd.DataFrame(
        {
            "exercise": ["split-squat", "clam", "split-squat", "split-squat"],
            "on_date": pd.to_datetime(["2026-03-12", "2026-03-09", "2026-03-02", "2026-03-05"]).astype("datetime64[s]"),
            "step": ["hold", "step back", "step back", "hold"],
            "answered_on": pd.to_datetime([None, "2026-03-09", "2026-03-03", "2026-03-06"]).astype("datetime64[s]"),
        }
    )
    assert answered(offers, "split-squat") == Answered(until=SECOND, back_until=FIRST)
    assert answered(offers.iloc[:1], "split-squat") == NOTHING_SAID
    assert answered(offers.iloc[:0], "split-squat") == NOTHING_SAID
