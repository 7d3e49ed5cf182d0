"""How many numbers a fully connected network learns, with batch norm in its hidden layers or
without."""

import itertools

from bnlib.exercises.exercise import also, fault, mistake


def count_parameters(layer_sizes, batch_norm):
    """layer_sizes [n_0, ..., n_L], batch_norm True or False -> the number of trainable numbers."""
    layers = range(1, len(layer_sizes))
    weights = sum(layer_sizes[i - 1] * layer_sizes[i] for i in layers)
    hidden = sum(layer_sizes[1:-1])
    output = layer_sizes[-1]
    return weights + (2 * hidden if batch_norm else hidden) + output


HINTS = (
    "Take one hidden layer of 4 units with 3 inputs. Which arrays does it learn with batch norm, "
    "which without, and what is the shape of each?",
    "W has n_out * n_in numbers, and b, gamma and beta have n_out each. With batch norm a hidden "
    "layer has gamma and beta and no b; the output layer always has W and b.",
    "Add up n_in * n_out over all layers. For every hidden unit add 2 with batch norm and 1 "
    "without, and for every output unit 1.",
)

FACT = (
    "The running mean and variance are not counted: they are measured, and no gradient moves them."
)


def inputs():
    """Hidden sizes that are all different, two of them those of the input and of the output; and a
    network without a hidden layer."""
    deep = [13, 210, 6, 1, 60, 13, 6]
    return [([5, 30, 48, 7], True), (deep, True), (deep[::-1], False), ([4, 70], True)]


def observe(result, layer_sizes, batch_norm):
    """A count is an int: a float is told from it."""
    return ("a float", result) if isinstance(result, float) else result


def faulty(
    layer_sizes,
    batch_norm,
    *,
    hidden_bias="dropped",
    output_bias=True,
    plain_bias=True,
    per_unit=2,
    normalized="hidden",
    weights="products",
):
    """The reference, with one or two things done wrong."""
    pairs = list(itertools.pairwise(layer_sizes))
    if weights == "hidden":
        pairs = pairs[:-1]
    each = {"sums": lambda i, o: i + o, "squares": lambda i, o: i * i, "none": lambda i, o: 0}
    total = sum(each.get(weights, lambda i, o: i * o)(i, o) for i, o in pairs)
    hidden, output = layer_sizes[1:-1], layer_sizes[-1]
    if not batch_norm:
        return total + {"output": output, False: 0}.get(plain_bias, sum(hidden) + output)
    where = {"all": layer_sizes[1:], "input": layer_sizes[:-1]}.get(normalized, hidden)
    total += per_unit * (len(where) if normalized == "layers" else sum(where))
    total += sum(hidden) * (hidden_bias == "kept")
    if normalized == "all":
        return total + output * (hidden_bias == "kept")
    return total + output * output_bias


@mistake
def normalizes_the_first_hidden_layer_only(layer_sizes, batch_norm):
    """With batch norm, your first hidden layer is counted as it should be, and any further one as
    without batch norm. All hidden layers have it. Look at which of them get the extra numbers."""
    hidden, bias = layer_sizes[1:-1], sum(layer_sizes[1:])
    products = sum(i * o for i, o in itertools.pairwise(layer_sizes))
    return products + bias + sum(hidden[:1]) * batch_norm


@fault(hidden_bias="kept")
def keeps_the_hidden_bias():
    """With batch norm you count a b for every hidden unit, or as many numbers more. Taking the mean
    away takes any b away with it, so it is left out, and beta does its work. Look at what you count
    for a hidden layer."""


@fault(output_bias=False)
def drops_the_output_bias():
    """With batch norm you leave b out of the output layer. Nothing is normalized there, so nothing
    cancels its b. Look at how you treat the last layer."""


@fault(normalized="all")
def normalizes_the_output():
    """With batch norm you count gamma and beta for the output units too, or as many numbers. Here
    only hidden layers are normalized: the output keeps W and b. Look at how you treat the last
    layer."""


@fault(normalized="input")
def normalizes_the_input():
    """With batch norm you in general count gamma and beta for units that go into a layer, the
    network's inputs among them. They belong to the units that come out of a hidden layer's W. Look
    at which sizes you add up."""


