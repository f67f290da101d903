"""HiGHS without a word on standard output, on one thread, so that the same program has the same answer."""

import highspy

Status = highspy.HighsModelStatus

CLEAR = (Status.kOptimal, Status.kInfeasible, Status.kUnbounded, Status.kUnboundedOrInfeasible)
"""Answers that say something about the program; others say that the solver failed or a limit was reached."""
OTHER_WAYS: tuple[dict[str, str | int], ...] = (
    {},
    {"presolve": "off"},
    {"presolve": "off", "solver": "simplex", "simplex_strategy": 4},
    {"presolve": "on", "solver": "ipm"},
)
"""How a program is tried again: afresh, as it stands, by the primal simplex, by an interior point."""


class QuietHighs(highspy.Highs):
    """HiGHS greets on standard output when its callbacks are prepared; here they aren't, and silence comes first."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)
        self.setOptionValue("threads", 1)

    def answer(self, expected: tuple[Status, ...] = CLEAR) -> Status:
        """Run, and run in other ways as long as the answer is none of those expected; the last answer.

        A search that a limit ended with a solution in hand has answered too (`has_point`).
        """
        self.run()
        status = self.getModelStatus()
        if status in expected or self.has_point():
            return status
        kept = {name: self.getOptionValue(name)[1] for way in OTHER_WAYS for name in way}
        for way in OTHER_WAYS:
            for name, value in (kept | way).items():
                self.setOptionValue(name, value)
            self.clearSolver()
            self.run()
            status = self.getModelStatus()
            if status in expected or self.has_point():
                break
        for name, value in kept.items():
            self.setOptionValue(name, value)
        return status

    def has_point(self) -> bool:
        """Whether the values at hand keep all conditions."""
        return bool(self.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible)
