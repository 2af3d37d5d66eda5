"""A paper of hers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.web.components.fields import ChoiceOne, PaperField, ShortText
from amparo.web.staff.case_words import PAPERS


class PaperForm(forms.Form):
    """What it is, and the file."""

    kind = ChoiceOne(label=_("What it is"), choices=tuple(PAPERS.items()))
    title = ShortText(label=_("Title"), max_length=120, help_text=_("So that you find it again."))
    file = PaperField(
        label=_("File"),
        help_text=_("PDF, JPEG or PNG, up to 20 MB. Where and when a picture was taken is removed."),
        error_messages={
            "required": _("Choose the file. After an error it has to be chosen again; it was not kept."),
            "empty": _("This file is empty. Choose it again, or take the picture again."),
        },
    )

    def __init__(self, *args: Any, too_large: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if too_large:
            self.fields["file"].error_messages["required"] = NOT_A_PAPER["too_large"]


NOT_A_PAPER = {
    "empty": _("This file is empty. Choose it again, or take the picture again."),
    "too_large": _("This file is larger than 20 MB. Take the picture with less detail, or split the PDF."),
    "not_allowed": _("Only PDF, JPEG and PNG can be kept. Take a picture of the paper, or save it as PDF."),
    "two_things": _(
        "This file hides a second kind of file inside. It may harm the computers here and was not kept. "
        "Take a picture of the paper instead."
    ),
    "damaged": _("This file cannot be read. Take a picture of the paper, or save it as PDF again."),
    "too_much": _(
        "Opening this file takes more memory or time than any paper needs. It may be made to do harm and was not kept. "
        "Take a picture of the paper instead."
    ),
    "locked": _("This PDF is locked with a password. Save it without one, then add it."),
    "too_many": _("This PDF has more than 1000 pages. Split it, then add the parts."),
}
