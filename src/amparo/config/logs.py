"""What may stand in a log: what is on the list here. No argument, no local variable, no value of an error."""

import logging
import re

#: Whose words stand in a log: ours, the server's about itself, and Django's about an address that failed. Whoever else
#: logs is named with level and place alone: a library may put the arguments of a job, or a row, into its words.
WORDS_OF = ("amparo", "gunicorn.error", "django.request", "django.security")
# Codes of persons stand in addresses; a log keeps the shape of the address only.
# An address of a calendar is a secret in itself.
_CALENDAR = re.compile(r"(/calendar/)[^\s/?]+")
_CODE = re.compile(r"\b[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{3}\b")


class NothingPersonal(logging.Filter):
    """Keep words only of those on the list, without codes and query strings; of an exception its type and place."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it is always logged."""
        known = any(record.name == one or record.name.startswith(f"{one}.") for one in WORDS_OF)
        message = record.getMessage() if known else f"{record.module}:{record.lineno}"
        record.msg, record.args = re.sub(r"\?\S*", "?…", _CALENDAR.sub(r"\1SECRET", _CODE.sub("CODE", message))), ()
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
