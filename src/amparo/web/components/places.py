"""Countries that a field offers: ISO 3166-1 alpha-2 codes."""

from typing import Final

import pycountry

COUNTRY_CODES: Final[tuple[str, ...]] = tuple(sorted([country.alpha_2 for country in pycountry.countries] + ["XK"]))
