"""Forms of the office faces of visits."""

from niangjia.visiting.forms.office import FilterForm, ReasonForm, TakeForm
from niangjia.visiting.forms.online import NewVisitForm

__all__ = ["FilterForm", "NewVisitForm", "ReasonForm", "TakeForm"]
