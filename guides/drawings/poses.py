"""The bodies that the drawings show, as numbers: centimetres and degrees."""

from math import radians, sin

from guides.drawings.body import (
    ANKLE_HEIGHT,
    FORWARD,
    HIP_HALF_WIDTH,
    LEFT,
    NECK,
    SHANK,
    SHOULDER_HALF_WIDTH,
    THIGH,
    TRUNK,
    UP,
    Arm,
    Body,
    Point,
    Trunk,
    arm,
    free_leg,
    leg_on_toes,
    middle_joint,
    planted_leg,
    trunk,
)

STANCE_ANKLE = Point(-6, ANKLE_HEIGHT, 0)
BALL_HEIGHT = 2.8  # the ball of the foot when it carries weight
CUSHION = 5.0
SLING_HEIGHT = 24.0  # middle of the shin


def squatting(inward: float = 0.0, pelvis_tip: float = 0.0, shift: float = 0.0) -> Body:
    """Single-leg squat on the right leg; `inward` turns the knee to the other leg, `shift` moves the hips left."""
    torso = trunk(Point(2 + shift, 75, -16), lean=24, pelvis_tip=pelvis_tip, nod=5)
    return Body(
        torso,
        left_leg=free_leg(torso.left_hip, thigh=Point(0.05, -1, 0.35), shank=Point(0, -0.35, -1), foot_pitch=-45),
        right_leg=planted_leg(torso.right_hip, STANCE_ANKLE, knee_towards=Point(inward, 0, 1)),
        left_arm=_folded(torso, 1),
        right_arm=_folded(torso, -1),
    )


def before_squat() -> Body:
    torso = trunk(Point(3, 90, -2), lean=2)
    return Body(
        torso,
        left_leg=free_leg(torso.left_hip, thigh=Point(0.02, -1, 0.15), shank=Point(0, -0.9, -1), foot_pitch=-50),
        right_leg=planted_leg(torso.right_hip, STANCE_ANKLE, knee_towards=FORWARD),
        left_arm=_folded(torso, 1),
        right_arm=_folded(torso, -1),
    )


def standing(pelvis_tip: float = 0.0, aside: float = 0.0, shift: float = 0.0) -> Body:
    """On the right leg, the other foot just off the floor; `pelvis_tip` lowers the free side, in degrees."""
    stance_height = 90.0  # the standing hip keeps its height, so the free one has to go down
    pelvis = Point(3 + shift, stance_height - HIP_HALF_WIDTH * sin(radians(pelvis_tip)), -1)
    torso = trunk(pelvis, lean=2, aside=aside, pelvis_tip=pelvis_tip)
    return Body(
        torso,
        left_leg=free_leg(torso.left_hip, thigh=Point(0.02, -1, 0.42), shank=Point(0, -1, -0.75), foot_pitch=-20),
        right_leg=planted_leg(torso.right_hip, STANCE_ANKLE, knee_towards=FORWARD),
        left_arm=_hanging(torso.left_shoulder, 1),
        right_arm=_hanging(torso.right_shoulder, -1),
    )


def _folded(torso: Trunk, side: int) -> Arm:
    """An arm across the chest; side is 1 for the left arm."""
    shoulder = torso.left_shoulder if side > 0 else torso.right_shoulder
    hand = torso.chest.plus(Point(-11 * side, -7 - side, 13.5))
    return arm(shoulder, hand, Point(0.6 * side, -1, 0.3))


def _hanging(shoulder: Point, side: int) -> Arm:
    return arm(shoulder, shoulder.plus(Point(side * 13, -51, 6)), Point(side, 0, -1))


def bridging(lifted: bool) -> Body:
    """On the back, head on the left of the page; `lifted` brings shoulders, hips and knees into one line."""
    chest, ankle = Point(0, 11, -48), Point(0, ANKLE_HEIGHT + CUSHION, 50)
    knee = middle_joint(chest, ankle, TRUNK + THIGH, SHANK, UP)
    pelvis = chest.plus(knee.minus(chest).unit() if lifted else FORWARD, TRUNK)
    across, shoulders = Point(HIP_HALF_WIDTH, 0, 0), Point(SHOULDER_HALF_WIDTH, 0, 0)
    torso = Trunk(
        left_hip=pelvis.plus(across),
        right_hip=pelvis.minus(across),
        left_shoulder=chest.plus(shoulders),
        right_shoulder=chest.minus(shoulders),
        head=chest.plus(FORWARD, -NECK),
    )
    return Body(
        torso,
        left_leg=planted_leg(torso.left_hip, ankle.plus(across), UP),
        right_leg=planted_leg(torso.right_hip, ankle.minus(across), UP),
        left_arm=arm(torso.left_shoulder, Point(SHOULDER_HALF_WIDTH, 4.5, 2), LEFT),
        right_arm=arm(torso.right_shoulder, Point(-SHOULDER_HALF_WIDTH, 4.5, 2), LEFT),
    )


