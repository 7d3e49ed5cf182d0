"""Questions of notebook 3, why it works."""

from bnlib.widgets.questions.question import Choice, Question

QUESTIONS = (
    Question(
        "coloured-cats",
        "A network learns on black cats alone and is right about 98 of 100 new black ones. The "
        "true rule is one and the same for all colours. How many of 100 coloured animals does it "
        "get right?",
        (
            Choice(
                "About 98: the rule is the same.",
                "The rule is, but the network does not know it. It knows a curve that follows the "
                "rule where black cats are, and nothing told it how the curve goes on.",
            ),
            Choice(
                "About 80: some of the shape must carry over.",
                "It might, for a rule that goes on straight. This one bends, and the network's "
                "curve bends in its own way.",
            ),
            Choice(
                "About 50.",
                "Away from the examples its boundary goes where it likes, and here that is far "
                "below the rule: it calls nearly all of them cats, and half of them are.",
                right=True,
            ),
            Choice(
                "Hardly any.",
                "For that it would have to be wrong on purpose. Where its curve is far off, it "
                "says the same of nearly all animals, and is right about half of them.",
            ),
        ),
    ),
    Question(
        "which-layer-shifts",
        "Three sigmoid layers train together, without batch norm. You measure how far the means of "
        "the inputs of each layer's sigmoids have moved from where they started, in standard "
        "deviations that the inputs had there. Where is the shift largest?",
        (
            Choice(
                "In layer 1, next to the data.",
                "The data never change, so only what layer 1 itself learns can move its inputs.",
            ),
            Choice(
                "In layer 3, next to the output.",
                "Its inputs move when the layer itself learns, and when layers 1 and 2 do: shifts "
                "below are passed on. And its inputs vary least at the start.",
                right=True,
            ),
            Choice(
                "It is the same in all.",
                "Each layer passes the changes below it on to the next, and adds its own.",
            ),
        ),
    ),
    Question(
        "shifts-added-back",
        "You take the network with batch norm and, after every batch norm, move and stretch each "
        "unit at random, anew at every step. By up to three of the standard deviations that it "
        "starts with. What happens?",
        (
            Choice(
                "It does not train at all.",
                "So it would be, if steady inputs were what training needs. With shifts several "
                "times stronger still, training does suffer.",
            ),
            Choice(
                "It trains as the plain network does: the gain is gone.",
                "That is what the covariate-shift story predicts: the shift is back, so the gain "
                "should be gone. See what the curves say.",
            ),
            Choice(
                "It trains more slowly, but much of the gain stays.",
                "It keeps most of the gain, though its inputs jump about at every step. So steady "
                "inputs are not needed for it.",
                right=True,
            ),
        ),
    ),
    Question(
        "smoother-everywhere",
        "From the weights you have, walk against the gradient by up to four learning rates, and "
        "note the range of the cost on the way. In the very first step of training a ReLU "
        "network: with or without batch norm, where is the range larger?",
        (
            Choice(
                "Without batch norm: its landscape is rougher.",
                "Later in training it is, by a factor of ten and more. At the first step it is the "
                "other way round.",
            ),
            Choice(
                "With batch norm.",
                "At first its cost falls steeply along the gradient, and a fall counts as range. "
                "The measure does not tell a useful slope from a rough one.",
                right=True,
            ),
            Choice(
                "They are equal: nothing has been learned yet.",
                "The two networks are different functions of their weights from the start, with "
                "different gradients.",
            ),
        ),
    ),
    Question(
        "largest-learning-rate",
        "A ReLU network without batch norm trains well up to a learning rate of 0.6. Up to which "
        "rate does it train with batch norm?",
        (
            Choice(
                "0.6, too: the data set the limit.",
                "The data are one part of it. But batch norm makes the cost another function of "
                "the weights.",
            ),
            Choice(
                "About 3.",
                "Five times the rate. Here that buys room, not speed: with batch norm, 3 does no "
                "better than 0.6.",
                right=True,
            ),
            Choice(
                "About 300.",
                "One reads of such factors. Here 10 is too much.",
            ),
            Choice(
                "Any: batch norm cancels the scale of the weights.",
                "It does for the weights before it. The output layer, and the last batch norm's "
                "gamma and beta, have no batch norm after them.",
            ),
        ),
    ),
    Question(
        "gradient-of-twenty-layers",
        "Twenty ReLU layers of 100 units with batch norm, at their start, before any training. "
        "How large is the cost's gradient with respect to z in the first layer, beside that in the "
        "last?",
        (
            Choice(
                "About as large: batch norm keeps the spread, so it keeps the gradient.",
                "It keeps the spread of what goes forward. Backward, most layers multiply the "
                "gradient by about 1.2.",
            ),
            Choice(
                "About a hundred times as large.",
                "Each layer makes it larger by a fifth or so, and the first by more, with half and "
                "with twice the weights, too. Batch norm holds the forward pass, and makes "
                "gradients explode at the start.",
                right=True,
            ),
            Choice(
                "About a hundredth.",
                "In plain sigmoid networks of the usual start gradients vanish, by far more than "
                "that in twenty layers. With batch norm it goes the other way.",
            ),
        ),
    ),
    Question(
        "ten-times-the-weights",
        "You multiply all weights before a batch norm by 10. Its output stays the same. What "
        "becomes of the cost's gradient with respect to these weights?",
        (
            Choice(
                "It stays the same, as the output does.",
                "The output is the same at the new weights, but a change of 1 in a weight is now a "
                "smaller part of it.",
            ),
            Choice(
                "It is 10 times as large.",
                "It goes the other way: the gradient, too, is divided by the standard deviation of "
                "z, and that is 10 times as large.",
            ),
            Choice(
                "It is a tenth.",
                "The same relative change of the weights has the same effect; in absolute terms it "
                "is 10 times as large a change, so each unit of change does a tenth.",
                right=True,
            ),
            Choice(
                "It is 0.",
                "Along the weights themselves it is: there the output does not change at all. In "
                "most other directions it does.",
            ),
        ),
    ),
    Question(
        "norm-of-the-weights",
        "The gradient is not 0, and at a right angle to the weights of each unit before a batch "
        "norm. You take one step of gradient descent. What happens to the norm of these weights?",
        (
            Choice(
                "It stays the same.",
                "It would, if you walked along a circle. A straight step at a right angle leaves "
                "the circle, on the outside.",
            ),
            Choice(
                "It grows.",
                "By Pythagoras: the new squared norm is the old one plus the squared length of the "
                "step.",
                right=True,
            ),
            Choice(
                "It shrinks.",
                "For that the step would have to point inwards, and a step at a right angle does "
                "not.",
            ),
            Choice(
                "It depends on the data.",
                "The length of the step does. That it stands at a right angle follows from batch "
                "norm alone (for eps = 0).",
            ),
        ),
    ),
    Question(
        "where-norms-end",
        "Rows of weights before batch norm start with norms of 0.4, 1.5 and 6. Train long with "
        "weight decay, which takes the same small share of each weight at every step. Where do "
        "the norms end?",
        (
            Choice(
                "Each is smaller by the same factor, so the largest stays 16 times the smallest.",
                "So it would be by decay alone. But every gradient step makes a norm grow, and "
                "the smaller the norm, the more.",
            ),
            Choice(
                "All in about the same place.",
                "A large norm hardly grows by its steps, and decays; a small one grows quickly. "
                "They meet where growth and decay are equal.",
                right=True,
            ),
            Choice(
                "All at 0.",
                "On the way there the gradient becomes as large as the norm is small, and drives "
                "it out again.",
            ),
        ),
    ),
    Question(
        "four-times-the-batch",
        "The mean of a unit over a batch of 16 is off by 0.2, typically. How far off is it over a "
        "batch of 64?",
        (
            Choice(
                "0.2",
                "More examples average out more.",
            ),
            Choice(
                "0.1",
                "Four times the examples, half the noise: it falls with the square root of the "
                "batch size.",
                right=True,
            ),
            Choice(
                "0.05",
                "That is how its variance falls, by a factor of 4. The deviation is the root of "
                "that.",
            ),
            Choice(
                "0.0125",
                "That would be a factor of 16, the square of 4.",
            ),
        ),
    ),
    Question(
        "best-batch-size",
        "128 images to train on, always 512 steps, after which every network is right about all of "
        "them. Which networks do better on new images with batches of 16 than with all 128 in "
        "every step?",
        (
            Choice(
                "Both: batches of 16 make the gradient noisy, and that helps either.",
                "Then the plain network, whose gradients are noisy too, should gain. It gains "
                "nothing that 40 seeds could tell.",
            ),
            Choice(
                "The one with batch norm.",
                "Each image's company changes from step to step, and only there does that change "
                "what the image becomes. The gain is between one and two points.",
                right=True,
            ),
            Choice(
                "Neither: statistics of 16 images are poor.",
                "Poor they are, in training. At test time both use the exact statistics of all "
                "128, and training among noisy ones has helped.",
            ),
        ),
    ),
    Question(
        "dropout-later",
        "Beside batch norm, dropout keeps every second activation. After 128 steps it has cost "
        "more than a point of accuracy on new images. What will you find after 512 steps?",
        (
            Choice(
                "It costs about as much: half is too much beside batch norm.",
                "So one would conclude from the short run. But the network with dropout had not "
                "learned all its training images yet.",
            ),
            Choice(
                "It costs nothing any more, and gains nothing.",
                "It catches up, and goes on.",
            ),
            Choice(
                "It gains about two points.",
                "So much dropout made training slower first, and beside batch norm better later. A "
                "run that is cut short measures the first.",
                right=True,
            ),
        ),
    ),
)
