"""Words for running, walking and strength training, as programs in seven languages write them."""

import unicodedata

import pytest

from data.importers.sports import kind_of

WORDS = {
    "run": [
        *("Run", "running", "Trail Run", "trail_running", "treadmill_running", "Virtual Run", "Track Running"),
        *("Lauf", "Laufen", "Traillauf", "Laufbandtraining", "Virtueller Lauf", "Course à pied", "COURSE À PIED"),
        *("Course à pied sur tapis roulant", "Carrera", "Entrenamiento en cinta", "Carrera de trail", "Hardlopen"),
        *("Virtuele hardloopsessie", "Corsa", "Corsa su tapis roulant", "Corrida", "Corrida na esteira"),
    ],
    "walk": [
        *("Walk", "Walking", "hiking", "Nordic Walking", "Spaziergang", "Wandern", "Marche", "Randonnée", "Caminata"),
        *("Senderismo", "Wandelen", "Camminata", "Escursione", "Caminhada"),
    ],
    "strength": [
        *("Strength Training", "strength_training", "Weight Training", "Krafttraining", "Musculation", "Pesas"),
        *("Entrenamiento de fuerza", "Krachttraining", "Allenamento di forza", "Musculação", "Treino de força"),
    ],
}
OTHERS = ["", "...", "9", "Ride", "Skilanglauf", "Rad", "Vélo", "Workout", "Other", "running late", "Schwimmen"]


@pytest.mark.parametrize(("word", "kind"), [(word, kind) for kind, words in WORDS.items() for word in words])
def test_a_word_names_its_sport(word: str, kind: str) -> None:
    assert kind_of(word) == kind


def test_an_accent_may_be_a_letter_of_its_own() -> None:
    """As in file names and texts from macOS."""
    assert kind_of(unicodedata.normalize("NFD", "Course à pied")) == "run"


@pytest.mark.parametrize("word", OTHERS)
def test_other_words_name_none_of_them(word: str) -> None:
    assert kind_of(word) is None