@fault(normalized="layers")
def counts_one_pair_a_layer():
    """With batch norm you count one gamma and one beta for a whole hidden layer. Every unit of it
    has its own pair: columns of shape (n, 1). Look at what you add for the pair, and which size
    should come in."""


@fault(per_unit=0)
def forgets_gamma_and_beta():
    """With batch norm you count nothing beside W in the hidden layers. gamma and beta are learned
    by gradient descent like any weight. Look at what takes the place of b."""


@fault(per_unit=4)
def counts_the_running_statistics():
    """With batch norm you count the running mean and variance beside gamma and beta, or as many
    numbers. A running statistic is measured, and no gradient moves it. Look at which of the numbers
    are trained."""


@fault(plain_bias=False)
def forgets_the_biases_without_batch_norm():
    """Without batch norm you count no biases. There every layer has W and b, and a b has one number
    for each unit. Look at what you add, or should, for batch_norm False."""


@fault(plain_bias="output")
def forgets_the_hidden_biases_without_batch_norm():
    """Without batch norm you count a b for the output layer alone. It is batch norm that makes the
    hidden layers' b needless: without it, every layer has one. Look at what you add, or should, for
    batch_norm False."""


@fault(weights="sums")
def adds_the_sizes():
    """You count n_in + n_out weights for a layer. W has one row a unit, one column an input. Look
    at the shape of W, and how many entries it has."""


@fault(weights="squares")
def uses_one_size_twice():
    """You multiply a size by itself. W goes from one layer to the next, so the sizes of both come
    in. Look at what you multiply."""


@fault(weights="hidden")
def forgets_the_output_weights():
    """You count the W of every layer but the last. The output layer has weights too. Look at where
    your way through the layers ends, or at what you add for the last."""


@fault(weights="none")
def forgets_the_weights():
    """You count no weights at all, and every layer has a W. Look at what a layer multiplies its
    input by."""


# Counting gamma alone, or beta alone, gives the same: one number a hidden unit, as b is.
@mistake
def ignores_batch_norm(layer_sizes, batch_norm):
    """Your count is the same with batch norm and without: one number a hidden unit beside W. With
    batch norm a hidden unit has two, gamma and beta, in place of its b. Look at what your body does
    with `batch_norm`."""
    return count_parameters(layer_sizes, False)


@mistake
def always_uses_batch_norm(layer_sizes, batch_norm):
    """Your count is the same with batch norm and without: two numbers a hidden unit beside W, as
    gamma and beta are. Without it, a hidden unit has one, its b. Look at what your body does with
    `batch_norm`."""
    return count_parameters(layer_sizes, True)


@mistake
def turns_the_question_over(layer_sizes, batch_norm):
    """You give the count without batch norm when it is there, and the other way round. Look at what
    each of the two values of `batch_norm` leads to."""
    return count_parameters(layer_sizes, not batch_norm)


@mistake
def counts_in_floats(layer_sizes, batch_norm):
    """Your number is right, but it is a float, and a count is whole: an int can also be used as a
    size. Look for what makes a float of it, such as a division, or a 0.0 that you start from."""
    return float(count_parameters(layer_sizes, batch_norm))


@mistake
def counts_a_bias_for_every_input(layer_sizes, batch_norm):
    """At least without batch norm, you count biases, or those of the hidden layers, by a layer's
    inputs, one for each. b is added to what comes out of W, so it has a number for every unit of
    the layer. Look at which of the two sizes you count it by."""
    pairs = list(itertools.pairwise(layer_sizes))
    gammas = sum(layer_sizes[1:-1]) if batch_norm else 0
    return sum(n_in * n_out + n_in for n_in, n_out in pairs) + gammas


@also(counts_a_bias_for_every_input)
def counts_all_biases_by_the_inputs(layer_sizes, batch_norm):
    right, inputs = count_parameters(layer_sizes, batch_norm), sum(layer_sizes[:-1])
    if batch_norm:
        return right - layer_sizes[-1] + layer_sizes[-2]
    return right - sum(layer_sizes[1:]) + inputs


@also(counts_a_bias_for_every_input)
def counts_biases_by_the_inputs_without_batch_norm(layer_sizes, batch_norm):
    more = 0 if batch_norm else layer_sizes[0] - layer_sizes[-1]
    return count_parameters(layer_sizes, batch_norm) + more


