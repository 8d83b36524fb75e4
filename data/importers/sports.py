"""Which sport a word names, in the languages that programs export in: the one place that knows."""

import unicodedata
from functools import lru_cache
from typing import Final, Literal

Kind = Literal["run", "walk", "strength"]

# Without case, accents, spaces and signs, so "Trail Run", "trail_running" and "Course à pied" need no more spellings.
_TRACK_RUN: Final = {
    *("trackrun", "trackrunning", "bahnlauf", "bahnlaufen", "laufenaufderbahn", "bahntraining"),
    *("courseapiedsurpiste", "coursesurpiste", "courseapieddansunstade", "carreraenpista", "carrerapista"),
    *("baanhardlopen", "hardlopenopbaan", "hardlopenopdebaan", "corsasupista", "corsainpista"),
    *("corridaempista", "corridanapista", "corridadepista", "banlopning", "lopningpabana"),
}
_RUN: Final = _TRACK_RUN | {
    *("run", "running", "jog", "jogging", "trailrun", "trailrunning", "treadmill", "treadmillrun", "treadmillrunning"),
    *("virtualrun", "virtualrunning", "indoorrun", "indoorrunning", "outdoorrun", "outdoorrunning"),
    *("nightrunning", "streetrun", "streetrunning", "roadrun", "roadrunning", "ultrarun", "ultrarunning", "racerun"),
    *("obstaclerun", "obstaclerunning", "mountainrunning", "fellrunning"),
    *("lauf", "laufen", "lauftraining", "joggen", "traillauf", "traillaufen", "virtuellerlauf", "virtuelleslaufen"),
    *("laufband", "laufbandlauf", "laufbandlaufen", "laufbandtraining", "laufenaufdemlaufband"),
    *("hallenlauf", "gelandelauf", "strassenlauf", "berglauf", "ultralauf", "waldlauf", "hindernislauf"),
    *("laufenimfreien", "laufeninnen", "laufenindoor", "indoorlauf", "indoorlaufen", "laufenimgelande"),
    *("courseapied", "course", "footing", "trail", "coursedetrail", "trailcourse", "courseapiedvirtuelle"),
    *("coursevirtuelle", "courseapiedsurtapisroulant", "coursesurtapis", "coursesurtapisroulant", "tapisroulant"),
    *("tapisdecourse", "tapis", "courseapiedentrail", "courseentrail", "courseenmontagne"),
    *("courseapiedeninterieur", "courseeninterieur", "courseapiedensalle", "courseapiedurbaine", "courseapiedsurroute"),
    *("ultratrail", "ultrafond"),
    *("carrera", "correr", "carreraapie", "carreradetrail", "trailrunningcarrera", "carreraportrail", "carreravirtual"),
    *("carreraencinta", "cinta", "cintadecorrer", "cintaandadora", "entrenamientoencinta", "correrencinta"),
    *("carreraporsenderos", "carreraurbana", "carrerabajotecho", "ultracarrera"),
    *("carrerademontana", "carreraportramos", "carreraeninteriores"),
    *("carreraeninterior", "carreraencintadecorrer", "trote", "trotar"),
    *("hardlopen", "hardloopsessie", "hardlooptraining", "trailrunsessie", "trailhardlopen", "virtuelehardloopsessie"),
    *("virtueelhardlopen", "loopband", "hardlopenoploopband", "hardlopenopdeloopband", "loopbandtraining"),
    *("binnenhardlopen", "hardlopenbinnen", "ultrahardlopen"),
    *("corsa", "correre", "corsasutrail", "corsatrail", "trailcorsa", "corsavirtuale", "corsasutapisroulant"),
    *("corsasultapisroulant", "corsainmontagna", "corsaindoor", "corsaallaperto"),
    *("corrida", "corridaaopelivre", "corridadetrilha", "corridaemtrilha", "corridadetrail", "corridavirtual"),
    *("esteira", "corridanaesteira", "corridaemesteira", "passadeira", "corridanapassadeira", "corridaempassadeira"),
    *("corridademontanha", "corridaindoor", "corridaemtrilhas", "corridaderua", "ultracorrida"),
    *("lopning", "lopband", "lopbandslopning", "lopbandlopning", "lopningpalopband", "inomhuslopning", "gatulopning"),
    *("traillopning", "terranglopning", "stiglopning", "virtuelllopning", "ultralopning"),
}
_WALK: Final = {
    *("walk", "walking", "hike", "hiking", "racewalk", "racewalking", "speedwalking", "powerwalk", "powerwalking"),
    *("casualwalking", "indoorwalk", "indoorwalking", "treadmillwalk", "treadmillwalking", "nordicwalk"),
    *("nordicwalking", "trekking", "rucking", "fitnesswalking", "outdoorwalk", "outdoorwalking"),
    *("gehen", "spaziergang", "spazieren", "spazierengehen", "wandern", "wanderung", "walkingtour", "gehenimfreien"),
    *("indoorgehen", "schnellesgehen", "bergwandern"),
    *("marche", "marcheapied", "marcher", "randonnee", "randonneepedestre", "marchenordique", "marchesurtapis"),
    *("marcherapide", "marcheeninterieur", "marcheensalle", "promenade"),
    *("caminata", "caminar", "andar", "senderismo", "marcha", "marchanordica", "caminataeninteriores", "paseo"),
    *("excursionismo", "caminatarapida"),
    *("wandelen", "wandeling", "wandeltocht", "hiken", "snelwandelen", "binnenwandelen"),
    *("camminata", "camminare", "passeggiata", "escursione", "escursionismo", "camminatasportiva"),
    *("camminatanordica", "camminataindoor"),
    *("caminhada", "caminhar", "trilha", "caminhadaindoor", "caminhadaempassadeira", "pedestrianismo"),
    *("gang", "gaing", "promenad", "promenera"),  # gång
}
_STRENGTH: Final = {
    *("strength", "strengthtraining", "weighttraining", "weightlifting", "weights", "traditionalstrengthtraining"),
    *("functionalstrengthtraining", "strengthworkout", "coretraining", "bodybuilding"),
    *("krafttraining", "kraft", "gewichtheben", "gewichtstraining", "traditionelleskrafttraining"),
    *("funktionelleskrafttraining", "kraftsport"),
    *("musculation", "renforcementmusculaire", "entrainementmusculaire"),
    *("renforcement", "halterophilie", "entrainementdeforce"),
    *("fuerza", "entrenamientodefuerza", "entrenamientoconpesas", "musculacion", "pesas", "levantamientodepesas"),
    *("krachttraining", "gewichttraining", "kracht", "fitnesskracht"),
    *("forza", "allenamentodellaforza", "allenamentodiforza", "allenamentoconipesi", "pesi", "potenziamento"),
    *("forca", "treinodeforca", "treinamentodeforca", "treinocompesos", "musculacao", "treinamentocompesos"),
    *("styrketraning",),
}


@lru_cache(maxsize=1024)  # a table has the same few words in each of its rows
def kind_of(word: str) -> Kind | None:
    """What counts as which: a run (outdoors, trail, track, treadmill, virtual), a walk or hike, strength training, or
    None for any other sport and for words not known."""
    bare = letters(word)
    if bare in _RUN:
        return "run"
    if bare in _WALK:
        return "walk"
    return "strength" if bare in _STRENGTH else None


def is_on_track(word: str) -> bool:
    """Whether the word names a run on a track."""
    return letters(word) in _TRACK_RUN


def letters(word: str) -> str:
    """The word without case, accents, spaces and signs; "" when it has no letter."""
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in bare if c.isalpha())
