"""The node's settings with one more language: pseudo-Arabic, longer than English and written from right to left."""

import os
from pathlib import Path

from amparo.config import settings as node

globals().update({name: value for name, value in vars(node).items() if name.isupper()})
LANGUAGES = [*node.LANGUAGES, ("ar", "pseudo")]
LOCALE_PATHS = [Path(os.environ["PSEUDO_LOCALE"]), *node.LOCALE_PATHS]
