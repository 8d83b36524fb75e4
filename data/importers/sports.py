"""Which sport a word names, in the languages that programs export in: the one place that knows."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

Kind = Literal["run", "walk", "strength"]


WORD: Final = re.compile(r"[^\W\d_]+")
# What some programs name a recording, which has no type: the sport, and the time of day or the date.
TITLE: Final = re.compile(
    r"(?:suuntoapp-|(?:morning|lunch|afternoon|evening|night) )?([^\W\d_]+(?:[ _][^\W\d_]+)*)\W*(?:\d.*)?$",
    re.IGNORECASE,
)
BRACKETS: Final = re.compile(r"\([^()]*\)")
KANA_MARKS: Final = "\u3099\u309a"  # no accents: with one ハイク (a hike) is バイク (a bike)


def letters(word: str) -> str:
    """The word without case, accents, spaces and signs; "" when it has no letter."""
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in bare if c.isalpha() or c in KANA_MARKS)


# Words are compared by their letters, so "Trail Run", "trail_running" and "Course à pied" need no more spellings.
_TRACK_RUN: Final = {
    *("trackrun", "trackrunning", "bahnlauf", "bahnlaufen", "laufenaufderbahn", "bahntraining"),
    *("courseapiedsurpiste", "coursesurpiste", "courseapieddansunstade", "carreraenpista", "carrerapista"),
    *("baanhardlopen", "hardlopenopbaan", "hardlopenopdebaan", "corsasupista", "corsainpista"),
    *("corridaempista", "corridanapista", "corridadepista", "banlopning", "lopningpabana"),
    *("trackandfieldrunning", "baneløb", "løb på bane", "baneløping", "løping på bane"),
    *("トラックラン", "トラックランニング", "бег на стадионе", "场地跑步", "트랙 달리기"),
}
_RUN: Final = _TRACK_RUN | {
    *("triathlon running", "duathlon running", "multisport running", "obstacle racing", "parkrun"),
    *("marathon", "half marathon", "halbmarathon", "plogging", "canicross"),
    *("crosslauf", "querfeldeinlauf", "freiluftlauf", "loopbandhardlopen", "correndo"),
    *("室外跑步", "操场跑步", "田径场跑步", "室内ランニング", "屋外ランニング"),
    *("run", "running", "jog", "jogging", "trailrun", "trailrunning", "treadmill", "treadmillrun", "treadmillrunning"),
    *("virtualrun", "virtualrunning", "indoorrun", "indoorrunning", "outdoorrun", "outdoorrunning"),
    *("nightrunning", "streetrun", "streetrunning", "roadrun", "roadrunning", "ultrarun", "ultrarunning", "racerun"),
    *("obstaclerun", "obstaclerunning", "mountainrunning", "fellrunning", "skyrunning", "ultrarunningrunning"),
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
    *("löppass", "löptur", "löprunda", "virtuell löprunda", "terränglöprunda"),
    *("løb", "løbetur", "løbetræning", "løbebånd", "løb på løbebånd", "indendørs løb", "trailløb", "terrænløb"),
    *("virtuelt løb", "virtuel løbetur", "gadeløb", "ultraløb"),
    *("løping", "løpetur", "løp", "tredemølle", "løping på tredemølle", "tredemølleløping", "innendørs løping"),
    *("innendørsløping", "terrengløping", "terrengløp", "stiløping", "stiløp", "virtuell løping", "virtuelt løp"),
    *("gateløping", "ultraløping"),
    *("bieg", "bieganie", "bieg terenowy", "bieg w terenie", "bieganie w terenie", "bieg przełajowy", "bieg trailowy"),
    *("bieg na bieżni", "bieganie na bieżni", "bieżnia", "bieg wirtualny", "wirtualny bieg", "bieganie wirtualne"),
    *("bieg w pomieszczeniu", "bieganie w pomieszczeniu", "bieg uliczny", "bieg górski", "ultramaraton"),
    *("běh", "běhání", "terénní běh", "běh v terénu", "trailový běh", "běh na pásu", "běžecký pás", "virtuální běh"),
    *("juoksu", "juokseminen", "polkujuoksu", "juoksumatto", "juoksumattojuoksu", "virtuaalijuoksu", "lenkki"),
    *("futás", "terepfutás", "futópad", "futópados futás", "virtuális futás"),
    *("koşu", "koşma", "patika koşusu", "koşu bandı", "sanal koşu"),
    *("бег", "пробежка", "забег", "трейл", "трейлраннинг", "бег по пересеченной местности", "бег на дорожке"),
    *("бег на беговой дорожке", "беговая дорожка", "виртуальный забег", "виртуальный бег", "бег в помещении"),
    *("ラン", "ランニング", "ジョギング", "ジョグ", "トレイルラン", "トレイルランニング", "トレラン", "トレッドミル"),
    *("トレッドミルラン", "トレッドミルランニング", "バーチャルラン", "バーチャルランニング"),
    *("屋内ランニング", "室内ラン"),
    *("跑步", "越野跑", "越野跑步", "跑步机", "跑步機", "室内跑步", "室內跑步", "虚拟跑步", "虛擬跑步", "户外跑步"),
    *("달리기", "러닝", "조깅", "트레일 러닝", "트레일 달리기", "트레드밀", "트레드밀 달리기"),
    *("가상 달리기", "실내 달리기"),
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
    *("gang", "gående", "promenad", "promenera", "vandring", "fotvandring", "stavgång"),  # gång
    *("gåtur", "vandretur", "stavgang", "gå", "gange", "fottur"),
    *("spacer", "chód", "marsz", "wędrówka", "piesza wędrówka", "wycieczka piesza", "turystyka piesza"),
    *("chůze", "procházka", "turistika", "pěší turistika", "kävely", "vaellus", "patikointi", "sauvakävely"),
    *("gyaloglás", "séta", "túra", "túrázás", "yürüyüş", "doğa yürüyüşü"),
    *("ходьба", "прогулка", "поход", "пеший поход", "хайкинг", "скандинавская ходьба"),
    *("ウォーキング", "ウォーク", "散歩", "ハイキング", "ハイク", "登山", "ノルディックウォーキング"),
    *("步行", "健走", "徒步", "健行", "远足", "걷기", "하이킹", "등산"),
}
_STRENGTH: Final = {
    *("strength", "strengthtraining", "weighttraining", "weightlifting", "weights", "traditionalstrengthtraining"),
    *("functionalstrengthtraining", "strengthworkout", "coretraining", "bodybuilding", "gym"),
    *("krafttraining", "kraft", "gewichtheben", "gewichtstraining", "traditionelleskrafttraining"),
    *("funktionelleskrafttraining", "kraftsport"),
    *("musculation", "renforcementmusculaire", "entrainementmusculaire"),
    *("renforcement", "halterophilie", "entrainementdeforce"),
    *("fuerza", "entrenamientodefuerza", "entrenamientoconpesas", "musculacion", "pesas", "levantamientodepesas"),
    *("krachttraining", "gewichttraining", "kracht", "fitnesskracht"),
    *("forza", "allenamentodellaforza", "allenamentodiforza", "allenamentoconipesi", "pesi", "potenziamento"),
    *("forca", "treinodeforca", "treinamentodeforca", "treinocompesos", "musculacao", "treinamentocompesos"),
    *("styrketraning", "styrketræning", "vægttræning", "vægtløftning", "styrketrening", "vekttrening"),
    *("trening siłowy", "trening z ciężarami", "podnoszenie ciężarów", "silový trénink", "posilování"),
    *("voimaharjoittelu", "erőedzés", "súlyzós edzés", "güç antrenmanı", "силовая тренировка", "силовые тренировки"),
    *("筋力トレーニング", "筋トレ", "ウエイトトレーニング", "ウェイトトレーニング"),
    *("力量训练", "重量训练", "重量訓練", "肌力訓練", "근력 운동", "웨이트 트레이닝"),
}
# They show that a column is one of sports, and which words in it are no runs.
_OTHERS: Final = {
    *("aqua jogging", "aqua jog", "aqua running", "pool running", "pool run", "deep water running", "spin", "cycle"),
    *("ride", "bike", "biking", "cycling", "road cycling", "roadbiking", "bike ride", "virtual ride", "indoor cycling"),
    *("mountain biking", "mountain bike ride", "gravel ride", "gravel cycling", "e-bike ride", "spinning"),
    *("swim", "swimming", "pool swimming", "lap swimming", "open water swimming", "pool swim", "open water swim"),
    *("yoga", "pilates", "workout", "cardio", "hiit", "elliptical", "rowing", "indoor rowing", "rower", "row"),
    *("wheelchair", "handcycle", "push run", "water running", "ski", "skis", "equestrian", "horse"),
    *("équestre", "caballo", "cheval", "cavallo", "cavalo", "bicicletas", "cycliste", "narty", "nartach", "лыжи"),
    *("лыжах", "silla", "ruedas", "silla de ruedas", "fauteuil", "rollstuhl"),
    *("crossfit", "stair stepper", "stair climbing", "climbing", "rock climbing", "bouldering", "soccer", "football"),
    *("tennis", "padel", "squash", "badminton", "golf", "basketball", "volleyball", "handball", "dance", "dancing"),
    *("skiing", "alpine ski", "nordic ski", "cross country skiing", "snowboard", "snowboarding", "ice skating"),
    *("inline skating", "kayaking", "canoeing", "surfing", "triathlon", "multisport", "other", "cross training"),
    *("radfahren", "rad", "radfahrt", "fahrrad", "rennrad", "mountainbike", "mountainbiken", "ergometer"),
    *("virtuelle radfahrt", "schwimmen", "bahnschwimmen", "freiwasserschwimmen", "rudern", "skilanglauf", "langlauf"),
    *("ski alpin", "klettern", "fußball", "tanzen", "sonstige", "sonstiges", "crosstrainer", "inlineskaten"),
    *("vélo", "cyclisme", "sortie vélo", "vtt", "vélo virtuel", "vélo de route", "vélo d'intérieur", "natation"),
    *("natation en piscine", "aviron", "rameur", "escalade", "ski de fond", "ski nordique", "entraînement", "autre"),
    *("bicicleta", "bici", "ciclismo", "vuelta en bicicleta", "ciclismo en ruta", "ciclismo virtual", "natación"),
    *("natación en piscina", "remo", "escalada", "esquí", "fútbol", "entrenamiento", "otro", "otros", "elíptica"),
    *("fietsen", "fietsrit", "fiets", "virtuele rit", "virtuele fietsrit", "wielrennen", "mountainbiken", "zwemmen"),
    *("baanzwemmen", "zwembadzwemmen", "openwaterzwemmen", "roeien", "schaatsen", "voetbal", "overige", "anders"),
    *("indoor fietsen", "binnen fietsen"),
    *("pedalata", "bicicletta", "giro in bici", "pedalata virtuale", "ciclismo su strada", "nuoto", "nuoto in piscina"),
    *("canottaggio", "arrampicata", "sci", "sci di fondo", "calcio", "allenamento", "altro"),
    *("pedalada", "pedalada virtual", "passeio de bicicleta", "natação", "natação em piscina", "esqui", "futebol"),
    *("treino", "outro", "outros"),
    *("cykling", "cykel", "cykeltur", "landsvägscykling", "simning", "simma", "längdskidåkning", "skidåkning", "rodd"),
    *("träning", "övrigt", "annat", "svømning", "roning", "langrend", "træning", "andet", "virtuel cykeltur"),
    *("sykling", "sykkeltur", "sykkel", "virtuell sykling", "svømming", "roing", "langrenn", "trening", "annet"),
    *("rower", "jazda na rowerze", "jazda rowerem", "kolarstwo", "pływanie", "wioślarstwo", "narciarstwo", "joga"),
    *("trening", "inne", "przejażdżka rowerowa", "wspinaczka", "piłka nożna"),
    *("kolo", "cyklistika", "jízda na kole", "plavání", "jóga", "trénink", "pyöräily", "uinti"),
    *("hiihto", "kerékpározás", "úszás", "bisiklet", "yüzme"),
    *("велосипед", "велозаезд", "велоспорт", "заезд", "плавание", "йога", "лыжи", "тренировка", "другое"),
    *("ライド", "サイクリング", "バイク", "ロードバイク", "バーチャルライド", "スイム", "水泳", "プールスイム", "ヨガ"),
    *("ワークアウト", "その他", "カーディオ", "有酸素運動", "室内サイクリング"),
    *("骑行", "騎乘", "自行车", "自行車", "虚拟骑行", "室内骑行", "游泳", "泳池游泳", "瑜伽", "健身", "其他"),
    *("라이딩", "사이클링", "자전거", "가상 라이딩", "수영", "요가", "운동", "기타"),
}
_WORDS: Final[dict[Kind | Literal["other"], set[str]]] = {
    "run": _RUN,
    "walk": _WALK,
    "strength": _STRENGTH,
    "other": _OTHERS,
}
# Other sports in programs, but hard runs in the diary of a runner: alone they say nothing of a column.
_TRAINING: Final = {
    *("workout", "training", "cardio", "other", "entraînement", "autre", "entrenamiento", "otro", "otros"),
    *("allenamento", "altro", "treino", "outro", "outros", "träning", "övrigt", "annat", "træning", "andet"),
    *("trening", "annet", "inne", "trénink", "тренировка", "другое", "sonstige", "sonstiges", "overige", "anders"),
    *("ワークアウト", "その他", "健身", "其他", "운동", "기타"),
}
_KINDS: Final = {letters(word): kind for kind, words in _WORDS.items() for word in words}
_VAGUE: Final = {letters(word) for word in _TRAINING}
# Beside a walk, no runs.
_PLACES: Final = {
    letters(word)
    for word in (
        *("treadmill", "trail", "course", "tapis", "laufband", "cinta", "loopband", "esteira", "passadeira", "löpband"),
        *("tredemølle", "løbebånd", "bieżnia", "bieżni", "juoksumatto", "futópad", "дорожка", "дорожке"),
        *("トレッドミル", "跑步机"),
    )
}
_ON_TRACK: Final = {letters(word) for word in _TRACK_RUN}


@lru_cache(maxsize=1024)  # a table has the same few words in each of its rows
def kind_of(word: str) -> Kind | None:
    """What a program's name of a sport counts as: a run (outdoors, trail, track, treadmill, virtual), a walk or hike,
    strength training, or None for any other sport and for words not known.

    A longer name is the one sport that its words name: "Running, Street" is a run, and "Swim bike run" none.
    """
    kind = kind_in(word)
    return kind if kind in ("run", "walk", "strength") else None


def kind_titled(title: str) -> Kind | Literal["other"] | None:
    """The sport that is all the title says but for numbers: "Cycling 8/21/20 2:53 pm", "suuntoapp-Running-2024-05-01",
    "Lunch Ride". None where it says anything else, as people do."""
    said = TITLE.match(title.strip())
    kind = _named(said[1]) if said else "unknown"
    return kind if kind in ("run", "walk", "strength", "other") else None


def is_sport(word: str) -> bool:
    """Whether the word names a sport, be it one of these or another."""
    return letters(word) in _KINDS


def is_run(word: str) -> bool:
    """Whether the word is one for running itself, as programs have them; not a runner's own, such as "Long run"."""
    return _named(word) == "run"


