"""The pages of the kitchen sink: a case, a form, a task list, Today and a sheet for paper."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .forms import EveryField

RAIL = [
    {"label": label, "url": "#", "current": label == "Women", "count": 3 if label == "Today" else 0}
    for label in ("Today", "Women", "Sessions", "Places", "Network", "Figures")
]
SECTIONS = [
    {"label": label, "url": "#", "current": label == "Her plan"}
    for label in (
        "Now", "Her plan", "Safety", "Legal", "Activities", "Services", "Notes", "Papers", "People", "History",
    )
]  # fmt: skip
HEAD = {
    "code": "CAS-7K2M",
    "name": "Ana",
    "url": "#",
    "referent": "Lucía Prado",
    "risk_words": "medium, 12 days",
    "risk_level": "medium",
    "risk_overdue": False,
    "reach": "call 10-13 h, ask for Ana",
    "next_due": "court, 3 December",
    "status_words": "accompanied",
}
LINES = [
    {
        "what": "Assess her risk again", "code": "CAS-7K2M", "url": "#", "when": "2 days late", "state": "overdue",
        "why": "She moved to another flat.", "action_url": "/ks/", "action": "Done", "hidden": [("step", "4")],
    },
    {
        "what": "Call back", "code": "CAS-9QXD", "url": "#", "when": "Today, 11:30", "state": "soon",
        "why": "She asked about the language course.", "action_url": "/ks/", "action": "Called", "hidden": [],
    },
    {
        "what": "Review the plan with her", "code": "CAS-3FHV", "url": "#", "when": "Friday", "state": "",
        "why": "", "action_url": "", "action": "", "hidden": [],
    },
]  # fmt: skip
ENTRIES = [
    {
        "when": "21 November, 10:15", "machine_time": "2026-11-21T10:15", "who": "Lucía Prado", "audience": "team",
        "title": "Talk about the course", "text": "She would like to begin in January.", "url": "#", "hers": False,
    },
    {
        "when": "14 November", "machine_time": "2026-11-14", "who": "Ana", "audience": "",
        "title": "Her plan, third version", "text": "First the papers, then the course.", "url": "", "hers": True,
    },
]  # fmt: skip
AGES = [
    {"level": "recent", "text": "Checked in June 2026, 5 months ago, by a lawyer.", "advice": "When in doubt, ask."},
    {"level": "ageing", "text": "Checked in June 2025, 1 year ago, by a lawyer.", "advice": "Ask a lawyer first."},
    {"level": "old", "text": "Checked in June 2013, 13 years ago, by FIIT (IOM).", "advice": "Verify with a lawyer."},
]
DOMAINS = ("Accommodation", "Legal status", "Employment", "Education and training", "Safety", "Social life")


def frame(request: HttpRequest) -> dict[str, Any]:
    """What stands around the content of every page."""
    return {
        "organisation_name": "Casa Alborada",
        "user_name": "Lucía Prado",
        "user_role": "Caseworker",
        "user": {"is_authenticated": True},
        "rail": RAIL,
    }


def case(request: HttpRequest) -> HttpResponse:
    """A case with every part that shows something."""
    messages.success(request, "The note is saved.")
    messages.warning(request, "The interview has no place yet.")
    trends = [
        {"id": f"trend-{place}", "name": name, "her": [1, 2, None, 3, 4], "team": [2, 2, 3, 3, 3]}
        for place, name in enumerate(DOMAINS)
    ]
    page = Paginator(range(100), 10).page(2)
    context = {
        "head": HEAD, "sections": SECTIONS, "title": "Her plan", "lines": LINES, "entries": ENTRIES,
        "trends": trends, "page": page, "query": "q=a", "aside": True, "back_url": "#", "ages": AGES,
    }  # fmt: skip
    return render(request, "kitchen_sink/case.html", frame(request) | context)


def form(request: HttpRequest) -> HttpResponse:
    """A form: empty, or with errors, kept words and a conflict after POST or ``?errors``."""
    wrong = request.method == "POST" or "errors" in request.GET
    filled = EveryField({"name": "Ana", "channel": "other", "note": "x"}) if wrong else EveryField()
    conflict = {"theirs": [("Note", "She called.\nShe is well.")], "who": "Marta", "when": "at 10:12"}
    context = {
        "title": "Every field", "intro": "One page, one thing.", "form": filled, "cancel_url": "#",
        "submit_label": "Save and go on", "kept": wrong, "conflict": conflict if wrong else None,
    }  # fmt: skip
    return render(request, "kitchen_sink/form.html", frame(request) | context)


def tasks(request: HttpRequest) -> HttpResponse:
    """A long form as a list of short pages."""
    rows = [
        {"label": "Who sends her", "url": "#", "state": "Done", "shape": "done", "hint": ""},
        {"label": "The six safety questions", "url": "#", "state": "4 of 6", "shape": "open-now", "hint": ""},
        {"label": "Urgent needs", "url": "#", "state": "Not begun", "shape": "open", "hint": "Food, health, sleep"},
        {"label": "Decide", "url": "", "state": "After the six questions", "shape": "plain", "hint": ""},
    ]
    context = {"title": "Referral in", "rows": rows, "back_url": "#", "intro": "Leave and come back at any time."}
    return render(request, "layouts/task_list.html", frame(request) | context)


def sheet(request: HttpRequest) -> HttpResponse:
    """A sheet that is printed and handed over."""
    return render(request, "kitchen_sink/sheet.html", frame(request) | {"printed_on": "22 November 2026"})
