"""Why money is not paid yet: the sentences with which the database itself refuses (R-AID-13). Pure."""

from niangjia.kernel.words import say

NOT_MADE = say("慰问还没有登记，不能付款。请先登记这次慰问。")
NOT_RECEIVED = say("这次慰问还没有签收，不能付款。请先补办签收。")
OTHER_PAYEE = say("慰问金只能付给名单上的本人。请核对收款人。")
OTHER_SUM = say("支付金额和登记的慰问金不一致。请核对。")
ABOVE_CAP = say("慰问金超过了当时的上限，不能付款。请退回重新登记。")
OWN_HANDS = say("登记慰问的同志不能经手这笔付款。请由其他同志办理。")
