"""Every number the product takes from the literature, each with the section of the evidence notes it stands in.

'convention' marks a design choice derived from the evidence, not a published cut-off.
"""

from typing import Final

# 1.2: pooled agreement (kappa) of single-leg-squat ratings, Ressman 2019.
AGREEMENT_BETWEEN_RATERS: Final = 0.58
AGREEMENT_SAME_RATER: Final = 0.68

# 1.2: knee, pelvis, trunk, steadiness; convention based on the domains of Crossley 2011.
CHECKLIST_ITEMS: Final = 4
# 1.2, convention from the agreement above: one changed tick is what two ratings of one squat disagree by.
CHECKLIST_ERROR: Final = 1

# 1.4: smallest detectable difference of the projection angle 7.54-8.93 degrees (Munro 2012), rounded up.
FPPA_ERROR_DEGREES: Final = 9.0
# 1.4, convention: mean of pain-free women, and one standard deviation above it (Herrington 2014).
FPPA_TYPICAL_DEGREES: Final = 8.0
FPPA_UPPER_TYPICAL_DEGREES: Final = 13.0

# 2.1: the numeric rating scale.
PAIN_NONE: Final = 0
PAIN_WORST: Final = 10
# 2.1, convention (smallest worthwhile change 1.16 to 2 points): name a change of two points, two weeks long.
PAIN_CHANGE_POINTS: Final = 2
PAIN_CHANGE_WEEKS: Final = 2
# 2.2, convention adapted from Thomee 1997 and Silbernagel 2007: upper ends of the bands 0-2, 3-5, 6-10.
PAIN_CARRY_ON_MAX: Final = 2
PAIN_ACCEPTABLE_MAX: Final = 5
# 2.2, convention: 'rising over 2 weeks' compares with sessions of one to two weeks before, in days.
RISE_DAYS_LEAST: Final = 7
RISE_DAYS_MOST: Final = 14
# 2.5, convention: pain above 5 twice in a row, or over 2 weeks without improvement, is for a professional.
PAIN_SEE_SOMEONE_ABOVE: Final = 5
PAIN_SEE_SOMEONE_REPORTS: Final = 2

# 2.3: OSTRC-O2, Clarsen 2020. The first answer ends the questionnaire at 0, the last at 100.
OSTRC_ANSWERS: Final = (0, 8, 17, 25)
OSTRC_FULL_SEVERITY: Final = 100
OSTRC_SUBSTANTIAL_FROM: Final = 17

# 3: Frandsen 2025, longest run against the longest of the 30 days before it; upper ends of the bands in %.
SPIKE_HISTORY_DAYS: Final = 30
SPIKE_REFERENCE_PERCENT: Final = 10.0
SPIKE_SMALL_PERCENT: Final = 30.0
SPIKE_MODERATE_PERCENT: Final = 100.0
# 3: hazard rate ratios of the three bands, in the same study.
SPIKE_RATE_RATIO: Final = {"small": 1.64, "moderate": 1.52, "large": 2.28}
# 3, convention: 'the last run that matters' is the longest of the last seven days.
SPIKE_RECENT_DAYS: Final = 7

# 3: the uncoupled ratio compares a week with the three before it; the coupled one with four, itself among them.
RATIO_WEEKS: Final = 3
# 3, Williams 2017: spans in days of the exponentially weighted averages; weight 2 / (span + 1); 28 days of warm-up.
EWMA_ACUTE_DAYS: Final = 7
EWMA_CHRONIC_DAYS: Final = 28
# 3, Foster 1998: the level of monotony that is worth a note.
MONOTONY_NOTE: Final = 2.0

