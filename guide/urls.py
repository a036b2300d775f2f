from __future__ import annotations

from django.urls import path

from guide.views import (
    about,
    articles,
    faqs,
    get_help,
    machines,
    offline,
    questionnaires,
    questions,
    results,
    routines,
    rules,
    stretches,
)

urlpatterns = [
    path("", articles.home, name="home"),
    path("guide/", articles.index, name="index"),
    path("guide/<slug:slug>/", articles.article, name="article"),
    path("stretches/", stretches.library, name="library"),
    path("stretches/<slug:slug>/", stretches.stretch, name="stretch"),
    path("routines/", routines.routines, name="routines"),
    path("routines/<slug:slug>/", routines.routine, name="routine"),
    path("cramp/", stretches.cramp, name="cramp"),
    path("faq/", faqs.questions, name="faq"),
    path("help/", get_help.get_help, name="help"),
    path("check/", questionnaires.index, name="checks"),
    path("check/clear/", questionnaires.clear, name="check_clear"),
    path("check/rules/", rules.rules, name="rules"),
    path("check/<slug:slug>/", questionnaires.start, name="check"),
    path("check/<slug:slug>/q/<slug:name>/", questions.question, name="check_question"),
    path("check/<slug:slug>/answers/", questionnaires.check_answers, name="check_answers"),
    path("check/<slug:slug>/result/", results.result, name="check_result"),
    path("check/<slug:slug>/summary/", results.summary, name="check_summary"),
    path("about/", about.about, name="about"),
    path("about/how-we-write/", about.how_we_write, name="how_we_write"),
    path("about/sources/", about.sources, name="sources"),
    path("about/privacy/", about.privacy, name="privacy"),
    path("about/accessibility/", about.accessibility, name="accessibility"),
    path("offline/", offline.offline, name="offline"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("healthz", machines.healthz, name="healthz"),
]
