"""Ways by which the node can send a message: each knows nothing but an address and words, and keeps neither."""

from .outcome import Answer, Message, Outcome, Problem
from .setting import Channels, channels, file_of_channels

__all__ = ("Answer", "Channels", "Message", "Outcome", "Problem", "channels", "file_of_channels")
