"""How you came to us."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.areas.intake import catalogue as intake
from amparo.web.staff import intake_words

from .telling import HERS, WHEN, WHO, WORDS, Shown, Values, among, called, choices, plain, written_in


def _six(value: Any, _row: Values) -> str:
    found = intake.six_questions()
    answers = dict(intake_words.options(found.answers))
    lines = [
        (intake_words.here(one.question), answers.get((value or {}).get(one.key, ""), "")) for one in found.questions
    ]
    return "\n".join(f"{question} {answer}" for question, answer in lines if answer)


def _urgent(value: Any, _row: Values) -> str:
    return intake_words.need_words(value)


def _reason(value: Any, row: Values) -> str:
    return intake_words.reason_words(row["verdict"], value)


FIELDS: Mapping[str, Mapping[str, Shown]] = {
    "intake.Referral": {
        "taken_by": (WHO, plain),
        "state": (_("Where it stands"), called(intake_words.state_words)),
        "received_on": (WHEN, plain),
        "sender_kind": (_("Who sent you"), called(intake_words.sender_words)),
        "way": (_("How"), among(intake_words.WAYS)),
        "children": (_("Children"), plain),
        "urgent_needs": (_("What was urgent"), _urgent),
        "told": (
            _("What you were told, and agreed to"),
            choices(lambda: intake_words.options(intake.referral_choices().told_and_agreed)),
        ),
        "channels": (_("How you could be reached"), among(intake_words.CHANNELS)),
        "answers": (_("The six safety questions"), _six),
        "about_words": (_("What was told about you"), written_in),
        "reason_words": (_("Why you were sent"), written_in),
        "needs_words": (_("What you needed"), written_in),
        "told_words": (_("What you knew of it"), written_in),
        "reach_words": (_("How to reach you"), written_in),
        "six_words": (_("What was said to the six questions"), written_in),
    },
    "intake.Resolution": {
        "verdict": (_("What was decided"), called(intake_words.verdict_words)),
        "reason": (_("Why"), _reason),
        "words": (WORDS, plain),
        "where_to": (_("Where you were sent on to"), plain),
        "wait_until": (_("To wait until"), plain),
        "member": (WHO, plain),
        "at": (WHEN, plain),
    },
    "intake.Reply": {
        "text": (WORDS, plain),
        "way": (_("How"), among(intake_words.WAYS)),
        "on": (WHEN, plain),
        "member": (WHO, plain),
        "at": (_("Noted"), plain),
    },
    "intake.Interview": {
        "member": (_("With"), plain),
        "at": (WHEN, plain),
        "meeting_point": (_("Where you met"), plain),
        "interpreter": (_("Interpreter"), among(intake_words.INTERPRETER)),
        "prepared": (
            _("What was prepared"),
            choices(lambda: [(one.key, intake_words.here(one.text)) for one in intake.interview_preparation()]),
        ),
        "answer": (_("What you answered"), called(intake_words.answer_words)),
        "her_words": (HERS, plain),
        "words": (WORDS, plain),
    },
}
