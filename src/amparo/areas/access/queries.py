"""Who is asking."""

from amparo.areas.orgs.queries import Membership

from .rules import Viewer


def viewer_of(seat: Membership) -> Viewer:
    """The viewer that a membership makes."""
    return Viewer(
        member=seat.member,
        organisation=seat.organisation,
        role=seat.role,
        name=seat.name,
        language=seat.language,
        time_zone=seat.time_zone,
        cleared=seat.cleared,
    )
