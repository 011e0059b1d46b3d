"""Work in the background steps back once."""

import os
import subprocess
import sys

from jiahe.kit.priority import BACKGROUND

TWICE = "import os; from jiahe.kit.priority import step_back; step_back(); step_back(); print(os.nice(0))"


def test_it_steps_back_once() -> None:
    told = subprocess.run([sys.executable, "-c", TWICE], capture_output=True, text=True, check=True).stdout
    assert int(told) == max(BACKGROUND, os.nice(0))
