"""What Arabic writes on to the front of a word without a space."""

from __future__ import annotations

LEANING = "وفبكل"
"""And, so, by, like, for: each a letter, before any word."""
FRONTS = ("", *LEANING)
"""The same one by one, and nothing."""
