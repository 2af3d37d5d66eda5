"""Ways by which the node can send a message: each knows nothing but an address and words, and keeps neither."""

from .outcome import Message, Outcome
from .setting import Channels, channels

__all__ = ("Channels", "Message", "Outcome", "channels")