@also(counts_a_bias_for_every_input)
def counts_hidden_biases_by_the_inputs_without_batch_norm(layer_sizes, batch_norm):
    more = 0 if batch_norm or len(layer_sizes) < 3 else layer_sizes[0] - layer_sizes[-2]
    return count_parameters(layer_sizes, batch_norm) + more


@mistake
def skips_the_output_layer(layer_sizes, batch_norm):
    """You leave the output layer out altogether. With batch norm or without, it has a W and a b,
    and no gamma and beta. Look at where your way through the layers ends."""
    hidden = itertools.pairwise(layer_sizes[:-1])
    return sum(n_in * n_out + (2 if batch_norm else 1) * n_out for n_in, n_out in hidden)


@mistake
def counts_no_biases(layer_sizes, batch_norm):
    """You count W, with batch norm gamma and beta, and no b anywhere. Only a hidden layer with
    batch norm does without: the output layer has one, and so has every layer of a network without
    batch norm. Look at what you add for each kind of layer."""
    gammas_and_betas = 2 * sum(layer_sizes[1:-1]) if batch_norm else 0
    return sum(n_in * n_out for n_in, n_out in itertools.pairwise(layer_sizes)) + gammas_and_betas


@mistake
def counts_the_units(layer_sizes, batch_norm):
    """You add up the sizes. A unit is not a number that is learned: in any layer behind the input
    it has a row of W, and what comes beside it. Look at the arrays of one layer and their
    shapes."""
    return sum(layer_sizes)


@mistake
def counts_a_bias_for_the_input(layer_sizes, batch_norm):
    """You count numbers for the input too, as though it had a b. The input has no parameters: each
    W and what goes with it belong to the layer they lead to. Look at where your way through the
    sizes begins."""
    return count_parameters(layer_sizes, batch_norm) + layer_sizes[0]


@mistake
def forgets_the_output_bias(layer_sizes, batch_norm):
    """You count no b for the output layer, with batch norm or without. Nothing is normalized there,
    so nothing cancels its b. Look at how you treat the last layer."""
    return count_parameters(layer_sizes, batch_norm) - layer_sizes[-1]


@mistake
def counts_by_the_inputs(layer_sizes, batch_norm):
    """You count b, and with batch norm gamma and beta, by the inputs of a layer. They belong to
    what comes out of its W, so each has a number for every unit of the layer. Look at which of the
    two sizes you use for them."""
    *hidden, last = itertools.pairwise(layer_sizes)
    each = 2 if batch_norm else 1
    return sum(i * o + each * i for i, o in hidden) + last[0] * last[1] + last[0]


@mistake
def adds_one_for_every_input(layer_sizes, batch_norm):
    """With batch norm you count one number too many for every input of the network. Gamma and beta
    belong to hidden units; the input has neither. Look at where the sizes that you add up begin and
    end."""
    return count_parameters(layer_sizes, batch_norm) + (layer_sizes[0] if batch_norm else 0)


@mistake
def counts_one_hidden_layer(layer_sizes, batch_norm):
    """You count a network of one hidden layer. There may be more of them, or none. Look at which
    entries of the list you use."""
    first, hidden, last = layer_sizes[0], layer_sizes[1], layer_sizes[-1]
    return count_parameters([first, hidden, last], batch_norm)


@mistake
def takes_the_input_for_a_hidden_layer(layer_sizes, batch_norm):
    """You count the input as a hidden layer, with a b or gamma and beta of its own. The input has
    no parameters: W and what goes with it belong to the layer they lead to. Look at where your
    hidden sizes begin."""
    each = 2 if batch_norm else 1
    return count_parameters(layer_sizes, batch_norm) + each * layer_sizes[0]


@mistake
def skips_the_first_layer(layer_sizes, batch_norm):
    """You leave out the first layer, which the input goes into. It has weights like all others.
    Look at where your way through the layers starts."""
    if len(layer_sizes) < 3:
        return 0
    first = layer_sizes[1] * (layer_sizes[0] + 1 + bool(batch_norm))
    return count_parameters(layer_sizes, batch_norm) - first


@also(normalizes_the_input)
def normalizes_what_goes_into_hidden_layers(layer_sizes, batch_norm):
    right, into, out_of = count_parameters(layer_sizes, batch_norm), layer_sizes[:-2], layer_sizes
    return right + 2 * (sum(into) - sum(out_of[1:-1])) * bool(batch_norm)


