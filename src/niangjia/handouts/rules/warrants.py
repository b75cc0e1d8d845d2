"""Why money of a batch is not paid yet: the sentences with which the database itself refuses. Pure."""

from niangjia.kernel.words import say

NOT_APPROVED = say("这一批慰问还没有批准，不能付款。请先由主席批准。")
NOT_MEANT = say("这位职工已登记为不再发，不能付款。")
OTHER_PAYEE = say("慰问金只能付给名册上的本人。请核对收款人。")
OTHER_SUM = say("支付金额和批准的每人慰问金不一致。请核对。")
ABOVE_CAP = say("慰问金超过了当时的上限，不能付款。")
OWN_HANDS = say("批准这一批的同志不能经手付款。请由其他同志办理。")
