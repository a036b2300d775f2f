"""Tick answers or take a safety case, and see what the draft on the desk makes of them.

Nothing that is ticked is stored or logged, unless it is saved as a safety case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guide.admin.drafts import draft, live_flow
from guide.admin.tried import found
from guide.admin.unit_pages import desk_page, unit_or_404
from guide.models import Option, SafetyCase
from guide.pages.countries import GENERIC
from guide.publishing.hands import sign
from guide.reading.steps import steps
from guide.triage import Answers, Flow, walk
from guide.triage.assess import outcome

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin

    CaseModelForm = forms.ModelForm[SafetyCase]
else:
    CaseModelForm = forms.ModelForm


class CaseForm(CaseModelForm):
    """What a safety case is called, who it is, and what must come of it."""

    class Meta:
        model = SafetyCase
        fields = ("slug", "story", "level")
        help_texts = {
            "slug": "Two or three words for this person. Good: calf-after-a-flight",
            "story": "Who this is and what they feel. Good: My calf is warm since the long flight.",
            "level": "What must come of it, whatever the rules say today. Good: Urgent, today",
        }
        widgets = {"story": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        same = SafetyCase.objects.filter(questionnaire=self.instance.questionnaire)
        if same.filter(slug=cleaned.get("slug")).exists():
            raise ValidationError({"slug": "Another safety case is called so."})
        return cleaned


def try_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show what comes of the answers that were ticked, or of those of the case asked for."""
    # Django leaves these out of whatever it reports of an error.
    request.sensitive_post_parameters = "__ALL__"  # type: ignore[attr-defined]
    unit = unit_or_404(desk, request, pk)
    flow = draft(unit)
    case = unit.safety_cases.filter(slug=request.GET.get("case", "")).first()
    answers = _answers(request, flow, case)
    kept = walk(flow, answers).kept
    form = _form(desk, request, unit, outcome(flow, kept).level.slug)
    if form and form.is_bound and _saved(desk, request, form, kept):
        return HttpResponseRedirect(f"{desk.page('try', unit)}?case={form.instance.slug}")
    context = {
        "original": unit,
        "here": "try",
        "steps": zip(flow.questions, steps(flow), strict=True),
        "answers": answers,
        "cases": unit.safety_cases.values_list("slug", flat=True),
        "case": case,
        "found": found(flow, live_flow(desk, unit), answers),
        "form": form,
        "words": GENERIC,
    }
    return desk_page(desk, request, "try", "Try the rules", context)


def _form(desk: UnitAdmin, request: HttpRequest, unit: Any, level: str) -> CaseForm | None:
    """Return the form that saves a case, bound if it was sent; None for who may not add one."""
    saves = "save" in request.POST
    if request.user.has_perm("guide.add_safetycase") and desk.has_change_permission(request, unit):
        instance = SafetyCase(questionnaire=unit)
        data = request.POST if saves else None
        return CaseForm(data, instance=instance, initial={"level": level})
    if saves:
        raise PermissionDenied
    return None


def _answers(request: HttpRequest, flow: Flow, case: SafetyCase | None) -> Answers:
    """Return what was ticked, at whichever question; of codes there are none but the draft's."""
    if request.method == "POST":
        # A dot keeps their names apart from all others: no slug has one.
        names = [f"a.{question.slug}" for question in flow.questions]
        ticked = (code for name in names for code in request.POST.getlist(name))
        return frozenset(ticked) & flow.option_of.keys()
    codes = case.answers.values_list("code", flat=True) if case else ()
    return frozenset(codes) & flow.option_of.keys()


def _saved(desk: UnitAdmin, request: HttpRequest, form: CaseForm, kept: Answers) -> bool:
    if not kept:
        form.add_error(None, "Tick at least one answer.")
    if not form.is_valid():
        return False
    unit = form.instance.questionnaire
    options = Option.objects.filter(question__questionnaire=unit, code__in=kept)
    with transaction.atomic():
        last = unit.safety_cases.order_by("order").last()
        form.instance.order = last.order + 1 if last else 0
        form.save().answers.set(options)
        sign(unit, request.user)
        desk.log_change(request, unit, f"Added the safety case {form.instance.slug}")
    messages.success(request, f"Saved as the safety case “{form.instance.slug}”, on the draft.")
    return True
