"""`python -m workflow.cli` does what `l10n` does."""

import sys

from workflow.cli import main

sys.exit(main())
