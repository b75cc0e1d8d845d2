"""Roads to the faces of campaigns."""

from django.urls import URLPattern, path

from niangjia.outreach.views import campaigns, own, targets

CAMPAIGN = "campaigns/<number:campaign_id>/"
TARGET = "targets/<number:target_id>/"

urlpatterns: list[URLPattern] = [
    path("me/leads/", own.my_leads, name="my-leads"),
    path("me/leads/new/", own.raise_lead, name="raise-lead"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.arrange, name="arrange-campaign"),
    path(CAMPAIGN, campaigns.campaign, name="campaign"),
    path(f"{CAMPAIGN}targets/", targets.targets, name="targets"),
    path(f"{CAMPAIGN}plan/", targets.plan_many, name="plan-visits"),
    path(f"{CAMPAIGN}completeness/", campaigns.completeness, name="campaign-completeness"),
    path(f"{CAMPAIGN}draw/", campaigns.draw, name="draw-targets"),
    path(f"{CAMPAIGN}begin/", campaigns.begin, name="begin-campaign"),
    path(f"{CAMPAIGN}close/", campaigns.close, name="close-campaign"),
    path(f"{CAMPAIGN}reopen/", campaigns.reopen, name="reopen-campaign"),
    path(f"{CAMPAIGN}archive/", campaigns.archive, name="archive-campaign"),
    path(f"{CAMPAIGN}cancel/", campaigns.cancel, name="cancel-campaign"),
    path("targets/today/", targets.today, name="visits-today"),
    path("targets/route/", targets.route, name="visits-route"),
    path(TARGET, targets.target, name="target"),
    path(f"{TARGET}plan/", targets.plan, name="plan-visit"),
    path(f"{TARGET}settle/", targets.settle, name="settle-target"),
    path(f"{TARGET}reopen/", targets.reopen, name="reopen-target"),
    path("leads/", targets.leads, name="leads"),
    path("leads/new/", targets.report, name="report-lead"),
]
