"""Content is read without Django, as rules are, and not timed either."""

import tests.rules.conftest  # noqa: F401  (its settings)
