"""What a role may see and do, and how far: the one table that decides it.

Read a line as: "capability: role → reach". Who is not in a line may not. Every signed-in person with an
employment is an EMPLOYEE; the public has no line here, because public pages need no capability.
Names of people are seen only where `organisation.see_people` reaches: an employer sees its own people by
name, the programme sees totals of all.
"""

from collections.abc import Mapping

from kazipot.foundation.roles import Role, Scope

SERVICE, ADVISOR, HEAD, HR = Role.SERVICE, Role.ADVISOR, Role.HEAD, Role.HR
TRAINER, EMPLOYEE, AUDITOR = Role.TRAINER, Role.EMPLOYEE, Role.AUDITOR
PROGRAMME, EMPLOYER, UNIT, OWN = Scope.PROGRAMME, Scope.EMPLOYER, Scope.UNIT, Scope.OWN

EVERYBODY: Mapping[Role, Scope] = dict.fromkeys(Role, PROGRAMME)

CAPABILITIES: Mapping[str, Mapping[Role, Scope]] = {
    # organisation
    "organisation.see_units": EVERYBODY,
    "organisation.see_people": {SERVICE: EMPLOYER, HR: EMPLOYER, HEAD: UNIT},
    "organisation.add_employers": {SERVICE: PROGRAMME},
    "organisation.change_units": {SERVICE: PROGRAMME, HR: EMPLOYER},
    "organisation.import_people": {HR: EMPLOYER},
    "organisation.grant_roles": {SERVICE: PROGRAMME},
    "organisation.see_audit": {SERVICE: PROGRAMME, AUDITOR: PROGRAMME},
    # framework
    "framework.see": EVERYBODY,
    "framework.change": {SERVICE: PROGRAMME},
    # M1
    "advisors.see": EVERYBODY,
    "advisors.appoint": {SERVICE: PROGRAMME},
    "advisors.nominate": {SERVICE: PROGRAMME, HEAD: UNIT},
    "advisors.answer_nomination": {EMPLOYEE: OWN},
    "advisors.find_own": {EMPLOYEE: OWN},
    "advisors.set_rules": {SERVICE: PROGRAMME},
    "advisors.see_watch": {SERVICE: PROGRAMME, ADVISOR: PROGRAMME, HEAD: PROGRAMME, AUDITOR: PROGRAMME},
    "advisors.advise": {ADVISOR: UNIT},
    "advisors.contact": {SERVICE: PROGRAMME, ADVISOR: OWN, EMPLOYEE: OWN},
    "advisors.meet": {SERVICE: PROGRAMME, ADVISOR: OWN},
    "advisors.lead": {SERVICE: PROGRAMME},
    # M2
    "needs.see_campaigns": {SERVICE: PROGRAMME, AUDITOR: PROGRAMME, HR: EMPLOYER, HEAD: UNIT, ADVISOR: UNIT},
    "needs.run_campaigns": {SERVICE: PROGRAMME},
    "needs.print_letters": {SERVICE: EMPLOYER, HR: EMPLOYER},
    "needs.interview": {SERVICE: PROGRAMME},
    "needs.see_analyses": EVERYBODY,
    "needs.publish_analyses": {SERVICE: PROGRAMME},
    "needs.see_own": {EMPLOYEE: OWN},
    # M3
    "training.see_catalogue": EVERYBODY,
    "training.change_catalogue": {SERVICE: PROGRAMME},
    "training.see_supply": {SERVICE: PROGRAMME, AUDITOR: PROGRAMME},
    "training.buy": {SERVICE: PROGRAMME},
    "training.see_offers": {SERVICE: PROGRAMME, AUDITOR: PROGRAMME, HR: EMPLOYER, HEAD: UNIT},
    "training.offer_seats": {SERVICE: PROGRAMME},
    "training.record_attendance": {SERVICE: PROGRAMME, TRAINER: OWN},
    "training.plan": {SERVICE: PROGRAMME},
    "training.head_desk": {HEAD: UNIT},
    "training.print_slips": {SERVICE: EMPLOYER, HR: EMPLOYER},
    "training.see_evaluations": {SERVICE: PROGRAMME, AUDITOR: PROGRAMME, TRAINER: PROGRAMME},
    "training.read_comments": {SERVICE: PROGRAMME},
    "training.answer_for_unit": {HEAD: UNIT},
    "training.see_outlook": EVERYBODY,
    "training.see_own": {EMPLOYEE: OWN},
    # M4
    "hiring.see": {SERVICE: PROGRAMME, AUDITOR: PROGRAMME, HR: EMPLOYER, HEAD: UNIT, ADVISOR: UNIT},
    "hiring.change": {HR: EMPLOYER},
    "hiring.approve": {SERVICE: PROGRAMME, HEAD: UNIT},
    "hiring.override": {SERVICE: PROGRAMME},
    "hiring.see_profiles": dict.fromkeys((SERVICE, AUDITOR, HR, HEAD, ADVISOR), PROGRAMME),
    "hiring.change_profiles": {SERVICE: PROGRAMME, HR: EMPLOYER},
    "hiring.import_positions": {SERVICE: PROGRAMME, HR: EMPLOYER},
    "hiring.see_candidates": {HR: EMPLOYER, HEAD: UNIT},
    # M5
    "verification.see_duties": {SERVICE: PROGRAMME, AUDITOR: PROGRAMME, HR: EMPLOYER, HEAD: UNIT},
    "verification.record": {SERVICE: PROGRAMME, HR: EMPLOYER},
    "verification.see_own": {EMPLOYEE: OWN},
    "verification.see_people": {SERVICE: EMPLOYER, HR: EMPLOYER, HEAD: UNIT},
    "verification.see_unreached": {SERVICE: EMPLOYER, HR: EMPLOYER, HEAD: UNIT, ADVISOR: UNIT},
    "verification.see_audit": {SERVICE: PROGRAMME, AUDITOR: PROGRAMME, HR: EMPLOYER},
    "verification.see_weeks": {SERVICE: PROGRAMME, AUDITOR: PROGRAMME, HR: EMPLOYER},
    "verification.print_slips": {SERVICE: EMPLOYER, HR: EMPLOYER},
    "verification.run": {SERVICE: PROGRAMME},
    "verification.decide": {SERVICE: PROGRAMME},
    "verification.hold_talks": {HR: EMPLOYER},
    "verification.write_items": {SERVICE: PROGRAMME, TRAINER: PROGRAMME},
    "verification.review_items": {SERVICE: PROGRAMME, TRAINER: PROGRAMME},
    "verification.run_bank": {SERVICE: PROGRAMME},
    # the count
    "strategy.see_indicators": EVERYBODY,
    "strategy.see_evidence": {
        SERVICE: PROGRAMME,
        AUDITOR: PROGRAMME,
        HR: EMPLOYER,
        HEAD: UNIT,
        ADVISOR: UNIT,
    },
    "strategy.see_ledger": {SERVICE: PROGRAMME, AUDITOR: PROGRAMME},
    "strategy.take_snapshot": {SERVICE: PROGRAMME},
}
