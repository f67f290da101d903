"""Calibration of items by marginal maximum likelihood (Bock and Aitkin 1981): `calibrate` is the way in."""

from kazipot.core.psychometrics.calibration.program import calibrate
from kazipot.core.psychometrics.calibration.result import Calibration, Estimate, Population
from kazipot.core.psychometrics.calibration.settings import Priors, Settings

__all__ = ["Calibration", "Estimate", "Population", "Priors", "Settings", "calibrate"]
