"""The one error of this package, written for the person who runs the node."""


class NodeError(Exception):
    """Something outside the program keeps the node from working.

    The message is one clear line: what happened and what to do. `exit_code` follows the command-line
    contract: 2 where an input or an argument is wrong, 1 for anything else.
    """

    def __init__(self, message: str, *, exit_code: int = 1) -> None:
        """Keep the line and the exit code."""
        super().__init__(message)
        self.exit_code = exit_code


class NoSpace(NodeError):
    """Nothing more can be written; what waits can go on by itself once there is space."""
