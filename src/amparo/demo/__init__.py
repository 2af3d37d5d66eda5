"""A demonstration: three fictional organisations in three countries and the women they accompany.

Nobody here exists. Names are made of plants, stones and colours, so that none can be taken for a person's.
"""

from .filling import fill, holds_real_data, is_demonstration

__all__ = ("fill", "holds_real_data", "is_demonstration")
