"""The names of the pages about books."""

from niangjia.kernel.words import say

MONEY, VOUCHERS = say("账簿与资金"), say("手工凭证")
