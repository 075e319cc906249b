"""``python -m kennisbank``: the same as the command ``kennisbank``."""

import sys

from kennisbank.cli import main

if __name__ == "__main__":
    sys.exit(main())
