"""Adding an exercise is adding a file; a bad one is refused with its name, the field and what is wrong."""

import re
import shutil
import subprocess
import sys

import pytest

from guides.catalogue import FOLDER, GuideFileError, read, read_exercises
from guides.schema import Exercise

GOOD = (FOLDER / "exercises" / "clam.toml").read_text(encoding="utf-8")


BAD = {
    "a missing field": (r"^summary = .*\n", "", r"clam\.toml: summary: Field required"),
    "an unknown field": (r"^name = ", 'nmae = "x"\nname = ', r"clam\.toml: nmae: Extra inputs"),
    "an unknown block": (r'"warm-up"', '"cool-down"', r"clam\.toml: block: .*'warm-up' or 'main'"),
    "equipment that is not in the vocabulary": (r'\["mat"\]', '["trampoline"]', r"clam\.toml: helps\.0: .*'mat'"),
    "a weight without its most": (r'needs = \["band"\]', 'needs = ["bar"]', r"progressions\.0: .*most_kg belongs"),
    "a most without a weight": (r'needs = \["band"\]', "most_kg = 5", r"progressions\.0: .*most_kg belongs"),
    "a step on sides of its own that are the same": (r"^text = .Put", 'sides = "each"\ntext = "Put', r"on other sides"),
    "a dose upside down": (r"low = 10, high = 12", "low = 12, high = 10", r"dose\.amount: .*low is 12 and high is 10"),
    "an article that is not one": (r'"A7"', '"B7"', r"clam\.toml: article"),
    "an empty sentence": (r"^summary = .*", 'summary = " "', r"clam\.toml: summary"),
    "a number without a source": (r'^source = "DiStefano 2009"\n', "", r"evidence\.0\.source: Field required"),
    "a broken doi": (r"10\.2519/jospt", "jospt", r"evidence\.1\.doi"),
    "no evidence at all": (r"\[\[evidence\]\](.|\n)*", "", r"evidence: Field required"),
    "a slug of its own": (r"^name = ", 'slug = "x"\nname = ', r"slug comes from the file's name"),
    "text that is not TOML": (r'^name = "Clam"', "name = Clam", r"clam\.toml is not valid TOML"),
}


@pytest.mark.parametrize(("pattern", "replacement", "message"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_with_its_name_and_field(tmp_path, pattern, replacement, message):
    changed = re.sub(pattern, replacement, GOOD, count=1, flags=re.MULTILINE)
    assert changed != GOOD
    path = tmp_path / "clam.toml"
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(GuideFileError, match=message):
        read(path, Exercise, slug="clam")


ASK_FOR_IT = """
from guides import drawings, search
from guides.catalogue import exercise, exercises, one_sided
from guides.ladders import ladder
from guides.starting_plan import NOT_ASKED, Circumstances, fits, starting_plan
added = exercise("step-hop")
assert added in search.fitting(exercises(), search.Wanted(words="step hop"))
assert "step-hop" in one_sided()
assert fits("step-hop", Circumstances(frozenset({"band"}))) and not fits("step-hop", Circumstances(frozenset()))
assert ladder("step-hop", NOT_ASKED).ceiling == 12
assert not drawings.exists("step-hop") and drawings.exists("clam")
assert starting_plan(True, True, 1).items
"""


def test_adding_an_exercise_is_adding_a_file(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "guides", ignore=shutil.ignore_patterns("__pycache__"))
    added = GOOD.replace('name = "Clam"', 'name = "Step hop"').replace('helps = ["mat"]', 'needs = ["band"]')
    added = re.sub(r"^harder_guides = .*\n", "", added, flags=re.MULTILINE)
    (tmp_path / "guides" / "exercises" / "step-hop.toml").write_text(added, encoding="utf-8")
    asked = subprocess.run([sys.executable, "-c", ASK_FOR_IT], cwd=tmp_path, capture_output=True, text=True)
    assert asked.stderr == ""


def test_the_main_block_comes_first(tmp_path):
    (tmp_path / "clam.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "hip-hitch.toml").write_text(GOOD.replace('"warm-up"', '"main"'), encoding="utf-8")
    assert [item.slug for item in read_exercises(tmp_path)] == ["hip-hitch", "clam"]
