"""Entry point of the `amparo` command. This file must parse under any Python 3, to tell an old one so."""

import sys

OLDEST_PYTHON = (3, 11)

if sys.version_info < OLDEST_PYTHON:
    sys.stderr.write("amparo: Python 3.11 or newer is needed; this is Python {}.{}.\n".format(*sys.version_info[:2]))
    raise SystemExit(1)


def main() -> int:
    """Run the command line of this process and return its exit code."""
    from amparo.cli.parser import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
