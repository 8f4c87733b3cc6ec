"""The suite can fail: each mistake of `mutants.py` is made in a copy of the package, and its test has to notice."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .mutants import ALWAYS, MUTANTS, Mutant

ROOT = Path(__file__).resolve().parent.parent
LINKED = ("templates", "static", "translations")
COPIED = ("queueapp", "tests", "migrations", "pyproject.toml", "app.py")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project with a package of its own."""
    for name in LINKED:
        (tmp_path / name).symlink_to(ROOT / name)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, tmp_path / name)
    return tmp_path


def verdict(place: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly", *tests]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("QUEUEAPP_", "PYTEST_"))}
    environment["PYTHONPATH"] = str(place)
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, timeout=100, check=False)


def assert_noticed(mutant: Mutant, place: Path) -> None:
    file = place / "queueapp" / mutant.file
    text = file.read_text()
    assert text.count(mutant.before) == 1, (
        f"this mutant's text stands {text.count(mutant.before)} times in {mutant.file}"
    )
    file.write_text(text.replace(mutant.before, mutant.after))
    told = verdict(place, mutant.test)
    assert told.returncode == 1, told.stdout[-3000:] + told.stderr[-2000:]  # 2 would be a copy that does not even load


@pytest.mark.parametrize("mutant", [one for one in MUTANTS if one.name in ALWAYS], ids=lambda mutant: mutant.name)
def test_a_mistake_is_noticed(mutant, copy):
    assert_noticed(mutant, copy)


@pytest.mark.prove
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_mistake_is_noticed(mutant, copy):
    assert_noticed(mutant, copy)


@pytest.mark.prove
def test_nothing_is_noticed_where_nothing_is_broken(copy):
    told = verdict(copy, *sorted({mutant.test for mutant in MUTANTS}))
    assert told.returncode == 0, told.stdout[-3000:]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_mutant_still_fits_the_code(mutant):
    assert (ROOT / "queueapp" / mutant.file).read_text().count(mutant.before) == 1
    path, name = mutant.test.split("::")
    assert f"def {name}(" in (ROOT / path).read_text()


def test_every_mutant_has_a_name_of_its_own():
    names = [mutant.name for mutant in MUTANTS]
    assert len(set(names)) == len(names)
    assert set(ALWAYS) < set(names)
