"""Questions of notebook 1, normalizing activations."""

from bnlib.widgets.questions.question import Choice, Question

QUESTIONS = (
    Question(
        "steps-and-condition-number",
        "One set of features has condition number 10, another 1000. Each gets its own "
        "learning rate, 2 / (largest + smallest eigenvalue). How many times as many steps does the "
        "second one usually need?",
        (
            Choice(
                "About as many.",
                "The learning rate differs, but it cannot make up for the shape of the bowl: "
                "what suits the steep direction is far too small for the flat one.",
            ),
            Choice(
                "About 10 times as many.",
                "That would be the square root of 100. Momentum, well tuned, gets there; plain "
                "gradient descent does not.",
            ),
            Choice(
                "About 100 times as many.",
                "The steep direction limits the learning rate, and in the flat direction a step "
                "then covers a share of the way that is about 100 times smaller.",
                right=True,
            ),
            Choice(
                "About 10,000 times as many.",
                "That would be 100 squared. It is less bad: the number of steps grows in "
                "proportion to the condition number.",
            ),
        ),
    ),
    Question(
        "stable-learning-rate",
        "The largest eigenvalue of a bowl's Hessian is 50. You run gradient descent with a "
        "learning rate of 0.05. What does the cost do?",
        (
            Choice(
                "It falls, only slowly.",
                "Slow is what a small learning rate gives. This one is too large: along the "
                "steepest direction each step multiplies the distance by 1 - 0.05 * 50 = -1.5.",
            ),
            Choice(
                "It grows without end.",
                "The largest stable rate is 2 / 50 = 0.04. At 0.05, in the steepest direction, "
                "every step jumps over the bottom and lands 1.5 times as far away.",
                right=True,
            ),
            Choice(
                "It swings around the minimum and stays at one height.",
                "That happens in the steepest direction at exactly 2 / 50 = 0.04, where the "
                "distance is multiplied by -1. At 0.05 it is multiplied by -1.5, so the swing "
                "grows.",
            ),
            Choice(
                "It falls quickly, in a zig-zag.",
                "A zig-zag that closes in needs a rate between 1 / 50 = 0.02 and 2 / 50 = 0.04. "
                "0.05 is beyond that, and the zig-zag opens up.",
            ),
        ),
    ),
    Question(
        "spread-through-layers",
        "A network without batch norm has 20 ReLU layers, and all its biases are 0. By mistake you "
        "start with weights half as large as you should. How much smaller is the spread of z in "
        "layer 20 than it should be?",
        (
            Choice(
                "Half as large.",
                "That is so in layer 1. Layer 2 gets inputs that are too small and halves again.",
            ),
            Choice(
                "A 40th: 20 layers, each with a factor of 2.",
                "The factors multiply, they do not add up.",
            ),
            Choice(
                "About a millionth.",
                "Each layer halves what it is given, and 2 to the power of 20 is 1,048,576.",
                right=True,
            ),
            Choice(
                "As large as it should be: ReLU makes up for it.",
                "ReLU passes positive values on unchanged. What goes in at half the size comes "
                "out at half the size.",
            ),
        ),
    ),
    Question(
        "divide-by-variance",
        "A unit has standard deviation 10 over the batch. By mistake you divide by the variance. "
        "What standard deviation does the result have?",
        (
            Choice(
                "1",
                "You get 1 when you divide by the standard deviation. Here you divide by its "
                "square, 100.",
            ),
            Choice(
                "0.1",
                "10 / 100 = 0.1. Units that vary much end up varying little, and the other way "
                "round.",
                right=True,
            ),
            Choice(
                "10",
                "Subtracting the mean would leave it at 10. Dividing by a positive number "
                "divides the standard deviation by it.",
            ),
            Choice(
                "100",
                "100 is the variance, the number you divide by. The standard deviation is divided "
                "by it, not multiplied.",
            ),
        ),
    ),
    Question(
        "sigmoid-after-normalizing",
        "Every unit is about normally distributed, with mean 0 and standard deviation 1, and goes "
        "through a sigmoid. Where on the sigmoid do most of its values lie?",
        (
            Choice(
                "Where it is flat, near 0 and 1.",
                "The sigmoid gets flat beyond about -3.6 and 3.6, and a unit with standard "
                "deviation 1 hardly ever goes there.",
            ),
            Choice(
                "In its middle, which is nearly a straight line.",
                "Most values lie between -2 and 2. Layers that were straight lines would add "
                "nothing; gamma and beta let the network choose another place.",
                right=True,
            ),
            Choice(
                "Evenly, from 0 to 1.",
                "For that the values would have to reach further to both sides. With standard "
                "deviation 1 most outputs lie between 0.12 and 0.88, around 0.5.",
            ),
        ),
    ),
    Question(
        "constant-unit",
        "A unit gives z = 3 for every example of the batch. What does batch norm make of it, with "
        "gamma = 2, beta = 1 and eps = 1e-5?",
        (
            Choice(
                "NaN, because its variance is 0.",
                "Without eps it would be 0 / 0. With eps the division is 0 / sqrt(1e-5), which is "
                "0.",
            ),
            Choice(
                "3",
                "Nothing that is the same for all examples survives the subtraction of the mean.",
            ),
            Choice(
                "1",
                "z - mu is 0 for every example, 0 / sqrt(0 + eps) is 0, and beta is all that is "
                "left.",
                right=True,
            ),
            Choice(
                "7, which is 2 times 3 plus 1.",
                "gamma multiplies z_norm, not z, and z_norm is 0 here.",
            ),
        ),
    ),
    Question(
        "float32-variance",
        "Numbers near 10,000 with a standard deviation of 0.01, in float32, which keeps about 7 "
        "digits. You compute the variance as the mean of the squares minus the square of the mean. "
        "What can come out?",
        (
            Choice(
                "0.0001, with a small rounding error.",
                "The squares are near 100,000,000, and float32 keeps those only to the nearest 8. "
                "A variance of 0.0001 is far below that.",
            ),
            Choice(
                "Something positive, but too large.",
                "That happens too. But the two large numbers are rounded each on its own, so their "
                "difference may fall on either side of 0.",
            ),
            Choice(
                "0, or plus or minus 8 or more.",
                "Near 100,000,000 float32 numbers lie 8 apart, so their difference is a multiple "
                "of 8, of either sign. The root of a negative one is NaN.",
                right=True,
            ),
        ),
    ),
    Question(
        "all-features-times-ten",
        "Your condition_number gets x, and then 10 * x: every feature in a unit ten times smaller. "
        "How do the two results differ?",
        (
            Choice(
                "The second is 100 times as large.",
                "Each eigenvalue of x xᵀ / m is. What you return is the ratio of two of them.",
            ),
            Choice(
                "The second is 10 times as large.",
                "x enters the Hessian twice, so an eigenvalue becomes 100 times as large; but "
                "both do.",
            ),
            Choice(
                "Not at all.",
                "Both eigenvalues become 100 times as large, and the ratio stays. The bowl keeps "
                "its shape and gets steeper: the largest stable learning rate is 100 times "
                "smaller.",
                right=True,
            ),
            Choice(
                "The second is smaller: larger numbers are better conditioned.",
                "A factor of 10 on all features makes the bowl steeper, not rounder.",
            ),
        ),
    ),
    Question(
        "gamma-on-a-small-variance",
        "A unit's variance over the batch is 1e-5, and eps is 1e-5 too. It goes through batch norm "
        "with gamma = 2 and beta = 0. What does your normalized_variance say of the variance of "
        "z_tilde?",
        (
            Choice(
                "4", "That would be gamma squared, if z_norm had variance 1. Here eps halves it."
            ),
            Choice(
                "2",
                "z_norm has variance 1e-5 / (1e-5 + 1e-5), a half, and gamma multiplies it by 4.",
                right=True,
            ),
            Choice("1", "gamma multiplies the values by 2, so the variance by 4, not by 2."),
            Choice("Next to 0", "It would be if the variance were much smaller than eps."),
        ),
    ),
    Question(
        "normalize-twice",
        "Your normalize gets z, and then 3 * z + 7. Every row of z has a standard deviation of "
        "about 1, and eps is 1e-5. How do the two results differ?",
        (
            Choice(
                "The second is 3 times as large, plus 7.",
                "The 7 raises the mean as much as the values and is taken away with it; the 3 "
                "stretches the standard deviation too, by which everything is divided.",
            ),
            Choice(
                "Next to not at all.",
                "Shift and scale are what normalizing takes out. Only eps notices: beside a "
                "variance of 9 it weighs less than beside one of 1.",
                right=True,
            ),
            Choice(
                "The second is 3 times as large.",
                "It would be if you subtracted the mean only. The standard deviation has become 3 "
                "times as large too.",
            ),
            Choice(
                "The second has the opposite sign.",
                "It would with -3 in place of 3: the standard deviation has no sign.",
            ),
        ),
    ),
    Question(
        "identity-on-another-batch",
        "Your identity_parameters gives gamma and beta for one batch, whose mean is 5. Now batch "
        "norm with that gamma and beta gets another batch, whose mean is 8. What mean comes out?",
        (
            Choice(
                "8: with these parameters batch norm does nothing.",
                "It does nothing to the batch that they were made for. Of another batch it takes "
                "that batch's own mean away.",
            ),
            Choice(
                "5",
                "Batch norm takes the 8 away and adds beta, which is 5. It gives back what came in "
                "only where the batch's mean is beta.",
                right=True,
            ),
            Choice(
                "0",
                "That is the mean of z_norm. beta is added after it.",
            ),
            Choice(
                "3, the difference.",
                "Nothing here takes the one mean from the other: the 8 goes out, and beta comes "
                "in.",
            ),
        ),
    ),
)
