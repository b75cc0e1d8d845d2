"""Rows are read in the scope of their union; who is known by his own record reads his own application.

What a stranger may do without a scope (apply, follow) the actions do after they asked for a signed code, a
public union or a receipt code.
"""

from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, journal_of


class Migration(migrations.Migration):
    dependencies = [("joining", "0001_begins"), ("tree", "0002_guards"), ("kernel", "0020_keys_of_persons")]
    operations = [
        copied_path("joining_joinqr", column="unit_id"),
        copied_path("joining_membershipapplication", column="union_id"),
        guard("joining_joinqr"),
        guard("joining_membershipapplication", own="person_id"),
        journal_of("joining.join_qr", table="joining_joinqr"),
        journal_of("joining.membership_application", table="joining_membershipapplication"),
    ]
