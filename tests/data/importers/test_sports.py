"""Words for running, walking and strength training, as programs in many languages write them."""

import unicodedata

import pytest

from data.importers.sports import is_on_track, is_sport, kind_of

WORDS = {
    "run": [
        *("Run", "running", "Trail Run", "trail_running", "treadmill_running", "Virtual Run", "Track Running"),
        *("Lauf", "Laufen", "Traillauf", "Laufbandtraining", "Virtueller Lauf", "Course à pied", "COURSE À PIED"),
        *("Course à pied sur tapis roulant", "Carrera", "Entrenamiento en cinta", "Carrera de trail", "Hardlopen"),
        *("Virtuele hardloopsessie", "Corsa", "Corsa su tapis roulant", "Corrida", "Corrida na esteira"),
        *("Løb", "Løbetur", "Løping", "Løpetur", "Bieg", "Bieganie", "Běh", "Бег", "Juoksu", "ランニング", "ラン"),
        *("Running, Street", "Running_Treadmill", "Vertical Run", "cross_country_running", "running.treadmill"),
        *("Outdoor Lauf", "Run / Jog", "Obstacle Course Racing run", "Bieganie - bieżnia", "室外跑步", "Run Walk"),
        *("Walk/Run", "TRIATHLON_RUNNING", "DUATHLON_RUNNING"),
        *("トレイルランニング", "跑步", "달리기", "TRACK_AND_FIELD_RUNNING", "ULTRARUNNING_RUNNING", "TrackRun"),
    ],
    "walk": [
        *("Walk", "Walking", "hiking", "Nordic Walking", "Spaziergang", "Wandern", "Marche", "Randonnée", "Caminata"),
        *("Senderismo", "Wandelen", "Camminata", "Escursione", "Caminhada", "Gåtur", "Vandring", "Spacer", "Chód"),
        *("Treadmill Walking", "walking_treadmill", "Fitness Walking", "Gehen auf dem Laufband"),
        *("Chůze", "Ходьба", "ウォーキング", "ハイキング", "健走", "걷기"),
    ],
    "strength": [
        *("Strength Training", "strength_training", "Weight Training", "Krafttraining", "Musculation", "Pesas"),
        *("Entrenamiento de fuerza", "Krachttraining", "Allenamento di forza", "Musculação", "Treino de força"),
        *("Styrketræning", "Styrketrening", "Trening siłowy", "筋力トレーニング"),
    ],
}
OTHERS = ["", "...", "9", "Ride", "Skilanglauf", "Rad", "Vélo", "Workout", "Other", "Schwimmen"]
OTHERS += ["Push Run", "WATER_RUNNING", "Ski de randonnée", "Randonnée équestre", "Paseo a caballo", "Course cycliste"]
OTHERS += ["Carrera de bicicletas", "Course de ski", "Ski run", "Bieg na nartach", "Бег на лыжах", "Elliptical run"]
OTHERS += ["Carrera en silla de ruedas", "Strength running", "Trail ride", "Swim run"]
OTHERS += ["Swim bike run", "Aqua Running", "Cross Country Skiing", "Wheelchair Run Pace", "Trail biking"]


@pytest.mark.parametrize(("word", "kind"), [(word, kind) for kind, words in WORDS.items() for word in words])
def test_a_word_names_its_sport(word: str, kind: str) -> None:
    assert kind_of(word) == kind


def test_an_accent_may_be_a_letter_of_its_own() -> None:
    """As in file names and texts from macOS."""
    assert kind_of(unicodedata.normalize("NFD", "Course à pied")) == "run"


@pytest.mark.parametrize("word", OTHERS)
def test_other_words_name_none_of_them(word: str) -> None:
    assert kind_of(word) is None


@pytest.mark.parametrize("word", ["Fietsen", "Vélo", "Pedalata", "Natação", "Pływanie", "ライド", "Corsa", "Yoga"])
def test_other_sports_are_known_as_sports(word: str) -> None:
    assert is_sport(word)


@pytest.mark.parametrize("word", ["", "Easy", "Long run with Anna", "Tempo", "Corsa mattutina", "Road", "12"])
def test_what_people_call_their_runs_is_no_sport(word: str) -> None:
    assert not is_sport(word)


def test_a_mark_makes_another_letter_in_japanese() -> None:
    assert (kind_of("ハイク"), kind_of("バイク")) == ("walk", None)


def test_a_track_is_known_by_its_letters() -> None:
    assert is_on_track("Løb på bane")
    assert not is_on_track("Løb")
