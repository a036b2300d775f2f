from __future__ import annotations

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from guide.sitemaps import SITEMAPS
from guide.views import (
    about,
    articles,
    changes,
    cramp,
    faqs,
    get_help,
    machines,
    my_routine,
    offline,
    questionnaires,
    questions,
    results,
    routines,
    rules,
    stretches,
)
from guide.views.page import read_only

urlpatterns = [
    path("", articles.home, name="home"),
    path("guide/", articles.index, name="index"),
    path("guide/<slug:slug>/", articles.article, name="article"),
    path("stretches/", stretches.library, name="library"),
    path("stretches/<slug:slug>/", stretches.stretch, name="stretch"),
    path("routines/", routines.routines, name="routines"),
    path("routines/<slug:slug>/", routines.routine, name="routine"),
    path("routine/", my_routine.my_routine, name="my_routine"),
    path("routine/stretches/", my_routine.stretch_sheets, name="stretch_sheets"),
    path("routine/evenings.ics", my_routine.six_weeks, name="six_weeks"),
    path("cramp/", cramp.cramp, name="cramp"),
    path("cramp/rest/", cramp.rest, name="rest"),
    path("cramp/card/", my_routine.bedside_card, name="bedside_card"),
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
    path("about/changes/", changes.changes, name="changes"),
    path("about/changes/feed/", changes.feed, name="changes_feed"),
    path("offline/", offline.offline, name="offline"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("healthz", machines.healthz, name="healthz"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", read_only(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path(".well-known/security.txt", machines.security, name="security"),
]
