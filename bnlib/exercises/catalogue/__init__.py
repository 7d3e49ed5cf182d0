'''The exercises, one file each, named as the exercise is.

How to write one
----------------
A file reads top to bottom; `normalize.py` is the model.

1. The docstring: what the exercise asks, in one or two sentences.
2. The reference: a function named as the exercise, self-contained, readable NumPy (no `bnlib`),
   with a docstring. `solution()` shows its source, so imports it needs are at the top as usual.
3. `HINTS`: three strings, from a question to nearly the answer.
   `FACT` (optional): a sentence worth knowing, shown to those who have solved it.
4. `def inputs()`: a list of tuples, the positional arguments of every call. The first call is an
   ordinary one and small, since a message may show it in full. A parameter with a default is left
   out in one call and given in others, with a value that is not negligible. Among the calls are
   float32, m = 1 and n = 1 where the mathematics is defined, n = m, and what the exercise's own
   mistakes need to be told apart. Seed generators: `np.random.default_rng(1)`. No call without a
   purpose: tests/exercises/test_inputs.py takes each away and wants something to go wrong.
   A function among the arguments has a docstring, which is how messages name it.
5. The mistakes, ten or more: small functions with the exercise's own signature,

       @mistake
       def divides_by_the_variance(z, eps=1e-5):
           """You divide by the variance..."""
           return ...

   The name, with dashes for underscores, is the misconception's id: what the learner does, in the
   third person. The docstring is what the learner reads. Where faults combine, write one
   `faulty(<the signature>, *, switch=right, ...)` and declare mistakes as settings of it; pairs
   whose settings name different switches are then tried too:

       @fault(axis=0)
       def averages_over_units():
           """You take the statistics over the units..."""

   Another way of making a known mistake, with other outcomes, is a function under `@also(name)`:
   it gets the id and the message of that mistake, and needs no docstring.

   A mistake may raise: the type of the exception is compared, so that
   `np.ones(3) @ np.ones(4)` as a slip is a mistake like any other.
   Two slips that no input can tell apart are one mistake; its comment gives the proof.
   Where several are diagnosed their ids are joined by "+": slips of form first, then mistakes in
   the file's order, then conduct, as in "flat-shape+divides-by-m-minus-one".

Messages: one short paragraph of plain text in the second person. First what is wrong, in the
learner's terms; then why it matters here; then where to look. Never the answer: no line of code
that solves it. Kind, short (under 70 words), no jargon of ours. Single names may stand in
backquotes.

What need not be written, since every exercise has it: slips of form (flat, transposed, wrapped,
repeated, stacked or swapped results, a list or a number for an array), changed arguments, a
hard-coded default (alone, and beside each mistake), exceptions, nothing returned, wrong types,
counts, keys and shapes, NaN, wrong only for m = 1, n = 1 or float32, wrong sign, a constant factor,
an ignored argument, state kept between calls, no termination. `slips.py` has their messages.

Three names for exercises that need them:

`observe(result, *arguments)`
    for random results (an argument is a `numpy.random.Generator`): what all correct answers share,
    as plain data (arrays, numbers, tuples, dicts; use floats and bools); the reference's and the
    mistakes' results are observed too. That randomness comes from `rng` alone is checked anyway.
    A result of the wrong type may raise TypeError, ValueError, IndexError, KeyError or
    AttributeError in it, and is then left as it is. Also for a type that matters (an int).
`over_draws(draws)`
    for random results, where what is wrong shows in several draws together and in no single one.
    `draws` is the list of (result, arguments) of all random calls: the cases, and each once more
    with another state of the generator. It returns None, or an id and a message, which are told as
    conduct is; keep the probability that a correct answer is refused below 1e-6, and say what it
    is. Results of the wrong type may raise in it, too.
`TOLERANCE`
    a number, where the exercise's own arithmetic rounds more than `compare.FLOAT64` allows, with a
    comment that says why.

How to test one
---------------
Add the name to `NOTEBOOKS` below, and to tests/exercises/answers/<name>.py correct answers in many
styles and wrong ones with the id expected of them. `pytest tests/exercises -k <name>` then holds it
to everything that holds of all: see tests/exercises/README.md.
'''

NOTEBOOKS: dict[int, tuple[str, ...]] = {
    1: (
        "condition_number",
        "batch_statistics",
        "normalize",
        "scale_and_shift",
        "identity_parameters",
        "normalized_variance",
    ),
    2: (
        "count_parameters",
        "hidden_layer",
        "split_into_minibatches",
        "gradient_step",
        "numerical_gradient",
        "affine_gradients",
        "division_backward",
        "std_backward",
        "centring_backward",
        "normalize_backward",
        "network_gradients",
    ),
    3: (
        "distribution_shift",
        "paired_difference",
        "gradient_change",
        "effective_learning_rate",
        "batch_mean_noise",
        "inverted_dropout",
    ),
    4: (
        "update_average",
        "bias_corrected_average",
        "batch_norm_inference",
        "fold_batch_norm",
        "fold_into_next_layer",
        "combine_statistics",
        "recompute_statistics",
        "unbiased_variance",
    ),
    5: (
        "softmax",
        "hardmax",
        "one_hot",
        "cross_entropy_cost",
        "softmax_jacobian",
        "softmax_cross_entropy_gradient",
        "log_sum_exp",
        "smooth_labels",
        "softmax_regression",
    ),
    6: (
        "minimize",
        "pytorch_momentum",
        "keras_moving_variance",
        "pytorch_running_variance",
        "normalize_images",
        "to_pytorch_state",
        "keras_layer_to_pytorch",
    ),
}
"""The exercises of every notebook, in the order in which they are met."""

NAMES: tuple[str, ...] = tuple(name for names in NOTEBOOKS.values() for name in names)
