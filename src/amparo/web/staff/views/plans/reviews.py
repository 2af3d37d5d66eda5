"""Reviews: held domain by domain, left and gone on with in any order, and what came of them over time."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Part
from amparo.areas.plans import catalogue, reviewing, rules
from amparo.areas.plans.reviewing import NOT_RATED, RatingFile, ReviewFile
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require
from amparo.web.staff.case_pages import CaseForm, CasePart
from amparo.web.staff.forms.reviews import BeginForm, DiscardForm, FinishForm, RatingForm
from amparo.web.staff.pages import Context
from amparo.web.staff.plan_words import (
    domain_words,
    points_of,
    rating_words,
    short_rating,
    why_it_stays,
    worded,
)


class Trajectory(CasePart):
    """Fourteen small lines in one picture, and the same as a table. No overall score: a life is not a sum."""

    part = Part.PLAN
    section = "plan"
    template = "staff/plans/trajectory.html"

    def context(self) -> Context:
        """Every finished review, and the one that is open."""
        reviews = reviewing.finished_reviews(self.viewer, self.case)
        return {
            "can_write": bool(self.case.writable(self.viewer, Part.PLAN)),
            "stays": why_it_stays(self.case),
            "reviews": reviews,
            "open_review": reviewing.open_review(self.viewer, self.case),
            "trends": _trends(reviews),
            "rows": _rows(reviews),
        }


class Begin(CaseForm):
    """Begin a review with her, or go on with the open one."""

    part = Part.PLAN
    section = "plan"
    back_to = "plan_reviews"
    form_class = BeginForm
    title = gettext_lazy("Hold a review with her")
    intro = gettext_lazy(
        "Fourteen areas of life, one short page each. Take those that matter to her, in any order; "
        "you can stop at any time and go on another day."
    )
    submit_label = gettext_lazy("Begin")

    def initial(self) -> Context:
        """Today."""
        return {"on": clock.today(self.viewer.time_zone)}

    def save(self, form: Any) -> str:
        """Begin it."""
        typed = form.cleaned_data
        number = reviewing.begin_review(self.case, by=self.viewer, on=typed["on"], present=typed["present"])
        return self.url("plan_review", number)


class _OfReview:
    """What the pages of one review share."""

    part = Part.PLAN
    section = "plan"
    review: ReviewFile


class Review(_OfReview, CasePart):
    """One review: the areas of life as a list of short pages; finished, what was said."""

    template = "staff/plans/review.html"

    def context(self) -> Context:
        """What is rated and what is not."""
        review = reviewing.review_of(self.viewer, self.case, self.kwargs["number"])
        can_write = bool(self.case.writable(self.viewer, Part.PLAN)) and not review.finished
        return {
            "name": _("Review of %(day)s") % {"day": date_format(review.on, "SHORT_DATE_FORMAT")},
            "review": review,
            "can_write": can_write,
            "rows": [self._row(review, domain) for domain in catalogue.domains()] if can_write else [],
            "ratings": [_said(key, review.ratings[key]) for key in catalogue.DOMAIN_KEYS if key in review.ratings],
        }

    def _row(self, review: ReviewFile, domain: catalogue.Domain) -> Context:
        rated = domain.key in review.ratings
        return {
            "label": worded(domain.name),
            "url": self.url("plan_rating", review.id, domain.key),
            "state": _("talked about") if rated else _("not yet"),
            "shape": "done" if rated else "open",
        }


class Rate(_OfReview, CaseForm):
    """One area of life: her answer first, then the professional's."""

    back_to = "plan_reviews"
    template = "staff/plans/talk.html"
    form_class = RatingForm
    submit_label = gettext_lazy("Save and go on")

    def fetch(self, **kwargs: Any) -> None:
        """The review and the area of life."""
        super().fetch(**kwargs)
        if kwargs["domain"] not in catalogue.DOMAIN_KEYS:
            raise NotThere
        self.domain = catalogue.domain(kwargs["domain"])
        self.review = reviewing.review_of(self.viewer, self.case, kwargs["number"])
        require(rules.may_change_review(finished=self.review.finished))

    def initial(self) -> Context:
        """What was said in this review already."""
        rating = self.review.ratings.get(self.domain.key, NOT_RATED)
        return {"hers": rating.hers, "ours": rating.ours, "her_words": rating.her_words, "version": rating.version}

    def form_arguments(self) -> Context:
        """The five worded steps are those of the area."""
        return {"domain": self.domain}

    def form_context(self) -> Context:
        """Its name and meaning, what was said last time, and what has helped others; both there when asked for."""
        last = reviewing.last_time(self.viewer, self.case, self.domain.key)
        return {
            "title": worded(self.domain.name),
            "meaning": worded(self.domain.meaning),
            "last_on": last[0] if last else None,
            "last": _said(self.domain.key, last[1]) if last else None,
            "points": points_of(self.domain.key),
            "second_label": _("Save and stop for now"),
            "second_name": "later",
        }

    def cancel_url(self) -> str:
        """Back to the list of areas."""
        return self.url("plan_review", self.review.id)

    def save(self, form: Any) -> str:
        """Keep the answers; an empty page is passed over."""
        typed = form.cleaned_data
        if typed["hers"] or typed["ours"] or typed["her_words"] or typed["version"]:
            rating = RatingFile(typed["hers"], typed["ours"], typed["her_words"], typed["version"])
            reviewing.rate_domain(self.case, self.review.id, self.domain.key, by=self.viewer, rating=rating)
        following = reviewing.next_domain(self.review, self.domain.key)
        if "later" in self.request.POST or following in (None, self.domain.key):
            return self.cancel_url()
        return self.url("plan_rating", self.review.id, following)


