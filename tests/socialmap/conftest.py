"""What stands ready for tests of the social map."""

import pytest

from tests.socialmap.import_files import postcodes


@pytest.fixture
def known_postcodes(db: None) -> None:
    """The postcodes that the files of `import_files` use."""
    postcodes("1381AB", "1381AC", "1381")
