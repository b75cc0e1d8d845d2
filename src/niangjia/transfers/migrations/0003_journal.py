"""Whoever sees a membership, a transfer or dues reads what the journal tells of them."""

from django.db import migrations

from niangjia.kernel.rls import journal_of


class Migration(migrations.Migration):
    dependencies = [
        ("transfers", "0002_guards"),
        ("dues", "0002_guards"),
        ("members", "0004_finding"),
        ("portal", "0001_journal_guards"),
    ]
    operations = [
        journal_of("members.membership", table="members_membership"),
        journal_of("transfers.transfer", table="transfers_transfer"),
        journal_of("dues.duesrecord", table="dues_duesrecord"),
    ]
