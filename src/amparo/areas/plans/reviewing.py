"""Looking at her life together, domain by domain, and what came of it over time. There is no overall score."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.dues import set_due, settle_due
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Case
from amparo.areas.cases.rules import DueKind
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, require

from . import rules
from .catalogue import DOMAIN_KEYS
from .models import Rating, Review


@dataclass(frozen=True)
class RatingFile:
    """One domain in one review: her answer, the professional's, and what she said."""

    hers: str
    ours: str
    her_words: str
    version: int


@dataclass(frozen=True)
class ReviewFile:
    """One review with its ratings by domain."""

    id: int
    on: date
    member_name: str
    present: str
    her_words: str
    our_view: str
    finished: bool
    ratings: dict[str, RatingFile] = field(default_factory=dict)


NOT_RATED = RatingFile("", "", "", 0)


def begin_review(case: CaseFile, *, by: Viewer, on: date, present: str = "") -> int:
    """Begin a review, or go on with the one that is open; gives its number."""
    with acting(case, by=by, part=Part.PLAN, verb="review begun") as act:
        Case.objects.select_for_update(no_key=True).get(pk=case.id)  # two colleagues beginning at once share one review
        review, _ = Review.objects.get_or_create(
            organisation_id=case.organisation,
            case_id=case.id,
            finished_at=None,
            defaults={
                "on": on,
                "member_id": by.member,
                "present": sealing.seal_text(case.person, present, "review.present"),
            },
        )
        act.subject, act.quiet = review.pk, True
    return review.pk


def rate_domain(case: CaseFile, number: int, domain: str, *, by: Viewer, rating: RatingFile) -> None:
    """Keep what she and the professional say about a domain; `rating.version` is the one that was shown.

    Raises Conflict where a colleague rated it meanwhile, Refused where the review is finished.
    """
    with acting(case, by=by, part=Part.PLAN, verb="domain rated") as act:
        review = _open_review(case, number)
        row = Rating.objects.filter(review=review, domain=domain).first()
        if (row.version if row else 0) != rating.version:
            raise Conflict(_theirs(case, row))
        Rating.objects.update_or_create(
            review=review,
            domain=domain,
            organisation_id=case.organisation,
            defaults={
                "hers": rating.hers,
                "ours": rating.ours,
                "her_words": sealing.seal_text(case.person, rating.her_words, "rating.her_words"),
                "version": rating.version + 1,
            },
        )
        act.subject, act.words, act.quiet = number, [domain], True


def finish_review(
    case: CaseFile, number: int, *, by: Viewer, her_words: str, our_view: str, next_on: date | None
) -> None:
    """Finish a review with her, and set the day of the next one."""
    if next_on is not None:
        require(rules.may_move_to(next_on, clock.today(by.time_zone)))
    held_on = Review.objects.filter(pk=number, case=case.id).values_list("on", flat=True).first()
    with acting(case, by=by, part=Part.PLAN, verb="review held", on=held_on) as act:
        review = _open_review(case, number)
        rated = review.ratings.count()
        require(rules.may_finish(rated))
        review.her_words = sealing.seal_text(case.person, her_words, "review.her_words")
        review.our_view = sealing.seal_text(case.person, our_view, "review.our_view")
        review.finished_at = clock.now()
        review.save(update_fields=("her_words", "our_view", "finished_at"))
        settle_due(case, DueKind.REVIEW)
        if next_on is not None:
            set_due(case, DueKind.REVIEW, on=next_on)
        act.subject, act.words = number, [str(rated)]


def discard_review(case: CaseFile, number: int, *, by: Viewer, why: rules.Discarding) -> None:
    """Erase a review that is not finished, with all that was said in it; the log keeps who did so, when and why."""
    with acting(case, by=by, part=Part.PLAN, verb="review discarded") as act:
        review = _open_review(case, number)
        act.facts |= {"why": why, "rated": review.ratings.count()}
        review.delete()
        act.subject, act.quiet = number, True


def review_of(viewer: Viewer, case: CaseFile, number: int) -> ReviewFile:
    """One review with its ratings; raises NotThere."""
    found = _files(case, _reviews(viewer, case).filter(pk=number))
    if not found:
        raise NotThere
    return found[0]


def open_review(viewer: Viewer, case: CaseFile) -> ReviewFile | None:
    """The review that was begun and is not finished, if there is one."""
    return next(iter(_files(case, _reviews(viewer, case).filter(finished_at=None))), None)


def finished_reviews(viewer: Viewer, case: CaseFile) -> list[ReviewFile]:
    """Every finished review, oldest first."""
    return _files(case, _reviews(viewer, case).exclude(finished_at=None))


def last_time(viewer: Viewer, case: CaseFile, domain: str) -> tuple[date, RatingFile] | None:
    """What was said about a domain in the latest finished review that speaks of it."""
    reviews = _reviews(viewer, case).exclude(finished_at=None).filter(ratings__domain=domain)
    review = reviews.order_by("-on", "-pk").first()
    return (review.on, _rating(case, review.ratings.get(domain=domain))) if review else None


def next_domain(review: ReviewFile, after: str) -> str | None:
    """The next domain that is not rated yet, in the order of the 14, beginning after this one."""
    place = DOMAIN_KEYS.index(after) + 1
    order = (*DOMAIN_KEYS[place:], *DOMAIN_KEYS[:place])
    return next((domain for domain in order if domain not in review.ratings), None)


def _reviews(viewer: Viewer, case: CaseFile) -> QuerySet[Review]:
    require(case.readable(viewer, Part.PLAN))
    rows = Review.objects.filter(case=case.id, organisation=viewer.organisation)
    return rows.select_related("member").order_by("on", "pk")


def _files(case: CaseFile, rows: Iterable[Review]) -> list[ReviewFile]:
    reviews = list(rows)
    ratings: dict[int, dict[str, RatingFile]] = defaultdict(dict)
    for row in Rating.objects.filter(review__in=reviews):
        ratings[row.review_id][row.domain] = _rating(case, row)
    return [_file(case, row, ratings[row.pk]) for row in reviews]


def _file(case: CaseFile, row: Review, ratings: dict[str, RatingFile]) -> ReviewFile:
    return ReviewFile(
        id=row.pk,
        on=row.on,
        member_name=row.member.name,
        present=sealing.open_text(case.person, row.present, "review.present"),
        her_words=sealing.open_text(case.person, row.her_words, "review.her_words"),
        our_view=sealing.open_text(case.person, row.our_view, "review.our_view"),
        finished=row.finished_at is not None,
        ratings=ratings,
    )


def _rating(case: CaseFile, row: Rating) -> RatingFile:
    words = sealing.open_text(case.person, row.her_words, "rating.her_words")
    return RatingFile(row.hers, row.ours, words, row.version)


def _theirs(case: CaseFile, row: Rating | None) -> list[tuple[str, str]]:
    if row is None:
        return []
    rating = _rating(case, row)
    return [("hers", rating.hers), ("her_words", rating.her_words), ("ours", rating.ours)]


def _open_review(case: CaseFile, number: int) -> Review:
    review = Review.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
    if review is None:
        raise NotThere
    require(rules.may_change_review(finished=review.finished_at is not None))
    return review
