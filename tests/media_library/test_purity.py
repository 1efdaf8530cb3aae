import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["geometry", "specs", "xmp", "metadata", "imaging"])
def test_the_core_works_without_django(module):
    code = f"import sys, media_library.{module}; print('django' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
