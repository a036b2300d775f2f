"""Tick answers or take a safety case, and see what the draft on the desk makes of them.

Nothing that is ticked is stored or logged, unless it is saved as a safety case.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guide.admin.drafts import draft, how_soon, live_flow, said, titles
from guide.admin.unit_pages import desk_page, unit_or_404
from guide.models import Caution, Option, SafetyCase, Section, Unit
from guide.pages.countries import GENERIC, plain
from guide.publishing.hands import sign
from guide.reading.steps import steps
from guide.triage import Answers, Flow, assess, walk
from guide.triage.assess import Outcome, outcome
from guide.triage.what_if import flips

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
            "slug": "Two or three words for this person, such as calf-after-a-flight.",
            "story": "Who this is, and why it matters: My calf is warm since the long flight.",
            "level": "What must come of it, whatever the rules say today.",
        }
        widgets = {"story": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        same = SafetyCase.objects.filter(questionnaire=self.instance.questionnaire)
        if same.filter(slug=cleaned.get("slug")).exists():
            raise ValidationError({"slug": "Another safety case is called so."})
        return cleaned


class Found(NamedTuple):
    """What the draft makes of the answers, in words, and where readers get something else."""

    level: str
    level_slug: str
    reasons: list[tuple[str, str, str]]
    sections: list[tuple[str, int, str, str]]
    cautions: list[str]
    not_asked: list[str]
    dropped: list[str]
    changes: list[tuple[str, list[str]]]
    differs: list[str]
    is_live: bool


def try_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show what comes of the answers that were ticked, or of those of the case asked for."""
    # Django leaves these out of whatever it reports of an error.
    request.sensitive_post_parameters = "__ALL__"  # type: ignore[attr-defined]
    unit = unit_or_404(desk, request, pk)
    flow = draft(unit)
    case = unit.safety_cases.filter(slug=request.GET.get("case", "")).first()
    answers = _answers(request, flow, case)
    kept = walk(flow, answers).kept
    saves, form = "save" in request.POST, None
    if may_add_case(desk, request, unit):
        instance = SafetyCase(questionnaire=unit)
        initial = {"level": outcome(flow, kept).level.slug}
        form = CaseForm(request.POST if saves else None, instance=instance, initial=initial)
    elif saves:
        raise PermissionDenied
    if saves and form and _saved(desk, request, form, kept):
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


def may_add_case(desk: UnitAdmin, request: HttpRequest, unit: Unit) -> bool:
    added: bool = request.user.has_perm("guide.add_safetycase")
    return added and desk.has_change_permission(request, unit)


def _answers(request: HttpRequest, flow: Flow, case: SafetyCase | None) -> Answers:
    """Return what was ticked, at whichever question; of codes there are none but the draft's."""
    if request.method == "POST":
        ticked = (
            code for question in flow.questions for code in request.POST.getlist(question.slug)
        )
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


def found(flow: Flow, live: Flow | None, answers: Answers) -> Found:
    """Return all that the panel says of some answers."""
    path = walk(flow, answers)
    result = assess(flow, path.kept)
    now = outcome(flow, path.kept)
    names = titles(Section, {one.section for one in result.pointers})
    cautions = titles(Caution, result.cautions, "name")
    return Found(
        level=how_soon(*now.how_soon),
        level_slug=result.level.slug,
        reasons=[
            (one.rule, how_soon(one.level, one.soon), plain(one.because, []))
            for one in result.reasons
        ],
        sections=[
            (names[one.section], one.points, str(one.fit), plain("; ".join(one.because), []))
            for one in result.pointers
        ],
        cautions=[cautions[slug] for slug in result.cautions],
        not_asked=[plain(question.label, []) for question in path.unanswered],
        dropped=[said(flow, option) for option in flow.in_order(answers - path.kept)],
        changes=_changes(flow, path.kept),
        differs=_differs(now, outcome(live, answers)) if live else [],
        is_live=live is not None,
    )


def _changes(flow: Flow, kept: Answers) -> list[tuple[str, list[str]]]:
    """Return each level that one answer would lead to, with these answers."""
    by_level: dict[str, list[str]] = {}
    for flip in flips(flow, kept):
        verb = "Give" if flip.given else "Take back"
        level = how_soon(*flip.outcome.how_soon)
        by_level.setdefault(level, []).append(f"{verb} {said(flow, flip.option)}")
    return list(by_level.items())


def _differs(now: Outcome, live: Outcome) -> list[str]:
    """Say what readers are told otherwise by the live edition."""
    found = []
    if live.how_soon != now.how_soon:
        found.append(f"How soon: {how_soon(*live.how_soon)}.")
    for model, field, word, mine, theirs in (
        (Section, "title", "section", now.sections, live.sections),
        (Caution, "name", "caution", now.cautions, live.cautions),
    ):
        found += _more(model, field, f"Readers also get the {word}", theirs - mine)
        found += _more(model, field, f"Readers do not get the {word}", mine - theirs)
    return found


def _more(model: Any, field: str, words: str, slugs: Collection[str]) -> list[str]:
    return [f"{words} “{name}”." for name in titles(model, sorted(slugs), field).values()]
