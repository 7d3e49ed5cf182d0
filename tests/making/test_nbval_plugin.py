"""What the plugin asks of a kernel: a verdict, and whether it is still there."""

from queue import Empty
from types import SimpleNamespace

import pytest

from bnlib.course.testing import nbval_plugin
from bnlib.course.testing.nbval_plugin import ExerciseItem, GradingError


def asked(*replies: dict) -> str:
    """What the kernel's replies, one after the other, make of an exercise."""
    waiting, sent = list(replies), {}

    def execute(code: str, silent: bool, user_expressions: dict) -> str:
        sent.update(user_expressions, code=code, silent=silent)
        return "mine"

    def get_shell_msg(timeout: float) -> dict:
        assert 0 <= timeout <= nbval_plugin.GRADE_TIMEOUT
        if not waiting:
            raise Empty
        return waiting.pop(0)

    client = SimpleNamespace(execute=execute, get_shell_msg=get_shell_msg)
    parent = SimpleNamespace(kernel=SimpleNamespace(kc=client))
    said = ExerciseItem._ask_kernel(SimpleNamespace(parent=parent, exercise="normalize"))
    assert sent["verdict"].endswith(".verdict_json('normalize', globals())")
    assert (sent["code"], sent["silent"]) == ("", True)
    return said


def reply(to: str, **verdict: object) -> dict:
    content = {"user_expressions": {"verdict": verdict}} if verdict else {}
    return {"parent_header": {"msg_id": to}, "content": content}


PASSED = reply("mine", status="ok", data={"text/plain": "'a verdict'"})


def test_only_the_reply_to_the_question_is_its_answer():
    late = reply("another", status="ok", data={"text/plain": "'another'"})
    assert asked(late, PASSED) == "a verdict"


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        ((), "no verdict within 60 s"),
        ((reply("mine", status="error", ename="NameError", evalue="no x"),), "NameError: no x"),
        ((reply("mine"),), "None: None"),
    ],
)
def test_without_a_verdict_it_is_said_why(replies, said):
    with pytest.raises(GradingError) as error:
        asked(*replies)
    assert str(error.value) == said


@pytest.mark.parametrize("dies", [True, False])
def test_a_kernel_that_is_gone_is_not_waited_for(dies):
    waits = []

    def await_reply(message: str, timeout: float) -> str:
        waits.append(timeout)
        if message == "never" or len(waits) < 3:
            raise Empty
        return message

    kernel = SimpleNamespace(await_reply=await_reply, is_alive=lambda: not dies)
    nbval_plugin._notice_death(kernel)
    assert not kernel.has_died
    if dies:
        with pytest.raises(Empty):
            kernel.await_reply("reply", 60)
        assert kernel.has_died and waits == [1]
    else:
        assert kernel.await_reply("reply", timeout=60) == "reply"
        with pytest.raises(Empty):
            kernel.await_reply("never", timeout=-1)
        assert not kernel.has_died and waits == [1] * 4


@pytest.mark.parametrize(
    ("expected", "kept"),
    [
        ({"outputs": None, "tags": []}, ([], None, True, False, False)),
        ({"outputs": [], "tags": ["nbval-ignore-output"]}, ([], 1, False, False, False)),
        ({"outputs": [{"a": 1}], "tags": ["nbval-skip"]}, ([{"a": 1}], 1, True, True, False)),
        ({"outputs": [], "tags": ["raises-exception"]}, ([], 1, True, False, True)),
    ],
)
def test_a_cell_is_held_to_what_is_expected(expected, kept):
    item = SimpleNamespace(cell=SimpleNamespace(), options={})
    nbval_plugin._hold_to(item, expected)
    told = item.options
    assert kept == (
        item.cell.outputs,
        item.cell.execution_count,
        told["check"],
        told["skip"],
        told["check_exception"],
    )


@pytest.mark.parametrize(("late", "alive"), [(True, True), (False, False), (False, True)])
def test_in_a_notebook_whose_kernel_is_of_no_use_nothing_more_is_run(late, alive):
    kernel = SimpleNamespace(is_alive=lambda: alive, await_reply=None)
    item = SimpleNamespace(parent=SimpleNamespace(kernel=kernel, timed_out=late))
    if late or not alive:
        with pytest.raises(pytest.skip.Exception, match="a cell above"):
            nbval_plugin.Course.pytest_runtest_setup(None, item)
        assert not hasattr(kernel, "has_died")
        return
    nbval_plugin.Course.pytest_runtest_setup(None, item)
    assert kernel.has_died is False
    noticing = kernel.await_reply
    nbval_plugin.Course.pytest_runtest_setup(None, item)
    assert kernel.await_reply is noticing
