"""The queue: what waits for a check, and what came of everything that was submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guide.admin.kinds import KindFilter, kind_words, kinds_seen
from guide.admin.read_only import ReadOnlyAdmin
from guide.models import UNIT_BY_KIND, Moved, Submission, Verdict

if TYPE_CHECKING:
    from django.db.models import QuerySet


WAITING = "waiting"


class OutcomeFilter(admin.SimpleListFilter):
    """What waits is shown at first; the rest on demand."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("all", "All"), *((value, str(label)) for value, label in Verdict.Outcome.choices)]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": "Waiting for a check"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case None:
                return queryset.filter(verdict=None)
            case "all":
                return queryset
            case outcome:
                return queryset.filter(verdict__outcome=outcome)


class WhoseFilter(admin.SimpleListFilter):
    title = "who submitted"
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", "I did"), ("others", "Somebody else")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "mine":
                return queryset.filter(by=request.user)
            case "others":
                return queryset.exclude(by=request.user)
        return queryset


class ProofKindFilter(KindFilter):
    field = "proof__kind"


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "submitted", "who", "note", "state")
    list_filter = (OutcomeFilter, WhoseFilter, ProofKindFilter)
    list_select_related = ("proof", "verdict")
    search_fields = ("proof__title", "proof__slug", "proof__note", "proof__who")
    ordering = ("pk",)
    list_per_page = 50
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        seen = super().get_queryset(request).filter(proof__kind__in=kinds_seen(request))
        return seen.defer("proof__rows", "proof__card")

    @admin.display(description="what", ordering="proof__title")
    def title(self, submission: Submission) -> str:
        return submission.proof.title

    @admin.display(description="kind", ordering="proof__kind")
    def kind(self, submission: Submission) -> str:
        return kind_words(submission.proof.kind)

    @admin.display(description="submitted", ordering="proof__at")
    def submitted(self, submission: Submission) -> Any:
        return submission.proof.at

    @admin.display(description="by", ordering="proof__who")
    def who(self, submission: Submission) -> str:
        return submission.proof.who

    @admin.display(description="note")
    def note(self, submission: Submission) -> str:
        return submission.proof.note

    @admin.display(description="state", ordering="verdict__outcome")
    def state(self, submission: Submission) -> str:
        verdict: Verdict | None = getattr(submission, "verdict", None)
        if verdict is None:
            return "Waiting for a check"
        said = f": {verdict.note}" if verdict.outcome == Verdict.Outcome.SENT_BACK else ""
        return f"{verdict.get_outcome_display()} by {verdict.who}{said}"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Say what the list is for: nothing in it is changed."""
        title = {"title": "What to check, and what came of it"}
        return super().changelist_view(request, {**(extra_context or {}), **title})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A submission is read where it is checked, or where its editions are."""
        submission = self.get_object(request, object_id)
        if submission is None or not self.has_view_permission(request, submission):
            return super().change_view(request, object_id, form_url, extra_context)
        proof = submission.proof
        page = "editions" if hasattr(submission, "verdict") else "review"
        slug = Moved.objects.names().get((proof.kind, proof.slug), proof.slug)
        unit = UNIT_BY_KIND[proof.kind].objects.filter(slug=slug).first()
        if unit is None:
            return HttpResponseRedirect(reverse("admin:guide_edition_change", args=[proof.pk]))
        name = f"admin:guide_{unit._meta.model_name}_{page}"
        return HttpResponseRedirect(reverse(name, args=[unit.pk]))
