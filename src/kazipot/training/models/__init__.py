"""Records of M3: from a provider's course to a person's seat and attendance."""

from kazipot.training.models.catalogue import (
    Course,
    CourseCompetence,
    Provider,
)
from kazipot.training.models.certificates import (
    AttendanceCertificate,
)
from kazipot.training.models.contracts import (
    Contract,
    ContractPrice,
    ProviderContact,
    ProviderLink,
)
from kazipot.training.models.evaluation import (
    EvaluationAsk,
    EvaluationReply,
    KnowledgeScore,
    UnitAsk,
)
from kazipot.training.models.inquiries import (
    AskedProvider,
    Bid,
    Inquiry,
    InquirySpan,
)
from kazipot.training.models.line import (
    Objection,
    Swap,
    WaitingEntry,
)
from kazipot.training.models.outlook import (
    YearOutlook,
)
from kazipot.training.models.plans import (
    PlannedOutcome,
    TrainingPlan,
)
from kazipot.training.models.provided import (
    CatalogueUpload,
    Invoice,
    Material,
    ProposedSession,
    Timetable,
)
from kazipot.training.models.seats import (
    Attendance,
    SeatOffer,
)
from kazipot.training.models.sessions import (
    Session,
)

__all__ = [
    "AskedProvider",
    "Attendance",
    "AttendanceCertificate",
    "Bid",
    "CatalogueUpload",
    "Contract",
    "ContractPrice",
    "Course",
    "CourseCompetence",
    "EvaluationAsk",
    "EvaluationReply",
    "Inquiry",
    "InquirySpan",
    "Invoice",
    "KnowledgeScore",
    "Material",
    "Objection",
    "PlannedOutcome",
    "ProposedSession",
    "Provider",
    "ProviderContact",
    "ProviderLink",
    "SeatOffer",
    "Session",
    "Swap",
    "Timetable",
    "TrainingPlan",
    "UnitAsk",
    "WaitingEntry",
    "YearOutlook",
]
