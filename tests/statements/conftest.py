from tests.payments import conftest as payments

land, payers = payments.land, payments.payers
