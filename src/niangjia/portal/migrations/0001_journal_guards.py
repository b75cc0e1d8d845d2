from django.db import migrations

from niangjia.kernel.rls import journal_of

KINDS = (
    ("tree.unit", "tree_unit"),
    ("policies.local_value", "policies_localvalue"),
    ("accounts.post", "accounts_post"),
    ("papers.paper", "papers_paper"),
    ("papers.attachment", "papers_attachment"),
    ("exchange.batch", "exchange_batch"),
    ("exchange.leaving", "exchange_leaving"),
    ("tasks.task", "tasks_task"),
    ("tasks.duty_start", "tasks_dutystart"),
    ("supervision.supervised_task", "supervision_supervisedtask"),
    ("people.revealalarm", "people_revealalarm"),
    ("network.employer", "network_employer"),
    ("bodies.facility", "bodies_facility"),
    ("bodies.zone", "bodies_zone"),
)


class Migration(migrations.Migration):
    """Whoever sees a record reads what the journal tells of it; the portal knows every kind."""

    initial = True
    dependencies = [
        ("kernel", "0010_journal_proves_itself"),
        ("tree", "0003_journal_guard"),
        ("policies", "0002_guards"),
        ("accounts", "0002_guards"),
        ("people", "0005_rights_of_persons"),
        ("papers", "0002_guards"),
        ("exchange", "0002_guards"),
        ("tasks", "0002_guards"),
        ("supervision", "0002_guards"),
        ("network", "0002_guards"),
        ("bodies", "0002_guards"),
    ]
    operations = [
        *(journal_of(kind, table=table) for kind, table in KINDS),
        journal_of("network.organisation", table="network_organisation", key="unit_id"),
        journal_of("people.person", table="people_person", own=True),
    ]
