"""Roads to the faces of tasks."""

from django.urls import URLPattern, path

from niangjia.tasks.views import duties, tasks

TASK = "tasks/<number:task_id>/"

urlpatterns: list[URLPattern] = [
    path(TASK, tasks.task, name="task"),
    path(f"{TASK}finish/", tasks.finish, name="finish-task"),
    path(f"{TASK}hand-over/", tasks.hand_over, name="hand-over-task"),
    path("steps/<number:undo_id>/take-back/", tasks.take_back, name="take-back"),
    path("duties/", duties.duties, name="duties"),
    path("duties/new/", duties.start, name="start-duty"),
    path("duties/<number:duty_id>/end/", duties.end, name="end-duty"),
]
