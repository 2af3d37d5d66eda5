"""What may stand in a log: no argument of a request, no local variable, no traceback with values."""

import logging
import re

# Codes of persons stand in addresses; a log keeps the shape of the address only.
_CODE = re.compile(r"\b[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{3}\b")


class NothingPersonal(logging.Filter):
    """Blank codes and query strings, and keep of an exception its type and place but not its message."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it is always logged."""
        message = _CODE.sub("CODE", record.getMessage())
        record.msg, record.args = re.sub(r"\?\S*", "?…", message), ()
        if record.exc_info:
            record.msg = f"{record.msg} [{_place(record.exc_info)}]"
            record.exc_info, record.exc_text = None, None
        return True


def _place(exc_info: object) -> str:
    kind, _value, trace = exc_info if isinstance(exc_info, tuple) else (None, None, None)
    steps = []
    while trace is not None:
        steps.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{getattr(kind, '__name__', 'error')} at {' < '.join(reversed(steps[-6:]))}"
