"""Which apps stand at which port: what floors above hand to floors below, told by name (house.md 1)."""

NIANGJIA_ACTOR_LOADER = "niangjia.accounts.queries.actor_of"
NIANGJIA_GRANTS = "niangjia.project.grants.ALL"
NIANGJIA_ENDED_UNIONS = "niangjia.restructuring.queries.ended_paths"
NIANGJIA_COUNTIES = "niangjia.people.queries.counties_of"
NIANGJIA_POLICIES = "niangjia.policies.queries.value_in_force"
NIANGJIA_KEEPING_DUTIES: list[str] = ["niangjia.payments.queries.duties_of"]
NIANGJIA_ALIKE = "niangjia.matching.queries.look_alikes"
NIANGJIA_MERGE_PARTIES: dict[str, str] = {
    "accounts": "niangjia.accounts.actions.merging.MERGE_PARTY",
    "members": "niangjia.members.actions.merging.MERGE_PARTY",
    "dues": "niangjia.dues.actions.MERGE_PARTY",
    "transfers": "niangjia.transfers.actions.merging.MERGE_PARTY",
    "households": "niangjia.households.actions.MERGE_PARTY",
    "campaigns": "niangjia.campaigns.actions.MERGE_PARTY",
    "aid": "niangjia.aid.actions.MERGE_PARTY",
    "visits": "niangjia.visits.actions.MERGE_PARTY",
    "means": "niangjia.means.actions.MERGE_PARTY",
    "hardship": "niangjia.hardship.actions.MERGE_PARTY",
    "sympathy": "niangjia.sympathy.actions.MERGE_PARTY",
    "handouts": "niangjia.handouts.actions.MERGE_PARTY",
}
NIANGJIA_NAVIGATION = "niangjia.portal.queries.navigation_for"
NIANGJIA_HEADER = "niangjia.tasks.queries.header_of"
NIANGJIA_TODO_SOURCES = [
    "niangjia.bodies.queries.terms_to_do",
    "niangjia.books.queries.vouchers.vouchers_to_do",
]
NIANGJIA_TASK_KINDS = [
    "niangjia.tasks.rules.TASK_KINDS",
    "niangjia.supervision.rules.TASK_KINDS",
    "niangjia.bodies.rules.TASK_KINDS",
    "niangjia.transfers.rules.TASK_KINDS",
    "niangjia.founding.rules.TASK_KINDS",
    "niangjia.restructuring.rules.TASK_KINDS",
    "niangjia.matching.rules.TASK_KINDS",
    "niangjia.joining.rules.TASK_KINDS",
    "niangjia.drives.rules.TASK_KINDS",
    "niangjia.campaigns.rules.TASK_KINDS",
    "niangjia.aid.rules.TASK_KINDS",
    "niangjia.sympathy.rules.TASK_KINDS",
    "niangjia.handouts.rules.TASK_KINDS",
    "niangjia.payments.rules.TASK_KINDS",
    "niangjia.means.rules.TASK_KINDS",
    "niangjia.hardship.rules.TASK_KINDS",
    "niangjia.visits.rules.TASK_KINDS",
    "niangjia.phones.rules.TASK_KINDS",
    "niangjia.books.rules.TASK_KINDS",
]
NIANGJIA_MESSAGE_KINDS = [
    "niangjia.tasks.rules.MESSAGE_KINDS",
    "niangjia.supervision.rules.MESSAGE_KINDS",
    "niangjia.transfers.rules.MESSAGE_KINDS",
    "niangjia.bodies.rules.MESSAGE_KINDS",
    "niangjia.founding.rules.MESSAGE_KINDS",
    "niangjia.restructuring.rules.MESSAGE_KINDS",
    "niangjia.joining.rules.MESSAGE_KINDS",
    "niangjia.campaigns.rules.MESSAGE_KINDS",
    "niangjia.aid.rules.MESSAGE_KINDS",
    "niangjia.hardship.rules.MESSAGE_KINDS",
    "niangjia.sympathy.rules.MESSAGE_KINDS",
]
NIANGJIA_PAYMENT_FOLLOWERS: dict[str, str] = {
    "aid.application": "niangjia.aid.actions.follow_payment",
    "sympathy.visit": "niangjia.sympathy.actions.follow_money",
    "handouts.row": "niangjia.handouts.actions.follow_money",
}
NIANGJIA_UNDOS = {
    "tasks.finish": "niangjia.tasks.actions.reopen_finished",
    "supervision.reply": "niangjia.supervision.actions.take_back_reply",
    "founding.decided": "niangjia.founding.actions.take_back_decision",
    "bodies.leave_zone": "niangjia.bodies.actions.return_to_zone",
}
NIANGJIA_API_ROUTERS: list[tuple[str, str]] = [
    ("", "niangjia.accounts.api.router"),
    ("/divisions", "niangjia.tree.api.router"),
    ("/policies", "niangjia.policies.api.router"),
    ("/network", "niangjia.register.api.router"),
    ("/founding", "niangjia.establishments.api.router"),
    ("/restructures", "niangjia.reshaping.api.router"),
    ("/aid", "niangjia.relief.api.router"),
]
NIANGJIA_EXCHANGES: list[str] = [
    "niangjia.rosters.actions.EMPLOYERS",
    "niangjia.register.views.leaving.ORGANISATIONS",
    "niangjia.register.views.leaving.EMPLOYERS",
    "niangjia.enrolment.actions.intake.MEMBERS",
    "niangjia.campaigns.actions.intake.TARGETS",
    "niangjia.enrolment.views.leaving.MEMBERS",
    "niangjia.enrolment.views.leaving.NATIONAL",
    "niangjia.enrolment.views.leaving.YEAR",
    "niangjia.means.actions.CHECK_FILE",
    "niangjia.means.actions.ANSWER_FILE",
    "niangjia.dossiers.views.leaving.NATIONAL",
    "niangjia.relief.views.leaving.APPLICATIONS",
    "niangjia.relief.views.leaving.NATIONAL",
]
NIANGJIA_RESTRUCTURE_PARTIES: list[str] = [
    "niangjia.restructuring.actions.parties.REGISTER",
    "niangjia.restructuring.actions.parties.BODIES",
    "niangjia.restructuring.actions.parties.POSTS",
    "niangjia.restructuring.actions.parties.DESKS",
    "niangjia.restructuring.actions.money.MONEY",
    "niangjia.joining.actions.APPLICATIONS",
    "niangjia.transfers.actions.TRANSFERS",
    "niangjia.households.actions.HOUSEHOLDS",
    "niangjia.campaigns.actions.CAMPAIGNS",
    "niangjia.aid.actions.APPLICATIONS",
    "niangjia.visits.actions.VISITS",
    "niangjia.phones.actions.PHONES",
    "niangjia.hardship.actions.FILES",
    "niangjia.sympathy.actions.SYMPATHY",
    "niangjia.handouts.actions.HANDOUTS",
    "niangjia.members.actions.MEMBERS",
]
NIANGJIA_VISIT_FOLLOWERS: list[str] = ["niangjia.aid.actions.file_at_the_door"]
"""Apps above that take up what a family asked for at the door, as `visits.actions.Follower` says."""
NIANGJIA_VISIT_HEARERS: list[str] = [
    "niangjia.hardship.actions.on_visit",
    "niangjia.aid.actions.hear_of_visit",
]
"""Apps above that go on with what waited for a visit, as `visits.actions.Hearer` says."""
NIANGJIA_MEANS_HEARERS: list[str] = ["niangjia.hardship.actions.on_check"]
"""Apps above that go on with what waited for an economic check, as `means.actions.Hearer` says."""
NIANGJIA_HANDOVER_ROWS = "niangjia.members.queries.handover_rows"
NIANGJIA_ORGANISATION_PANELS: list[str] = [
    "niangjia.roll.views.panel.organisation_panel",
    "niangjia.vitality.queries.organisation_panel",
    "niangjia.establishments.queries.organisation_panel",
    "niangjia.reshaping.queries.panel_of",
    "niangjia.joining.queries.panel_of",
    "niangjia.welcome.queries.panel_of",
    "niangjia.drives.queries.panel_of",
    "niangjia.hearth.queries.panel_of",
    "niangjia.outreach.queries.panel_of",
    "niangjia.casework.queries.organisation_panel",
    "niangjia.comfort.queries.organisation_panel",
]
NIANGJIA_HOUSEHOLD_PANELS: list[str] = [
    "niangjia.visiting.queries.household_panel",
    "niangjia.dossiers.queries.household_panel",
    "niangjia.relief.queries.household_panel",
]
NIANGJIA_TARGET_PANELS: list[str] = ["niangjia.visiting.queries.target_panel"]
NIANGJIA_CAMPAIGN_PANELS: list[str] = ["niangjia.relief.queries.campaign_panel"]
NIANGJIA_FACT_SOURCES: dict[str, str] = {}
NIANGJIA_EMPLOYER_PANELS: list[str] = ["niangjia.establishments.queries.employer_panel"]
NIANGJIA_PAPERS: list[str] = [
    "niangjia.register.rules.PAPERS",
    "niangjia.transfers.rules.PAPERS",
    "niangjia.founding.rules.PAPERS",
    "niangjia.reshaping.rules.PAPERS",
    "niangjia.welcome.rules.PAPERS",
    "niangjia.eligibility.rules.PAPERS",
    "niangjia.means.rules.PAPERS",
    "niangjia.dossiers.rules.PAPERS",
    "niangjia.relief.rules.PAPERS",
    "niangjia.visits.rules.PAPERS",
    "niangjia.hearth.rules.PAPERS",
    "niangjia.sympathy.rules.PAPERS",
    "niangjia.handouts.rules.PAPERS",
]
NIANGJIA_SUBJECTS: dict[str, str] = {
    "network.organisation": "niangjia.register.queries.organisation_subject",
    "transfers.transfer": "niangjia.transfers.queries.transfer_subject",
    "founding.union_establishment": "niangjia.establishments.queries.establishment_subject",
    "restructuring.restructure": "niangjia.restructuring.queries.restructure_subject",
    "joining.membership_application": "niangjia.joining.queries.application_subject",
    "aid.application": "niangjia.casework.queries.application_subject",
    "aid.round": "niangjia.casework.queries.round_subject",
    "visits.home_visit": "niangjia.visits.queries.visit_subject",
    "hardship.needy_worker_file": "niangjia.dossiers.queries.file_subject",
    "households.household": "niangjia.hearth.queries.household_subject",
    "notices.notice": "niangjia.project.subjects.notice_subject",
    "sympathy.visit": "niangjia.sympathy.queries.visit_subject",
    "handouts.batch": "niangjia.handouts.queries.batch_subject",
    "handouts.row": "niangjia.handouts.queries.row_subject",
    "payments.payment_order": "niangjia.payments.queries.order_subject",
    "ledger.entry": "niangjia.books.queries.entry.entry_subject",
}
PROCRASTINATE_IMPORT_PATHS = [
    "niangjia.people.jobs",
    "niangjia.kernel.sweeping",
    "niangjia.kernel.journal.jobs",
    "niangjia.tree.jobs",
    "niangjia.messaging.jobs",
    "niangjia.tasks.jobs",
    "niangjia.network.jobs",
    "niangjia.members.jobs",
    "niangjia.bodies.jobs",
    "niangjia.matching.jobs",
    "niangjia.notices.jobs",
    "niangjia.exchange.jobs",
    "niangjia.restructuring.jobs",
    "niangjia.hardship.jobs",
]
