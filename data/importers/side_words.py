"""Body sites and sides as people write them into a table, in our own words (`data.fields.SITES`)."""

import re
from functools import lru_cache
from typing import Final

from data.fields import MIDLINE_SITES, SITES, Side

WORD: Final = re.compile(r"[^\W\d_]+")
CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")  # DistanceInMeters, HRZone


def words_of(text: str) -> frozenset[str]:
    """The words of a text, without case; a capital letter may begin one."""
    return frozenset(WORD.findall(CAMEL.sub(" ", text).casefold()))


LEFT: Final = words_of(
    "left li links linke linker linkes linken gauche izquierda izquierdo izq sinistra sinistro sx esquerda esquerdo "
    "esq vänster vänstra venstre"
)
RIGHT: Final = words_of(
    "right re rechts rechte rechter rechtes rechten droite droit derecha derecho destra destro dx direita direito dir "
    "höger högra høyre højre"
)
BOTH: Final = words_of("both beide beiden beidseits deux ambos ambas entrambi bilateral bilaterale båda begge lr")
# Short words that stand for a side where they are all that is said, and letters that do as words of their own.
ALONE: Final = {"left": frozenset("lgi"), "right": frozenset(("r", "d", "der")), "both": frozenset("b")}
INITIAL: Final = re.compile(r"(?<![^\W_])(?:(?P<left>[lL])|(?P<right>[rR]))(?![^\W_]|['’´])")
LAST_DER: Final = re.compile(r".*\bder\.?", re.IGNORECASE)  # rodilla der.; in German a noun follows

# Longer names before the words within them: "outer hip" before "hip".
SITE_WORDS: Final = {
    "kneecap": "kneecap patella kniescheibe rotule rótula",
    "outer knee": "outer-knee it-band itb iliotibial",
    "inner knee": "inner-knee",
    "front of thigh": "front-of-thigh quadriceps quad thigh oberschenkel cuisse muslo",
    "outer hip": "outer-hip hip hüfte hanche cadera anca quadril heup höft höften",
    "groin": "groin adductor leiste leisten aine ingle inguine virilha lies ljumske",
    "buttock": "buttock glute glutes gluteus gesäß po fesse glúteo gluteo bil rumpa",
    "hamstring": "hamstring hamstrings beinbeuger ischio ischios isquiotibial",
    "shin": "shin shins schienbein tibia espinilla stinco canela scheen smalben",
    "calf": "calf calves wade waden mollet pantorrilla polpaccio panturrilha kuit vad",
    "Achilles tendon": "achilles achille achillessehne aquiles",
    "ankle": "ankle knöchel sprunggelenk cheville tobillo caviglia tornozelo enkel fotled",
    "foot": "foot feet plantar heel fuß ferse pied talon pie pé piede voet fot",
    "lower back": "lower-back back rücken kreuz dos espalda lumbar schiena costas rug rygg",
    "kneecap ": "knee knie genou rodilla ginocchio joelho knä",  # a knee without more is taken for its front
}
_BY_WORD: Final = {word.casefold(): site.strip() for site, words in SITE_WORDS.items() for word in words.split()}
_OWN: Final = {site.casefold(): site for site in SITES}


@lru_cache(maxsize=1024)  # a table has the same few words in each of its rows
def side_of(text: str) -> Side | None:
    """The side that the words name; None when they name none."""
    words = words_of(text)
    short = _short(text)
    is_left, is_right = bool(words & LEFT) or "left" in short, bool(words & RIGHT) or "right" in short
    if words & BOTH or "both" in short or (is_left and is_right):
        return "both"
    return "left" if is_left else "right" if is_right else None


def _short(text: str) -> set[str]:
    """The sides that abbreviations stand for: "r.", "Hip pain L", "pain_r", but not the l of l'aine."""
    said = text.strip(" .").casefold()
    found = {side for side, meant in ALONE.items() if said in meant}
    found |= {letter.lastgroup for letter in INITIAL.finditer(CAMEL.sub(" ", text)) if letter.lastgroup}
    return found | ({"right"} if LAST_DER.fullmatch(said) else set())


@lru_cache(maxsize=1024)
def site_of(text: str) -> str:
    """The site that the words name; 'other' for words that are not known."""
    words = WORD.findall(text.casefold())
    own = _OWN.get(" ".join(words))
    if own:
        return own
    pairs = [f"{first}-{second}" for first, second in zip(words, words[1:], strict=False)]
    triples = [f"{pair}-{word}" for pair, word in zip(pairs, words[2:], strict=False)]
    return next((_BY_WORD[word] for word in (*triples, *pairs, *words) if word in _BY_WORD), "other")


def placed(site: str, side: Side) -> tuple[str, Side]:
    """The place as the diary has it: the middle of the body has no left and right, and a side that hurts is not all of
    the body."""
    if site == "anywhere" and side != "both":
        return "other", side
    return site, "both" if site in MIDLINE_SITES else side
