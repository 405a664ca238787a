"""The third step: a roster is held against the register, and a plan says what would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry.models import Institution
from registry.models.imports import Verdict
from registry.rosters.faults import Code, Fault
from registry.rosters.matching.matching import Matcher
from registry.rosters.matching.order import Order, convocations_of
from registry.rosters.matching.pieces import Pieces
from registry.rosters.matching.questions import Answers
from registry.rosters.planning.absent import Reached, find_absent, find_coverage
from registry.rosters.planning.digest import Digest
from registry.rosters.planning.pieces import Planner
from registry.rosters.planning.plans import Plan, Portion, gaps_of
from registry.rosters.planning.repeats import Repeats
from registry.rosters.rows import Roster

# A plan of so many rows stays in memory; the pieces of a longer one are made anew to be written.
KEPT = 20_000
# So many of the changes of a plan are told one by one.
TOLD = 1_000


def make_plan(
    roster: Roster,
    institution: Institution,
    order: Order,
    decisions: Mapping[str, str] | None = None,
    *,
    compared: bool = True,
) -> Plan:
    """Say what importing a roster would change, and what keeps it from being imported.

    `decisions` are the answers to its questions, by their keys, and what becomes of those whom
    the file does not have: `absent:` and the number of an appointment, with `keep` or a day.
    It has a digest if it will be `compared` with another one. Raises `Refused` with what is wrong
    with the file as a whole, `WrongUsage` when it names convocations that nobody described.
    """
    decisions = decisions or {}
    answers = Answers(institution, decisions, roster)
    pieces = Pieces(roster, answers)
    sittings = convocations_of(pieces.words, roster, institution, order)
    matcher = Matcher(roster, institution, sittings, answers, pieces.known)
    planner = Planner(roster, institution, order, sittings, matcher)
    kept: list[Portion] | None = [] if len(roster.rows) <= KEPT else None
    plan = Plan(institution, roster, order, sittings.all)
    plan.other_rows = sum(n for word, n in pieces.words.items() if word not in sittings.asked)
    reached, repeats, digest = Reached(), Repeats(plan), Digest()
    matched: set[int] = set()
    for rows in pieces:
        portion = planner.plan(rows)
        if compared:
            digest.add(portion)
        _add(plan, portion)
        repeats.add(portion)
        matched |= portion.matched
        for mandate in portion.mandates:
            reached.add(mandate)
        if kept is not None:
            kept.append(portion)
    plan.days, plan.of_a_day = reached.all.days, reached.of_a_day
    repeats.add_unclear(planner.maybe)
    find_absent(plan, reached, matched, decisions)
    find_coverage(plan, reached)
    plan.questions = list(answers.questions.values())
    plan.warnings += [*repeats.warnings(), *_without_convocation(plan)]
    _finish(plan)
    plan.digest = digest.text(plan) if compared else ""

    def again() -> Iterator[Portion]:
        planner.begin()
        return (planner.plan(rows) for rows in pieces)

    plan.pieces = again if kept is None else lambda: iter(kept)
    return plan


def _without_convocation(plan: Plan) -> Iterator[Fault]:
    """A body that sits in convocations, and a file of others that is about none of them."""
    silent = bool(plan.roster.rows) and not plan.sittings and not plan.roster.own
    if silent and plan.order.convocation is None and plan.institution.convocations.exists():
        yield Fault(Code.NO_CONVOCATION)


def _add(plan: Plan, portion: Portion) -> None:
    """Count a portion, and keep the first of what changes."""
    plan.parties += portion.parties
    plan.territories += portion.territories
    fresh = portion.new_persons
    plan.counts.update(
        new_persons=len(fresh),
        new_parties=len(portion.parties),
        new_territories=len(portion.territories),
        new=len(portion.new),
        changed=len(portion.changed),
        changed_persons=len(portion.changed_persons),
        unchanged=portion.unchanged,
    )
    plan.verdicts.update(row.verdict.value for row in portion.rows)
    for told, some in (
        (plan.changed, portion.changed),
        (plan.changed_persons, portion.changed_persons),
        (plan.similar, [person for person in fresh if person.similar]),
    ):
        told.extend(some[: max(0, TOLD - len(told))])
    plan.invented |= {
        person.record.pk for person in portion.persons if person.sample and not person.new
    }
    plan.left_out += [
        row.line
        for row in portion.rows
        if row.verdict is Verdict.LEFT_OUT
        and any(remark.code is Code.OFFICE_NOT_HERE for remark in row.remarks)
    ]
    if not (plan.roster.own or plan.order.last_day_in):
        plan.day_gaps += gaps_of(portion.mandates)
    plan.faults += portion.faults
    if not plan.order.leave_out_faulty:
        plan.refusal += portion.faults
        plan.refusal += [
            remark
            for row in portion.rows
            if row.verdict is Verdict.AMBIGUOUS
            for remark in row.remarks
            if remark.code in UNANSWERED
        ]


# What is said of a row as long as nobody answered its question.
UNANSWERED = {Code.WHO_IS_IT, Code.AMBIGUOUS, Code.UNKNOWN_PARTY, Code.UNKNOWN_TERRITORY}


def _finish(plan: Plan) -> None:
    plan.counts.update(ended=len(plan.ended), replaced=len(plan.replaced))
    plan.warnings += [fault for fault in plan.roster.warnings if fault.line is None]
    plan.refusal += [fault for fault in plan.roster.faults if fault.line is None]
    plan.refusal.sort(key=lambda fault: (fault.line is not None, fault.line or 0))
    plan.faults.sort(key=lambda fault: fault.line or 0)
