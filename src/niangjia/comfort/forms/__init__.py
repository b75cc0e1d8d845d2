"""The shape of what officers type about sympathy visits and batches."""

from niangjia.comfort.forms.batches import (
    AddForm,
    BatchFilterForm,
    BookForm,
    CardForm,
    CloseForm,
    EditForm,
    FindForm,
    GiveForm,
    HeadsForm,
    NewForm,
)
from niangjia.comfort.forms.common import NothingForm, ReasonForm, VersionForm, WhyForm
from niangjia.comfort.forms.settling import FundForm, MoneyForm
from niangjia.comfort.forms.visits import FilterForm, PlanForm, ReceiptForm, RecordForm, ReportForm

__all__ = [
    "AddForm",
    "BatchFilterForm",
    "BookForm",
    "CardForm",
    "CloseForm",
    "EditForm",
    "FilterForm",
    "FindForm",
    "FundForm",
    "GiveForm",
    "HeadsForm",
    "MoneyForm",
    "NewForm",
    "NothingForm",
    "PlanForm",
    "ReasonForm",
    "ReceiptForm",
    "RecordForm",
    "ReportForm",
    "VersionForm",
    "WhyForm",
]