class _EndOfReview(_OfReview, CaseForm):
    """What the two ends of an open review share."""

    def fetch(self, **kwargs: Any) -> None:
        """The review, as long as it is open."""
        super().fetch(**kwargs)
        self.review = reviewing.review_of(self.viewer, self.case, kwargs["number"])
        require(rules.may_change_review(finished=self.review.finished))

    def cancel_url(self) -> str:
        """Back to the list of areas."""
        return self.url("plan_review", self.review.id)


class Finish(_EndOfReview):
    """Finish the review with her."""

    form_class = FinishForm
    title = gettext_lazy("Finish the review")
    intro = gettext_lazy("Areas that you did not talk about stay open. Nothing is counted together.")
    submit_label = gettext_lazy("Finish")
    done = gettext_lazy("The review is kept.")

    def save(self, form: Any) -> str:
        """Finish it."""
        typed = form.cleaned_data
        reviewing.finish_review(
            self.case,
            self.review.id,
            by=self.viewer,
            her_words=typed["her_words"],
            our_view=typed["our_view"],
            next_on=typed["next_on"],
        )
        return self.url("plan_reviews")


class Discard(_EndOfReview):
    """A review that was begun is not kept."""

    form_class = DiscardForm
    title = gettext_lazy("Discard this review")
    intro = gettext_lazy("Everything said in it is erased and cannot be brought back. Earlier reviews stay.")
    submit_label = gettext_lazy("Discard")
    done = gettext_lazy("Discarded. What was typed in it is erased.")

    def save(self, form: Any) -> str:
        """Erase it."""
        why = rules.Discarding(form.cleaned_data["why"])
        reviewing.discard_review(self.case, self.review.id, by=self.viewer, why=why)
        return self.url("plan_reviews")


def _said(key: str, rating: RatingFile) -> Context:
    return {
        "name": domain_words(key),
        "hers": rating_words(key, rating.hers),
        "her_words": rating.her_words,
        "ours": rating_words(key, rating.ours),
    }


def _trends(reviews: list[ReviewFile]) -> list[Context]:
    hers = rules.trajectory([_answers(one, "hers") for one in reviews], catalogue.DOMAIN_KEYS)
    ours = rules.trajectory([_answers(one, "ours") for one in reviews], catalogue.DOMAIN_KEYS)
    return [
        {
            "id": f"trend-{key}",
            "name": domain_words(key),
            "hers": hers[key],
            "ours": ours[key],
            "description": _described(hers[key], ours[key]),
        }
        for key in catalogue.DOMAIN_KEYS
    ]


def _answers(review: ReviewFile, whose: str) -> dict[str, str]:
    return {key: getattr(rating, whose) for key, rating in review.ratings.items()}


def _described(hers: tuple[int | None, ...], ours: tuple[int | None, ...]) -> str:
    return _("Her rating, oldest first: %(hers)s. The professional's: %(ours)s.") % {
        "hers": _listed(hers),
        "ours": _listed(ours),
    }


def _listed(steps: tuple[int | None, ...]) -> str:
    return ", ".join(str(step) if step else _("not rated") for step in steps)


def _rows(reviews: list[ReviewFile]) -> list[Context]:
    return [
        {
            "name": domain_words(key),
            "cells": [
                (short_rating(rating.hers), short_rating(rating.ours))
                for rating in (review.ratings.get(key, NOT_RATED) for review in reviews)
            ],
        }
        for key in catalogue.DOMAIN_KEYS
    ]
