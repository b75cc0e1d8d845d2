"""What the roads are told when each is tried once, where they are tried, and which cannot be tried here."""

from datetime import timedelta

from tests.exchange import files
from tests.members.people import number_of
from tests.structure import (
    aid_rows,
    founding_rows,
    hardship_rows,
    members_rows,
    outreach_rows,
    payments_rows,
    sympathy_rows,
    visits_rows,
)

from niangjia.kernel import clock

WORDS = {
    "compose": {"child": "暗甲子新联合工会"},
    "move-organisation": {"parent": "暗甲子镇总工会"},
    "relate-organisation": {"guide": "暗甲子县总工会"},
    "cover-employer": {"union": "暗甲子新联合工会"},
    "enter-zone": {"employer": "暗甲子新厂"},
    "policy-end": {"until": "2099-01-01"},
    "appoint": {"relative": "no", "kind": "member"},
    "end-duty": {"until": str(clock.today() + timedelta(days=30))},
    "record-dues": {"month": "2017-04"},
    "ask-transfer": {"to_union": "暗甲子联合工会"},
    "enrol-member": {"beside": "", "since": "2018-08-01"},
    "give-supervised": {"to_unit": "暗甲子镇总工会", "due_on": str(clock.today() + timedelta(days=30))},
    "send-file": {"file": ("名册.csv", files.csv_of([("暗甲子新店", "", "企业", "6", "", "2018-08-01")]))},
    **founding_rows.WORDS,
    **hardship_rows.WORDS,
    **payments_rows.WORDS,
    **sympathy_rows.WORDS,
    "propose-restructure": {"kind": "merge", "sources": "暗甲子二联合会", "heir": "暗甲子联合会"},
    "add-share": {"heir": "暗甲子新联合工会"},
    "consult-members": {"present": "9", "votes_for": "8", "votes_against": "0"},
    "delegate": {
        "name": "受托人",
        "username": "spare-user",
        "until": str(clock.today() + timedelta(days=30)),
    },
}
JOINING = {
    "route-application": {"to": "暗甲子新联合工会"},
    "drive-code": {"expires_on": str(clock.today() + timedelta(days=30))},
    "stop-code": {"expires_on": str(clock.today() + timedelta(days=30))},
    "visit-stop": {"asked": "3"},
    "enter-application": {"number": number_of(399), "employer_told": "暗甲子新厂"},
}
WORDS |= JOINING | outreach_rows.WORDS | aid_rows.WORDS | visits_rows.WORDS
"""By the name of the road: what its form must be told beyond what stands and what fits by itself."""
SPARE = {
    "close-organisation": ("unit_id",),
    "move-organisation": ("unit_id",),
    "compose": ("federation",),
    "cover-employer": ("employer_id",),
    "leave-register": ("employer_id",),
    "leave-zone": ("zone_id", "covered"),
    "policy-withdraw": ("value_id",),
    "notice": ("token",),
    "object-to-notice": ("token",),
    "resolve-notice": ("closed_notice",),
    "ask-transfer": ("free_member",),
    "introduce-transfer": ("asked_transfer",),
    "decline-transfer": ("asked_transfer",),
    "resume-membership": ("kept_member",),
    "choose-union": ("beside_member",),
    "decide-request": ("request_id",),
    "erase-person": ("bare_person",),
    "accept-supervised": ("supervised_id",),
    "send-back-supervised": ("supervised_id",),
    **founding_rows.SPARE,
    **hardship_rows.SPARE,
    **payments_rows.SPARE,
    **sympathy_rows.SPARE,
    "approve-restructure": ("consulted_plan",),
    "send-back-restructure": ("consulted_plan",),
    "reject-restructure": ("consulted_plan",),
    "resubmit-restructure": ("returned_plan",),
    "audit-restructure": ("approved_plan",),
    "revoke-restructure": ("approved_plan",),
    "execute-restructure": ("audited_plan",),
    "close-restructure": ("executed_plan",),
    "undo-restructure": ("executed_plan",),
    "restructure-paper": ("audited_plan", "paper_name"),
    "decide-duplicate": ("waiting_case",),
    "propose-split": ("merged_case",),
}
"""By the name of the road: the objects it is tried at, where not any will do."""
SPARE |= {
    "approve-application": ("fresh_application",),
    "affiliate-application": ("elsewhere_application",),
    "hand-over-application": ("elsewhere_application",),
    "overturn-application": ("appealed_application",),
    "uphold-application": ("appealed_application",),
    "application-paper": ("approved_application",),
    "join-mine": ("fresh_receipt",),
    "join-answer": ("returned_receipt",),
    "join-withdraw": ("fresh_receipt",),
    "join-appeal": ("refused_receipt",),
}
SPARE |= outreach_rows.SPARE | aid_rows.SPARE | visits_rows.SPARE
PLANS = ("consulted_plan", "returned_plan", "approved_plan", "audited_plan", "executed_plan")
AS = {
    "bare_person": "person_id",
    "federation": "unit_id",
    "covered": "employer_id",
    "closed_notice": "notice_id",
}
AS |= members_rows.AS | founding_rows.AS | outreach_rows.AS | hardship_rows.AS
AS |= visits_rows.AS | sympathy_rows.AS | payments_rows.AS | aid_rows.AS
AS |= dict.fromkeys(PLANS, "restructure_id")
AS |= {"waiting_case": "case_id", "merged_case": "case_id"}
AS |= {
    name: "application_id" if name.endswith("_application") else "token"
    for names in SPARE.values()
    for name in names
    if name.endswith(("_application", "_receipt"))
}
RENEWING = {"act-as", "choose-post"}
"""They renew the session: a copy that comes later with the dead one is led to the log-in."""
CONTROL = "give-supervised"
EXEMPT = {
    "join-code": "leads on to the first question and changes nothing",
    "join-union": "leads on to the first question and changes nothing",
    "join-follow": "leads on to the page of a receipt and changes nothing",
    "join-who": "keeps what was told in the visitor's own cookie and changes nothing",
    "join-work": "keeps what was told in the visitor's own cookie and changes nothing",
    "join-check": "needs what was told before, in a cookie; tests/welcome hands it in twice",
    "mfa_activate_totp": "django-allauth's page: what it binds is bound once",
    "mfa_authenticate": "django-allauth's page: each code of the second factor is taken once",
    "my-transfer": "one transfer at a time: the acting member has one open; tests/transfers asks twice",
    "check-card": "reads a card's code and changes nothing",
    "styleguide": "open to developers only",
    **payments_rows.EXEMPT,
    **hardship_rows.EXEMPT,
    **sympathy_rows.EXEMPT,
    "establishment-paper": "gives a file out and changes nothing",
    "paper-word": "gives a file out and changes nothing",
    "attachment-small": "gives a file out and changes nothing",
    "my-copy": "gives a file out; that it was taken is journalled each time, as it should be",
    "import-template": "gives a file out and changes nothing",
    "import-errors": "gives a file out and changes nothing",
    "fetch-list": "gives a file out; each fetching is journalled, as it should be",
    **dict.fromkeys(
        ("organisation-line", "employer-line", "zone-line", "facility-line"),
        "a line of the journal is only read",
    ),
    **dict.fromkeys(("journal-line-proof", "journal-head", "journal-head-proof"), "a proof is only read"),
    "undo-import": "needs a batch that was entered; tests/exchange takes one back",
    "take-back": "needs a step taken a moment ago; tests/tasks shows that it is taken back once",
    "report-duplicate": "needs two members' cards; tests/matching reports one pair twice",
    "attach": "its record stands in the address; tests/papers sends the same file twice",
}
EXEMPT |= outreach_rows.EXEMPT | aid_rows.EXEMPT | visits_rows.EXEMPT
"""Roads that cannot be tried here, each with its reason."""
