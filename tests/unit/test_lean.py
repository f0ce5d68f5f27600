"""What stands in for TensorFlow: enough for Rasa's modules to be imported, and nothing to compute with."""

import subprocess
import sys

from gutskin.settings import ROOT

PROGRAM = """
import sys
from tools.lean import stand_in_for_tensorflow
stand_in_for_tensorflow()
import rasa.core.agent, rasa.engine.recipes.default_components
print(getattr(sys.modules["tensorflow"], "__file__", "nowhere"))
"""


def test_rasa_is_imported_without_tensorflow():
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "nowhere", done.stderr
