"""Loaded by pytest before anything else: the tests have a home of their own and never touch a node's data."""

import os
import tempfile

# The workers of one run share the home, and with it one database server; each has databases of its own.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["AMPARO_HOME"] = tempfile.mkdtemp(prefix="amparo-tests-")
