"""HiGHS without a word on standard output, on one thread, so that the same program has the same answer."""

import highspy


class QuietHighs(highspy.Highs):
    """HiGHS greets on standard output when its callbacks are prepared; here they aren't, and silence comes first."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)
        self.setOptionValue("threads", 1)
