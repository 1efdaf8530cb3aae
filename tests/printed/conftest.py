"""What the tests of the printed page in public share."""

from tests.desk.conftest import in_english
from tests.site.conftest import no_chrome_of_another_test, own_media, reader

__all__ = ["in_english", "no_chrome_of_another_test", "own_media", "reader"]