def sport_itself(word: str) -> Kind | Literal["other"] | None:
    """The sport, where the word is no more than its name but for brackets: "Walking (indoors)", not "Monster walk"."""
    kind = _named(BRACKETS.sub("", word))
    return kind if kind in ("run", "walk", "other") else None


def is_no_run(word: str) -> bool:
    """Whether the word names a sport that is clearly none of running."""
    return kind_in(word) not in ("run", "training", "unknown")


@lru_cache(maxsize=1024)
def kind_in(words: str) -> Kind | Literal["other", "training", "unknown"]:
    """What the words name together: a sport, 'training' that may be of any, or 'unknown'.

    "Long run" is a run and "Easy bike" another sport; a run with breaks of walking is a run; and what is called a run
    and another sport, too, only the runner knows.
    """
    if (whole := _named(words)) != "unknown":
        return whole
    parts = [part for part in WORD.findall(words) if _named(part) not in ("training", "unknown")]
    named = {_named(part) for part in parts}
    if "walk" in named:  # on what it was walked is no run
        named = {_named(part) for part in parts if letters(part) not in _PLACES}
    if named == {"run", "walk"}:
        return "run"
    if "run" in named and len(named) > 1:
        return "unknown"
    return next((kind for kind in ("other", "walk", "strength", "run") if kind in named), "unknown")


def _named(word: str) -> Kind | Literal["other", "training", "unknown"]:
    bare = letters(word)
    return "training" if bare in _VAGUE else _KINDS.get(bare, "unknown")


def is_on_track(word: str) -> bool:
    """Whether the word names a run on a track."""
    return letters(word) in _ON_TRACK
