"""The steps of a file, each one face: the button names its consequence (domain.md §2.4)."""

from niangjia.dossiers import actions as dossiers
from niangjia.dossiers import forms
from niangjia.dossiers.views.around import today_first
from niangjia.hardship import actions
from niangjia.hardship.permissions import Word
from niangjia.kernel.faces import Face
from niangjia.kernel.words import say

FACES: tuple[Face, ...] = (
    Face(
        "first-review-file", "first-review", Word.FIRST, actions.first_review, forms.WordsForm,
        say("初审"), say("初审通过，报镇街走访"), say("已初审通过，镇街的工作台上已经能看到。"),
    ),
    Face(
        "take-up-visit", "visit", Word.REVIEW, actions.take_up_visit, forms.VersionForm,
        say("确认已走访"), say("确认已走访，报县级送核"), say("已确认走访。"),
        words=say("两名干部核实过的走访会自动确认，一般不用手工办。"),
    ),
    Face(
        "ask-file-check", "check", Word.CHECK, actions.ask_check, forms.VersionForm,
        say("提请家庭经济状况核对"), say("提请核对，列入待送名单"),
        say("已列入待送名单。"),
    ),
    Face(
        "town-review-file", "town-review", Word.REVIEW, actions.town_review, forms.TownForm,
        say("镇街审核"), say("审核通过，接着公示"), say("已审核通过，请安排公示。"),
        words=say("认定结果和依据会随这一步存下来。核对结果与申报不一致的，请在意见里写明核实情况。"),
    ),
    Face(
        "open-file-notice", "notice", Word.REVIEW, actions.open_notice, forms.NoticeForm,
        say("安排公示"), say("开始公示"), say("公示已安排，期满后由县级批准。"),
        words=say("只公示姓氏、所在工会和困难类别；公示期按政策自动计算。"), initial=today_first,
    ),
    Face(
        "review-file-again", "again", Word.REVIEW, actions.review_again, forms.ReasonForm,
        say("因异议重新审核"), say("撤下公示，重新审核"), say("已转为重新审核。"),
    ),
    Face(
        "approve-file", "approve", Word.APPROVE, actions.approve_file, forms.WordsForm,
        say("批准建档"), say("批准这一户建档"), say("已批准建档。"),
        final=say("批准后这一户就是在册的困难职工家庭，可以办理帮扶。批准不能撤回，情况有变化要走脱困或注销。"),
    ),
    Face(
        "send-file-down", "send-down", Word.APPROVE, actions.send_down, forms.ReasonForm,
        say("退回镇街重审"), say("退回镇街重新审核"), say("已退回镇街。"),
    ),
    Face(
        "enter-file", "enter", Word.REVIEW, dossiers.enter_file, forms.VersionForm,
        say("建档入库"), say("建档入库，打印档案表"), say("档案已生效，档案表已生成，请交一份给家庭。"),
    ),
    Face(
        "send-back-file", "return", Word.STATUS, actions.send_back, forms.ReasonForm,
        say("退回补正"), say("退回，请补正"), say("已退回，职工会看到要补什么。"),
    ),
    Face(
        "reject-file", "reject", Word.STATUS, actions.reject_file, forms.ReasonForm,
        say("不予建档"), say("不予建档，结束这次申请"), say("已办结，职工已收到理由和申诉期限。"),
        final=say("不予建档后这次申请就结束了；职工会读到理由，可以申诉一次。"),
    ),
    Face(
        "drop-lead", "drop", Word.FIRST, actions.drop_lead, forms.ReasonForm,
        say("线索不成立"), say("结束这条线索"), say("线索已结束。"),
    ),
    Face(
        "end-temporary-file", "temporary-end", Word.REVIEW, actions.end_temporary, forms.EndTemporaryForm,
        say("办理临时档案"), say("提交"), say("临时档案已办理。"),
    ),
    Face(
        "start-file-review", "review-start", Word.REVIEW, actions.start_review, forms.VersionForm,
        say("开始复核"), say("开始复核这份档案"), say("已开始复核。"),
    ),
    Face(
        "say-file-review", "review-opinion", Word.FIRST, actions.say_review, forms.OpinionForm,
        say("提出复核意见"), say("提交复核意见"), say("复核意见已提交。"),
    ),
    Face(
        "finish-file-review", "review", Word.REVIEW, dossiers.finish_review, forms.WordsForm,
        say("完成复核"), say("完成复核，打印复核表"), say("复核已完成，复核表已生成。"),
        words=say("按现在的资料重新认定：类别不变的继续在档，变化的变更类别；不再符合条件的请办理脱困。"),
    ),
    Face(
        "propose-file-end", "end", Word.REVIEW, actions.propose_end, forms.EndForm,
        say("提出脱困或注销"), say("提出，请县级确认"), say("已提出，等待确认。"),
    ),
    Face(
        "confirm-file-end", "end-confirm", Word.APPROVE, dossiers.confirm_end, forms.WordsForm,
        say("确认脱困或注销"), say("确认，结束这份档案"), say("档案已结束，脱困（注销）表已生成。"),
        final=say("确认后这份档案就结束了；这一户再有困难，可以用原编号重新申请。"),
    ),
    Face(
        "refuse-file-end", "end-refuse", Word.APPROVE, actions.refuse_end, forms.ReasonForm,
        say("不同意脱困或注销"), say("不同意，档案继续有效"), say("已退回镇街，档案继续有效。"),
    ),
    Face(
        "withdraw-file", "withdraw", Word.APPLY, actions.withdraw_file, forms.ReasonForm,
        say("撤回申请"), say("撤回这次申请"), say("申请已撤回。"),
        final=say("撤回后这次申请就结束了；以后可以重新申请。"),
    ),
    Face(
        "appeal-file", "appeal", Word.APPLY, actions.appeal, forms.AppealForm,
        say("提出申诉"), say("提交申诉"), say("申诉已提交，由上一级工会答复。"),
        words=say("可以申诉一次，由作出决定的工会的上一级答复。"),
    ),
    Face(
        "decide-file-appeal", "appeal-answer", Word.APPROVE, actions.decide_appeal, forms.AnswerAppealForm,
        say("答复申诉"), say("提交答复"), say("申诉已答复，职工已收到。"),
    ),
    Face(
        "declare-relative", "relative", Word.READ, actions.declare_relative, forms.VersionForm,
        say("声明回避"), say("我是这位职工的亲属，请转给别人办"), say("已登记回避，这份档案会转给别的同志。"),
    ),
)  # fmt: skip