# 4.2, ACSM 2009: raise the load by 2 to 10 %.
LOAD_UP_LEAST: Final = 0.02
LOAD_UP_MOST: Final = 0.10
# 4.2, convention: what grows at once, and the least that is worth a set.
REPETITIONS_STEP: Final = 2
REPETITIONS_LEAST: Final = 5
SECONDS_STEP: Final = 5
SECONDS_LEAST: Final = 10
# Convention: a next step is offered after two sessions at the top of the range, with 3 of 10 left in effort.
PROGRESS_SESSIONS: Final = 2
PROGRESS_EFFORT_MAX: Final = 7

# 4.2, convention: eight weeks of training before a self-test is asked for again.
TEST_AGAIN_WEEKS: Final = 8

# 6.1.5, convention from computed power: paired weeks under which nothing, only a picture, or only a tentative
# number is shown.
GATE_SHOW: Final = 8
GATE_TENTATIVE: Final = 12
GATE_NORMAL: Final = 26
# 6.1.5: pain has to vary before it can be related to anything.
GATE_PAIN_VALUES: Final = 3
GATE_PAIN_WEEKS: Final = 3
# 6.1.5, convention after the same for pain, computed (docs/calibration.md): so many weeks off a series' usual value,
# and so many weeks in which chance alone would take both series off theirs. Else one odd week is a whole coefficient.
GATE_UNUSUAL_WEEKS: Final = 3
GATE_UNUSUAL_TOGETHER: Final = 0.5
# 6.1.5: as few independent weeks as weeks; 6.1.3: what their number is clipped to from below.
GATE_N_EFF: Final = 8
N_EFF_LEAST: Final = 4
# 6.1.4: the variance of Fisher's z of Spearman's coefficient is 1.06 / (n - 3) (Fieller, Hartley and Pearson 1957).
SPEARMAN_VARIANCE: Final = 1.06
# 6.1.3, computed (docs/calibration.md): the range in which an autoregression's coefficient is believed.
CARRY_OVER_LEAST: Final = -0.5
CARRY_OVER_MOST: Final = 0.95
# 6.1.6, convention: raw and detrended coefficients further apart than this disagree.
DRIFT_DISAGREES: Final = 0.2
# 6.1.7, convention: two coefficients this close read the same.
SAME_COEFFICIENT: Final = 0.05
# 6.1, convention: the confidence of every interval.
CONFIDENCE: Final = 0.95
# 6.1.8: lags looked at, decided before looking.
LAGS_WEEKS: Final = (0, 1, 2)
# 6.1.8, convention from computed power (docs/calibration.md): of the chance of a false finding on a page, the question
# that the product is there for, hip sessions and the pain of the week after, gets as much as the other 14 links
# together. They have a weight of 1 each.
MAIN_LINK: Final = ("adherence", "pain", 1)
MAIN_LINK_WEIGHT: Final = 14
# 6.1.9: a personal baseline is at least four weeks.
BASELINE_WEEKS: Final = 4

# 5, convention after the groups of Desai 2023 (under 50 %, 50-88 %, from 89 % of sessions): weeks of high adherence
# have at least 80 % of their sessions, weeks of low adherence under 50 %; 6.1, convention: four weeks of each.
ADHERENCE_HIGH: Final = 0.8
ADHERENCE_LOW: Final = 0.5
GATE_GROUP_WEEKS: Final = 4

# 6.2, convention: group statistics need five runners with six paired weeks each; random slopes ten with eight.
GATE_RUNNERS: Final = 5
GATE_RUNNER_WEEKS: Final = 6
GATE_SLOPE_RUNNERS: Final = 10
GATE_SLOPE_WEEKS: Final = 8
# 6.2, convention: what a rate for each 1,000 hours needs, so that one injury more or less does not make it.
GATE_HOURS: Final = 500.0
GATE_HOURS_SHARE: Final = 0.5  # of the running weeks, with a duration for every run
# 6.2, convention: under this p, runners differ too much for one number.
RUNNERS_DIFFER_P: Final = 0.05

# 6.3: never said about a finding.
BANNED_WORDS: Final = ("proves", "prevents", "causes", "safe", "risk score", "weak muscle", "imbalance")