def hinging(low: bool) -> Body:
    """A Romanian deadlift with both hands on one weight."""
    torso = trunk(Point(0, 83, -24), lean=68) if low else trunk(Point(0, 89.5, -3), lean=3)
    hands = torso.chest.plus(Point(0, -52, -6) if low else Point(0, -50, 14))
    return _on_two_feet(torso, Point(HIP_HALF_WIDTH, ANKLE_HEIGHT, 0), hands)


def _on_two_feet(torso: Trunk, left_ankle: Point, hands: Point) -> Body:
    return Body(
        torso,
        left_leg=planted_leg(torso.left_hip, left_ankle, FORWARD),
        right_leg=planted_leg(torso.right_hip, left_ankle._replace(x=-left_ankle.x), FORWARD),
        left_arm=arm(torso.left_shoulder, hands.plus(LEFT, 4), Point(0.6, -0.4, -1)),
        right_arm=arm(torso.right_shoulder, hands.plus(LEFT, -4), Point(-0.6, -0.4, -1)),
    )


def split_squatting(low: bool) -> Body:
    """Right foot in front; the ball of the rear foot stays where it is."""
    torso = trunk(Point(0, 49, -3), lean=8) if low else trunk(Point(0, 78, 0), lean=5)
    rear_ball = Point(HIP_HALF_WIDTH, BALL_HEIGHT, -41)
    return Body(
        torso,
        left_leg=leg_on_toes(torso.left_hip, rear_ball, Point(0, -1, 1), foot_pitch=-75 if low else -55),
        right_leg=planted_leg(torso.right_hip, Point(-HIP_HALF_WIDTH, ANKLE_HEIGHT, 34), FORWARD),
        left_arm=_on_hip(torso.left_shoulder, torso.left_hip),
        right_arm=_on_hip(torso.right_shoulder, torso.right_hip),
    )


def hanging_split_squat(low: bool) -> Body:
    """Right foot in front, the rear foot in a sling that swings back on the way down."""
    torso = trunk(Point(0, 51, -5), lean=14) if low else trunk(Point(0, 86, 8), lean=5)
    rear = Point(HIP_HALF_WIDTH, SLING_HEIGHT + 6, -52) if low else Point(HIP_HALF_WIDTH, SLING_HEIGHT + 4, -34)
    return Body(
        torso,
        left_leg=planted_leg(torso.left_hip, rear, Point(0, -1, 1), foot_pitch=-100),
        right_leg=planted_leg(torso.right_hip, Point(-HIP_HALF_WIDTH, ANKLE_HEIGHT, 28), FORWARD),
        left_arm=_on_hip(torso.left_shoulder, torso.left_hip),
        right_arm=_on_hip(torso.right_shoulder, torso.right_hip),
    )


def _on_hip(shoulder: Point, hip: Point) -> Arm:
    side = 1 if shoulder.x > 0 else -1
    return arm(shoulder, hip.plus(Point(side * 8, 10, 6)), Point(side, 0, -1))


def side_lunging(low: bool) -> Body:
    """Standing on the right leg; the left foot slides out on the mat."""
    torso = trunk(Point(-6, 57, -27), lean=42, nod=10) if low else trunk(Point(0, 89.5, -3), lean=3)
    mat_ankle = Point(64, ANKLE_HEIGHT, 0) if low else Point(HIP_HALF_WIDTH + 3, ANKLE_HEIGHT, 0)
    return Body(
        torso,
        left_leg=planted_leg(torso.left_hip, mat_ankle, FORWARD),
        right_leg=planted_leg(torso.right_hip, Point(-HIP_HALF_WIDTH - 3, ANKLE_HEIGHT, 0), Point(-0.25, 0, 1)),
        left_arm=arm(torso.left_shoulder, torso.chest.plus(Point(3, -14, 20)), Point(1, -1, 0)),
        right_arm=arm(torso.right_shoulder, torso.chest.plus(Point(-3, -14, 20)), Point(-1, -1, 0)),
    )
