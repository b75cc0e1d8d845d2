"""Parties that do not carry: one refuses, one breaks, one is killed."""

import os
import signal

from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say


class Refusing:
    label = say("会员")

    def check(self, *, plan, today):
        return ()

    def carry(self, *, plan, by, at):
        raise Refused(say("会员还没有全部划转。"))

    def undo(self, *, plan, facts, by, at):
        return None


class Breaking(Refusing):
    def carry(self, *, plan, by, at):
        return {"never": 1 // 0}


class Killing(Refusing):
    def carry(self, *, plan, by, at):
        os.kill(os.getpid(), signal.SIGKILL)


REFUSING, BREAKING, KILLING = Refusing(), Breaking(), Killing()
