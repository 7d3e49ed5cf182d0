"""Questions of notebook 4, batch norm at test time."""

from bnlib.widgets.questions.question import Choice, Question

QUESTIONS = (
    Question(
        "one-example-alone",
        "A trained network gets one single image, still in training mode. What does batch norm "
        "make of a unit's z?",
        (
            Choice(
                "z itself: there is nothing to compare it with.",
                "The equation does not know that. It subtracts the batch's mean, and the mean of "
                "one value is that value.",
            ),
            Choice(
                "beta, whatever the image is.",
                "The mean of one value is the value itself, so z - mu is 0. All that is left is "
                "beta, the same for every image.",
                right=True,
            ),
            Choice(
                "NaN, as the variance of one value is 0.",
                "eps keeps the root above 0. The division is 0 / sqrt(eps), which is 0.",
            ),
            Choice(
                "gamma + beta.",
                "That would need z_norm = 1. But z_norm is 0: one value does not differ from its "
                "own mean.",
            ),
        ),
    ),
    Question(
        "sorted-by-class",
        "A net with 97 % accuracy gets its test images in batches of 50, in training mode. They "
        "are sorted: first all 0s, then all 1s, and so on. What is its accuracy now?",
        (
            Choice(
                "About 97 %: 50 images are enough for a mean and a variance.",
                "Enough, yes, but of the wrong images. In a batch of 0s, the mean that is "
                "subtracted is that of a 0, and what makes it a 0 goes with it.",
            ),
            Choice(
                "About 90 %.",
                "The order costs far more. Each batch's mean is its class's mean, and batch norm "
                "subtracts exactly that.",
            ),
            Choice(
                "About 50 %.",
                "You expect much damage, and it is still greater: within a batch hardly "
                "anything is left that tells its class from another.",
            ),
            Choice(
                "Below 30 %.",
                "Batch norm subtracts each batch's mean. Where all images are of one class, that "
                "mean is what they have in common: the class.",
                right=True,
            ),
        ),
    ),
    Question(
        "average-after-ten",
        "An average starts at 0, its decay is 0.99, and every value it gets is 1. Where is it "
        "after 10 values?",
        (
            Choice(
                "At 1.",
                "It gets there, but slowly: each value moves it by a hundredth of the distance "
                "that is left.",
            ),
            Choice(
                "At about 0.9.",
                "That would be a decay of about 0.8. At 0.99 the start keeps a weight of 0.99 to "
                "the power of 10, which is 0.90.",
            ),
            Choice(
                "At about 0.1.",
                "The start still has a weight of 0.99 to the power of 10, which is 0.90. The ten "
                "values share the other 0.10.",
                right=True,
            ),
            Choice(
                "At 0.01.",
                "That is where it is after the first value. Nine more follow.",
            ),
        ),
    ),
    Question(
        "best-estimate",
        "You train for one epoch with batches of 8. Which statistics give the most accurate "
        "predictions on test images?",
        (
            Choice(
                "Those of each test batch of 8 itself, as in training.",
                "It is what the network was trained with, but with the noise of 8 images in every "
                "prediction.",
            ),
            Choice(
                "Those of the last training batch.",
                "They fit the final weights, but 8 images are few. The draw decides.",
            ),
            Choice(
                "An average with decay 0.99: the longer its memory, the better.",
                "A long memory takes out the noise, and keeps statistics of weights that are long "
                "gone, and of the start.",
            ),
            Choice(
                "The exact ones of all training images, and an average with decay 0.9 ties.",
                "The average has a little noise and a little lag left; in accuracy that does not "
                "show.",
                right=True,
            ),
        ),
    ),
    Question(
        "forgotten-switch",
        "A net is right on 97 % of the test images. You forget to switch it to test mode, and test "
        "it in random batches of 8. What do you measure?",
        (
            Choice(
                "About 97 %: random batches have the right mean on average.",
                "On average, yes. But each prediction gets one batch's mean, and over three "
                "layers the noise of 8 images adds up.",
            ),
            Choice(
                "Between 80 % and 90 %.",
                "Low enough to blame the network, not low enough to look like a bug. That is why "
                "this one lives long.",
                right=True,
            ),
            Choice(
                "About 50 %.",
                "That is what batches of 2 or 3 would give. With 8, the statistics are poor but "
                "not useless.",
            ),
            Choice(
                "About 10 %.",
                "That is a batch of one, where every image gets the same answer.",
            ),
        ),
    ),
    Question(
        "what-folding-needs",
        "At test time, a layer multiplies by W and then normalizes with fixed statistics, gamma "
        "and beta. What is the least that does the same?",
        (
            Choice(
                "One linear layer, with another W and a bias b, and the result is the same.",
                "Everything after W is a number times z plus a number, for each unit. Both go "
                "into the linear layer.",
                right=True,
            ),
            Choice(
                "One linear layer, which comes close.",
                "It is no approximation. Only the rounding of the last digits differs.",
            ),
            Choice(
                "W and a smaller batch-norm layer, without gamma and beta.",
                "gamma and beta do fold away, and so do the mean and the variance: they are fixed "
                "numbers now.",
            ),
            Choice(
                "Nothing simpler: dividing by a root is not linear.",
                "In training it is not, because the root depends on z. At test time the variance "
                "is a number that was stored.",
            ),
        ),
    ),
    Question(
        "not-repaired",
        "At test time all images have changed in one of these ways. For which one does it not help "
        "to take the statistics anew from the changed images?",
        (
            Choice(
                "Every pixel is multiplied by 0.5 (less contrast).",
                "That halves every z of the first layer. Divided by its new standard deviation, "
                "it is what it was.",
            ),
            Choice(
                "0.5 is added to every pixel (darker paper).",
                "That moves every unit of the first layer by a fixed amount, which its new mean "
                "takes out.",
            ),
            Choice(
                "Both at once.",
                "Times a positive number, plus a number: the new mean and the new standard "
                "deviation undo both.",
            ),
            Choice(
                "Every pixel p becomes 1 - p (inverted).",
                "The new mean takes out the 1, but the sign stays: a standard deviation is never "
                "negative. Every unit of the first layer comes out upside down.",
                right=True,
            ),
        ),
    ),
    Question(
        "two-shards",
        "Two workers have as many examples each. One has mean 0 and variance 1, the other mean 4 "
        "and variance 1. What is the variance of all examples together?",
        (
            Choice(
                "1, the average of the two.",
                "That is the spread within each worker's examples. Their means lie 4 apart, and "
                "that is spread, too.",
            ),
            Choice(
                "2, the sum of the two.",
                "Variances add up when independent values are added. Here examples are put "
                "together, not added.",
            ),
            Choice(
                "5",
                "The common mean is 2, so each worker's mean is 2 away from it: 1 within, plus 2 "
                "squared between.",
                right=True,
            ),
            Choice(
                "17, which is 1 + 4 squared.",
                "You measure one mean from the other. Both are to be measured from the common "
                "mean, which lies between them.",
            ),
        ),
    ),
)
