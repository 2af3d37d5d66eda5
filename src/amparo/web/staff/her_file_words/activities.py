"""Sessions, reminders, and what you said of them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from amparo.web.components.fields import language_name
from amparo.web.staff import activity_words, contact_words, held_words, reminder_words
from amparo.web.staff.not_served_words import not_served_words

from .telling import HERS, WHEN, WHO, WORDS, Shown, among, called, minutes, money, plain

FIELDS: Mapping[str, Mapping[str, Shown]] = {
    "activities.Interest": {
        "activity": (_("Activity"), plain),
        "answer": (_("Your answer"), among(activity_words.ANSWERS)),
        "in_group": (_("With others"), among(activity_words.IN_GROUP)),
        "asked_alone": (_("You were asked alone"), plain),
        "asked_on": (WHEN, plain),
        "words": (HERS, plain),
        "member": (WHO, plain),
    },
    "activities.Circumstances": {
        "children": (_("Children who come along"), plain),
        "reasons": (_("What has to fit"), among(activity_words.REASONS)),
        "levels": (_("Languages"), activity_words.levels_of),
        "words": (WORDS, plain),
        "changed_on": (WHEN, plain),
        "member": (WHO, plain),
    },
    "activities.FreeTime": {
        "weekday": (_("Day"), activity_words.weekday_of),
        "starts": (_("From"), plain),
        "ends": (_("Until"), plain),
    },
    "activities.OtherTime": {
        "first_on": (_("From"), plain),
        "last_on": (_("Until"), plain),
        "starts": (_("From"), plain),
        "ends": (_("Until"), plain),
        "free": (_("You are free then"), plain),
        "reason": (_("Why"), among(activity_words.REASONS)),
        "member": (WHO, plain),
    },
    "activities.Place": {"group": (_("Activity"), plain), "since": (_("Since"), plain), "until": (_("Until"), plain)},
    "activities.NotServed": {"activity": (_("Activity"), plain), "reason": (_("Why"), called(not_served_words))},
    "activities.Attendance": {
        "session": (_("Activity"), plain),
        "on": (WHEN, plain),
        "state": (_("How it went"), among(activity_words.CAME)),
        "reason": (_("Why"), among(activity_words.REASONS)),
        "member": (WHO, plain),
    },
    "activities.Reminder": {
        "session": (_("Activity"), plain),
        "appointment": (_("Appointment"), plain),
        "starts_at": (WHEN, plain),
        "about": (_("What you were told"), among(reminder_words.ABOUT)),
        "channel": (_("Way"), among(contact_words.WAYS)),
        "by_hand": (_("By a colleague"), plain),
        "caller": (WHO, plain),
        "taken_at": (_("Taken over on"), plain),
        "taken_until": (_("Taken over until"), plain),
        "planned_at": (_("To be sent"), plain),
        "state": (_("How it went"), among(reminder_words.STATES)),
        "why": (_("Why"), among(reminder_words.WHYS)),
        "attempts": (_("How many tries"), plain),
        "handed_at": (_("Last try"), plain),
        "sent_at": (_("Sent"), plain),
    },
    "activities.Call": {
        "reminder": (_("What you were told"), plain),
        "reminder.about": (_("What you were told"), among(reminder_words.ABOUT)),
        "reminder.starts_at": (_("Of which time"), plain),
        "outcome": (_("How it went"), among(reminder_words.TOLD)),
        "member": (WHO, plain),
        "at": (WHEN, plain),
    },
    "activities.Evaluation": {
        "group": (_("Activity"), plain),
        "moment": (_("When"), among(activity_words.MOMENTS)),
        "on": (WHEN, plain),
        "answers": (_("Your answers, from 1 to 5"), activity_words.answers_of),
        "words": (HERS, plain),
        "member": (_("With"), plain),
        "waits_since": (_("Not read yet; kept since"), plain),
    },
    "activities.InTheRoom": {
        "called": (_("What you are called among others"), plain),
        "needs": (_("What matters in the room"), among(held_words.NEEDS)),
        "words": (WORDS, plain),
        "changed_on": (WHEN, plain),
        "member": (WHO, plain),
    },
    "activities.AskedAfter": {
        "group": (_("Activity"), plain),
        "on": (WHEN, plain),
        "found": (_("What you said"), among(held_words.FOUND)),
        "agreed": (_("What was agreed"), among(held_words.AGREED)),
        "words": (WORDS, plain),
        "member": (WHO, plain),
    },
    "activities.Certificate": {
        "group": (_("Activity"), plain),
        "kind": (_("What it says"), among(held_words.PAPERS)),
        "number": (_("Number"), plain),
        "language": (_("Language"), called(language_name)),
        "minutes": (_("Time"), minutes),
        "issued_on": (WHEN, plain),
        "member": (WHO, plain),
    },
    "activities.TicketsHandedOut": {
        "activity": (_("For"), plain),
        "on": (WHEN, plain),
        "number": (_("How many"), plain),
        "cost_cents": (_("Cost"), money),
        "currency": (_("Currency"), plain),
        "member": (WHO, plain),
    },
}
