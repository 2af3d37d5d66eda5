"""A copy of her file as she reads it: on paper with a cover that says nothing, or as a file for a program of hers."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.areas.rights.copying import NOT_COPIED, HerCopy, LeftOut, Why
from amparo.kernel import clock
from amparo.web import pdf

from .her_file_words import worded
from .tables_words import table_words

FORMAT, FORMAT_VERSION = "amparo-her-file", 1
WHY: dict[Why, Promise] = {
    Why.NAMES: gettext_lazy("You did not ask for names this time. Ask for another copy with them."),
    Why.PART: gettext_lazy("Whoever made this copy may not read it. Another colleague of your team gives it to you."),
    Why.EYES: gettext_lazy("Written for one professional alone. Ask your psychologist, your lawyer or your referent."),
    Why.HELD: gettext_lazy("It is kept and not used, as you wished. Say so if you want a copy of it."),
    Why.ENDANGERS: gettext_lazy("To show it now could put you in danger. It is looked at again; ask us."),
    Why.OTHERS: gettext_lazy("It says who somebody else is (GDPR, Art. 15(4))."),
    Why.READERS: gettext_lazy("Who read your file, when and why, is a list of its own. Ask for it."),
    Why.REPEATS: gettext_lazy("It says again in short what stands elsewhere."),
    Why.PICTURES: gettext_lazy("Copies of papers and signatures are handed to you as they are, on paper."),
    Why.TECHNICAL: gettext_lazy("Numbers that say nothing to anybody."),
}


def blocks_of(copy: HerCopy, *, with_names: bool) -> list[pdf.Block]:
    """What stands on the paper after its cover, in the language that is set."""
    day = date_format(timezone.localdate(clock.now()), "DATE_FORMAT")
    blocks = [
        pdf.next_page(),
        pdf.heading(_("A copy of your file")),
        pdf.text(_("Everything that is written about you stood like this on %(day)s.") % {"day": day}),
        pdf.text(_("What colleagues wrote is in the language in which they wrote it. Colleagues stand by their role.")),
        pdf.text(_careful(with_names=with_names)),
    ]
    for section in copy.sections:
        blocks.append(pdf.heading(table_words(section.table)))
        for row in section.rows:
            rows = [(label, words) for _name, label, words in worded(section.table, row)]
            blocks += [pdf.facts(rows)] if rows else []
    return [*blocks, pdf.heading(_("What does not stand here, and why")), *_left_out(copy)]


def file_of(copy: HerCopy, *, language: str) -> dict[str, Any]:
    """The same as data (docs/her-file.md): every value as it is kept, with its words beside it."""
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "language": language,
        "made_on": timezone.localdate(clock.now()),
        "sections": [
            {
                "table": section.table,
                "title": table_words(section.table),
                "rows": [
                    [
                        {"field": name, "label": label, "value": row[name], "words": words}
                        for name, label, words in worded(section.table, row)
                    ]
                    for row in section.rows
                ],
            }
            for section in copy.sections
        ],
        "left_out": [
            {
                "table": one.table,
                "title": table_words(one.table),
                "count": one.count,
                "why": one.why,
                "words": str(WHY[one.why]),
            }
            for one in copy.left_out
        ],
    }


def _careful(*, with_names: bool) -> str:
    if with_names:
        return _(
            "Your name stands in it, as you wished. Whoever finds this paper knows who you are. We can keep it for you."
        )
    return _(
        "Your name does not stand in it. Whoever finds it can still read what happened to you. We can keep it for you."
    )


def _left_out(copy: HerCopy) -> list[pdf.Block]:
    counted = [_counted(one) for one in copy.left_out]
    always = [f"{table_words(table)}: {WHY[why]}" for table, why in NOT_COPIED.items() if why is not Why.TECHNICAL]
    return [pdf.points([*counted, *always])]


def _counted(one: LeftOut) -> str:
    count = ngettext("%(count)d entry", "%(count)d entries", one.count) % {"count": one.count}
    return f"{table_words(one.table)} ({count}): {WHY[one.why]}"
