from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Double-entry money: books, accounts, restricted funds, entries in whole fen; append-only."""

    name = "niangjia.ledger"
    label = "ledger"
    verbose_name = "账务"
