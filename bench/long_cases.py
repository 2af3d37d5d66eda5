"""Give caseworkers a case each with many notes; prints the codes as JSON. Runs in a process of its own."""

import json
import sys
from datetime import timedelta

from amparo.cli.django_ready import django_ready


def main() -> None:
    """Arguments: the number of notes, then user names."""
    entries, usernames = int(sys.argv[1]), sys.argv[2:]
    with django_ready():
        json.dump([_long_case(name, entries) for name in usernames], sys.stdout)


def _long_case(username: str, entries: int) -> str:
    from amparo.areas.access.queries import viewer_of
    from amparo.areas.cases.bulk import NewCase, NewNote, open_cases
    from amparo.areas.cases.queries import Filters, case_list
    from amparo.areas.orgs.queries import membership_of
    from amparo.areas.people.actions import Particulars
    from amparo.areas.people.bulk import NewPerson
    from amparo.kernel import clock

    seat = membership_of(username, username.partition(".")[2])
    if seat is None:
        raise SystemExit(f"{username} is not there")
    viewer, today = viewer_of(seat), clock.today("UTC")
    text = "She told what matters to her this month, and what she wants to do next about the room and the course. "
    notes = [NewNote(text * 3, today - timedelta(days=day), viewer.member) for day in range(entries)]
    person = NewPerson(Particulars(called="Verbena", languages=("es",)))
    open_cases([NewCase(person=person, opened_on=today, referent=viewer.member, notes=notes)], by=viewer)
    return case_list(viewer, Filters(mine=True)).cases[0].code


if __name__ == "__main__":
    main()
