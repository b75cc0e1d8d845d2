"""What is wrong with the machine or the set-up, said in both languages with the next step."""


class Trouble(Exception):  # noqa: N818 - it reads as a sentence: "raise Trouble(...)"
    """The machine, not the user's data, stands in the way; the command line ends with code 4.

    >>> str(Trouble(zh="磁盘已满。", en="The disk is full."))
    '磁盘已满。\\nThe disk is full.'
    """

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.zh = zh
        self.en = en
