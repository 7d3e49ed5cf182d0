"""Questions of notebook 6, frameworks."""

from bnlib.widgets.questions.question import Choice, Question

QUESTIONS = (
    Question(
        "how-many-alive",
        "Eight frameworks of the lecture's time, 2017: TensorFlow, PyTorch, Keras, Lasagne, MXNet, "
        "Caffe, Caffe2 and PaddlePaddle. How many of them are still developed?",
        (
            Choice(
                "All eight: such large projects do not stop.",
                "They do. A framework lives as long as somebody pays for it or cares for it.",
            ),
            Choice(
                "Six.",
                "That would be all but Lasagne and Caffe2. Caffe and MXNet have stopped too.",
            ),
            Choice(
                "Four.",
                "TensorFlow, PyTorch, Keras and PaddlePaddle. Lasagne, MXNet, Caffe and Caffe2 "
                "are not.",
                right=True,
            ),
            Choice(
                "Two: TensorFlow and PyTorch.",
                "Those two are alive; so are Keras, which now runs on either of them or on JAX, "
                "and PaddlePaddle.",
            ),
        ),
    ),
    Question(
        "learning-rate-of-one",
        "You minimise w² - 10 w + 25 by gradient descent from w = 0, with learning rate 1. What "
        "does w do?",
        (
            Choice(
                "It reaches 5 in one step.",
                "That is learning rate 0.5, which is 1 over the second derivative, 2.",
            ),
            Choice(
                "It comes closer to 5, slowly.",
                "Each step multiplies the distance to 5 by 1 - 2 times the learning rate. With 1, "
                "that is -1.",
            ),
            Choice(
                "It jumps between 0 and 10 for ever.",
                "The distance to 5 is multiplied by -1. Learning rate 1 is 2 over the second "
                "derivative: the limit of notebook 1.",
                right=True,
            ),
            Choice(
                "It grows without end.",
                "That begins just above 1. At exactly 1 the distance to 5 stays the same.",
            ),
        ),
    ),
    Question(
        "same-network-everywhere",
        "The same batch-normalized network, the same weights, the same batch, float32, in ten "
        "frameworks: logits, and gradients in nine. How closely do they agree?",
        (
            Choice(
                "To the last digit.",
                "Sums are added up in different orders, and float32 keeps about 7 digits.",
            ),
            Choice(
                "To 6 or 7 digits, if each is imitated with its own eps, momentum and variance.",
                "The mathematics is the same. What differs is a handful of conventions, and "
                "rounding.",
                right=True,
            ),
            Choice(
                "To 2 or 3 digits: every framework has its own batch norm.",
                "That is what you see when eps differs. Put the same eps in, and the rest is "
                "rounding.",
            ),
        ),
    ),
    Question(
        "after-one-batch",
        "A unit's running variance starts at 1. One batch of eight comes with biased variance 4. "
        "What do PyTorch and Keras 3, at their defaults, hold after it?",
        (
            Choice(
                "Both 4.",
                "They keep an average with what they had before. Equinox copies the first batch.",
            ),
            Choice(
                "Both 1.3.",
                "PaddlePaddle, MXNet, Caffe2 and ONNX Runtime do: 0.9 of 1 and 0.1 of 4.",
            ),
            Choice(
                "PyTorch 1.36, Keras 1.03.",
                "PyTorch takes 0.1 of the unbiased variance, 4.57; Keras 0.01 of the biased one.",
                right=True,
            ),
            Choice(
                "PyTorch 1.03, Keras 1.36.",
                "The other way round. Keras's 0.99 is the weight of the old, so only 0.01 is new.",
            ),
        ),
    ),
    Question(
        "one-example-in-training",
        "In training mode, PaddlePaddle's BatchNorm1D gets a batch of one vector. What comes out?",
        (
            Choice(
                "An error.",
                "PyTorch raises one. PaddlePaddle does not.",
            ),
            Choice(
                "beta, as the equations say.",
                "Most frameworks return beta, since z - mu is 0. PaddlePaddle does not.",
            ),
            Choice(
                "NaN.",
                "z - mu is 0, and eps keeps the division safe: the equations give beta.",
            ),
            Choice(
                "The vector itself, without gamma and beta.",
                "It treats a batch of one as a case of its own and hands z on unchanged.",
                right=True,
            ),
        ),
    ),
    Question(
        "mean-of-a-channel",
        "A batch of 8 images with 4 channels and 6 by 6 pixels. Over how many numbers does batch "
        "norm take the mean of a channel?",
        (
            Choice(
                "8: over the images, every pixel by itself.",
                "Then a pixel would be a unit. A convolution uses the same weights at every pixel, "
                "so batch norm treats all pixels of a channel alike.",
            ),
            Choice(
                "36: over the pixels, every image by itself.",
                "That is instance norm: it never looks at the other images.",
            ),
            Choice(
                "288: over images and pixels.",
                "8 times 6 times 6. Each of the 4 channels has one mean and one variance.",
                right=True,
            ),
            Choice(
                "144: over the channels and pixels of an image.",
                "That is layer norm over a whole image: it keeps the images apart, and puts the "
                "channels together.",
            ),
        ),
    ),
    Question(
        "which-mistake-hurts",
        "You carry a trained network from Keras to PyTorch, pixels from 0 to 1, and overlook one "
        "thing. Which of these costs the most accuracy?",
        (
            Choice(
                "eps stays at 1e-5 and should be 1e-3.",
                "Against variances of about 0.1 and more, both are small. In other networks it "
                "changes more: you will see one.",
            ),
            Choice(
                "momentum stays at 0.1 and should be 0.01.",
                "At test time momentum is not used at all. It matters when you train on.",
            ),
            Choice(
                "The weight matrices between layers of equal size are not transposed.",
                "They have the right shape, so nothing complains, and the network guesses.",
                right=True,
            ),
            Choice(
                "The standard deviation is stored in place of the variance.",
                "Bad, but with these pixels the variances lie between 0.07 and 2: normalized "
                "values shrink to no less than half.",
            ),
        ),
    ),
    Question(
        "trainable-false",
        "In Keras you freeze a trained model, model.trainable = False, and then call it with "
        "training=True. Which statistics does its batch norm use?",
        (
            Choice(
                "The batch's: training=True asks for them.",
                "That is what training=True means as long as the layer is trainable. Frozen, it "
                "keeps to its moving statistics.",
            ),
            Choice(
                "The moving statistics, and leaves them as they are.",
                "To batch norm in Keras, trainable = False also means: work as at test time. In "
                "PyTorch requires_grad = False means no such thing.",
                right=True,
            ),
            Choice(
                "The batch's, but the moving ones stay.",
                "Only the second half is so.",
            ),
        ),
    ),
    Question(
        "a-start-that-never-was",
        "A layer's running variance starts at 1, and a batch of variance 2.4 comes. At test time "
        "the layer divides what it then holds, 0.99 x 1 + 0.01 x 2.4, by 1 - 0.99. Which variance "
        "does it work with?",
        (
            Choice("2.4: that is what the division is for.", "It is, where the start was 0."),
            Choice("About 1: one step has hardly moved it.", "Yes, before the division."),
            Choice("About 101.", "The 0.99 of the start is divided by 0.01, too.", right=True),
        ),
    ),
    Question(
        "forward-passes-alone",
        "In MXNet, on a CPU, a hundred training batches of variance 4 go forward, and after them "
        "one backward. The running variance starts at 1, and the weight of the new is 0.1. What "
        "is it then?",
        (
            Choice("4: a hundred updates.", "Forward passes alone change nothing there."),
            Choice("1.3: one update.", "There MXNet updates in the backward pass.", right=True),
            Choice("1: none.", "That it is after the forward passes, before the backward one."),
        ),
    ),
    Question(
        "an-average-of-what",
        "A unit's variance is 1 in every other batch and 100 in the rest. Keras averages the "
        "variance, Lasagne 1/std. After a thousand batches, which variance does each stand for?",
        (
            Choice("Both about 50: an average is an average.", "Keras, yes. 1/std is 1 and 0.1."),
            Choice(
                "Keras about 50, Lasagne 3 to 4.",
                "The average of 1 and 0.1 is 0.55, and 1 / 0.55 squared is 3.3: the small "
                "variances rule.",
                right=True,
            ),
            Choice("Keras about 50, Lasagne about 90.", "1/std of variance 100 is only 0.1."),
        ),
    ),
    Question(
        "large-mean",
        "Five units of mean 10,000 and standard deviation 0.01, in float32, through each "
        "framework's batch norm. How wrong are the outputs, which should be about 1 in size?",
        (
            Choice(
                "Right to five digits everywhere.",
                "float32 has about seven digits, and the mean uses up six of them.",
            ),
            Choice(
                "Off by 0.04 to 0.2 in most; in some NaN, or nonsense.",
                "float32 numbers near 10,000 lie 0.001 apart, a tenth of the standard deviation. "
                "Where the variance is computed in one pass, nothing is left of it.",
                right=True,
            ),
            Choice("NaN everywhere.", "Two passes, centre first and square then, do survive."),
        ),
    ),
    Question(
        "half-precision",
        "In PyTorch you put a batch-norm layer into float16 and train on values with a standard "
        "deviation of 1,500. What breaks first?",
        (
            Choice(
                "The output: 65,504 is the largest float16.",
                "In PyTorch the output was right: it is computed in float32 inside, and normalized "
                "values are small. In some other frameworks you would be right.",
            ),
            Choice(
                "The running variance, which is float16 itself.",
                "A standard deviation of 1,500 is a variance of more than two million.",
                right=True,
            ),
            Choice(
                "Nothing: batch norm makes everything of size 1.",
                "Its output, yes. The variance it keeps is the square of the spread that comes in.",
            ),
        ),
    ),
    Question(
        "label-that-is-not-there",
        "Four classes, 0 to 3, and a label 4 slips into a batch. What does the loss do?",
        (
            Choice("An error, everywhere.", "In ten of the fifteen that were measured."),
            Choice(
                "It depends: an error, NaN, or a number as if nothing had happened.",
                "A number is the worst: nothing shows that a label is wrong.",
                right=True,
            ),
            Choice("NaN, everywhere.", "In one of them."),
        ),
    ),
    Question(
        "find-the-convention",
        "In an imported network the first linear layer gives what the original's gives, and the "
        "batch norm after it does not. Which of these can it not be?",
        (
            Choice("A wrong eps.", "eps enters that layer's output."),
            Choice("gamma and beta exchanged.", "They enter that layer's output."),
            Choice(
                "The first kernel, not transposed.",
                "The layer with that kernel agrees.",
                right=True,
            ),
        ),
    ),
)
