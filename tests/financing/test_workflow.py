"""The tables themselves: nothing in them that the rest does not know."""

from __future__ import annotations

from jiahe.financing import enums
from jiahe.financing.guards import GUARDS
from jiahe.financing.workflow import (
    COMPLETES,
    ENDED,
    LIVE,
    ORDER_STEPS,
    REQUEST_STEPS,
    STAGE_IN_HAND,
    Limit,
    OrderAction,
    OrderState,
    OrderStep,
    RequestAction,
    RequestState,
    RequestStep,
    Stage,
    order_actions,
    request_actions,
)
from jiahe.kit import clock, parameters
from jiahe.notify.templates import TEMPLATES


def test_every_action_has_a_step_and_every_state_a_name() -> None:
    assert set(ORDER_STEPS) == set(OrderAction)
    assert set(REQUEST_STEPS) == set(RequestAction)
    assert enums.OrderStates.values == [state.value for state in OrderState]
    assert enums.RequestStates.values == [state.value for state in RequestState]
    assert enums.Stages.values == [stage.value for stage in Stage]


def test_every_guard_limit_and_message_that_is_named_exists() -> None:
    steps: list[OrderStep | RequestStep] = [*ORDER_STEPS.values(), *REQUEST_STEPS.values()]
    assert {name for step in steps for name in step.guards} == set(GUARDS)
    assert {template for step in steps for _whom, template in step.tells} <= set(TEMPLATES)
    days = {limit: parameters.value(f"limit_{limit}_working_days", on=clock.today()) for limit in Limit}
    assert [limit for limit, number in days.items() if number < 1] == []


def test_from_every_live_state_there_is_a_way_on_and_from_an_ended_one_none() -> None:
    assert [state for state in LIVE if not list(order_actions(state))] == []
    assert {state: list(order_actions(state)) for state in ENDED} == {state: [] for state in ENDED}
    assert list(order_actions(OrderState.REPAYING)) == [OrderAction.CLOSE, OrderAction.DEFAULT]
    ended = (RequestState.CLOSED, RequestState.EXPIRED, RequestState.WITHDRAWN)
    assert [list(request_actions(state)) for state in ended] == [[], [], []]


def test_every_state_can_be_reached() -> None:
    reached = {step.end for step in ORDER_STEPS.values()}
    assert reached == set(OrderState)
    assert {step.end for step in REQUEST_STEPS.values()} == set(RequestState) - {RequestState.DRAFT}


def test_a_live_state_stands_in_a_stage_and_each_stage_is_completed_by_some_step() -> None:
    assert set(STAGE_IN_HAND) == set(LIVE)
    assert {stage for stages in COMPLETES.values() for stage in stages} == set(Stage)


def test_only_steps_that_begin_a_limit_or_go_on_with_one_lead_to_a_live_state() -> None:
    starting = [
        action for action, step in ORDER_STEPS.items() if step.end in LIVE and not step.start and not step.limit
    ]
    assert starting == []


def test_no_state_goes_on_under_the_limit_of_another_stage() -> None:
    """An answer leads back to where the institution decides: it is asked for under no other limit."""
    step = ORDER_STEPS[OrderAction.ASK_MORE]
    deciding = {OrderState.DILIGENCE, OrderState.REVIEW}
    assert set(step.start) == deciding
    assert ORDER_STEPS[OrderAction.SUPPLY].end in deciding
    assert ORDER_STEPS[OrderAction.CONTACT].limit is Limit.DECIDE