@mistake
def counts_the_weights_with_batch_norm_only(layer_sizes, batch_norm):
    """Without batch norm your count in general leaves out weights, and perhaps more. That happens
    in a line such as `total += a + b if c else d`, which Python reads as `(a + b) if c else d`:
    without c, a is not counted. Look for such a line, or at where W comes in for each value of
    `batch_norm`."""
    right = count_parameters(layer_sizes, batch_norm)
    hidden = sum(i * o for i, o in itertools.pairwise(layer_sizes[:-1]))
    return right if batch_norm else right - hidden


@also(counts_the_weights_with_batch_norm_only)
def counts_the_hidden_weights_with_batch_norm_only(layer_sizes, batch_norm):
    weights = sum(i * o for i, o in itertools.pairwise(layer_sizes[:-1])) if batch_norm else 0
    return weights + sum(layer_sizes[1:]) + sum(layer_sizes[1:-1]) * bool(batch_norm)


@also(counts_the_weights_with_batch_norm_only)
def counts_all_but_the_hidden_biases_with_batch_norm_only(layer_sizes, batch_norm):
    right = count_parameters(layer_sizes, True)
    return right if batch_norm else sum(layer_sizes[1:-1])


@also(counts_the_weights_with_batch_norm_only)
def counts_all_weights_with_batch_norm_only(layer_sizes, batch_norm):
    right = count_parameters(layer_sizes, True)
    return right - layer_sizes[-1] if batch_norm else sum(layer_sizes[1:])


@also(counts_the_weights_with_batch_norm_only)
def counts_each_layers_weights_with_batch_norm_only(layer_sizes, batch_norm):
    right = count_parameters(layer_sizes, True)
    return right + layer_sizes[-1] if batch_norm else sum(layer_sizes[1:])


@mistake
def recognizes_the_output_by_its_size(layer_sizes, batch_norm):
    """With batch norm you count one number a unit beside W for a hidden layer as wide as the output
    layer, where gamma and beta make two. Layers of one width may be of different kinds. Look at how
    you tell which layer is the last."""
    twins = layer_sizes[1:-1].count(layer_sizes[-1])
    return count_parameters(layer_sizes, batch_norm) - twins * layer_sizes[-1] * bool(batch_norm)


@mistake
def joins_the_last_layer_to_the_first(layer_sizes, batch_norm):
    """You count a W that leads from the outputs to the inputs. Python takes the index -1 for the
    last entry, so `i - 1` can lead from the first size to the last. Look at where your way through
    the sizes begins and ends."""
    return count_parameters(layer_sizes, batch_norm) + layer_sizes[0] * layer_sizes[-1]


@also(joins_the_last_layer_to_the_first)
def joins_it_and_takes_the_input_for_a_layer(layer_sizes, batch_norm):
    each = layer_sizes[-1] + (2 if batch_norm else 1)
    return count_parameters(layer_sizes, batch_norm) + layer_sizes[0] * each


@also(joins_the_last_layer_to_the_first)
def joins_it_and_counts_a_bias_for_the_input(layer_sizes, batch_norm):
    each = layer_sizes[-1] + 1
    return count_parameters(layer_sizes, batch_norm) + layer_sizes[0] * each


@mistake
def counts_one_bias_a_layer(layer_sizes, batch_norm):
    """You count one number for a whole layer where every unit has its own: b, like gamma and beta,
    is a column of shape (n, 1). Look at what b is to be added to."""
    weights = sum(i * o for i, o in itertools.pairwise(layer_sizes))
    layers = len(layer_sizes) - 1
    return weights + (2 * sum(layer_sizes[1:-1]) + 1 if batch_norm else layers)


@also(counts_one_bias_a_layer)
def counts_one_bias_and_one_pair_a_layer(layer_sizes, batch_norm):
    weights = sum(i * o for i, o in itertools.pairwise(layer_sizes))
    layers = len(layer_sizes) - 1
    return weights + (2 * layers - 1 if batch_norm else layers)


@mistake
def counts_the_weights_alone(layer_sizes, batch_norm):
    """You count the weights and nothing else. A layer learns more: a b, or with batch norm, in a
    hidden layer, gamma and beta. Look at what each kind of layer learns beside W."""
    return sum(a * b for a, b in zip(layer_sizes, layer_sizes[1:], strict=False))
