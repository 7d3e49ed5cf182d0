"""The script that judges held-back answers counts what it is to count."""

import read_heldback

ANSWERS = '''
import numpy as np


def right_plainly(z, eps=1e-5):
    return (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps)


def right_but_refused(z, eps=1e-5):
    return z


def wrong_root(z, eps=1e-5):
    """No root is taken."""
    return (z - z.mean(1, keepdims=True)) / (z.var(1, keepdims=True) + eps)


def wrong_but_accepted(z, eps=1e-5):
    """Nothing is."""
    return (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + eps)
'''


def test_a_folder_of_answers_is_judged(tmp_path, capsys):
    (tmp_path / "normalize.py").write_text(ANSWERS, encoding="utf-8")
    assert read_heldback.main(tmp_path, [], bare=False, brief=False) == 1
    said = capsys.readouterr().out
    assert "normalize: accepted 1/2 (50.0%), refused 1/2 (50.0%), named 1/2" in said
    assert "wrong_root: No root is taken.\n    -> divides-by-the-variance" in said
    assert "REFUSED right_but_refused: You hand z back" in said
    assert "ACCEPTED wrong_but_accepted" in said
