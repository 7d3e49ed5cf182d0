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
                "The order costs far more. Most images of a batch are of one class, so its mean is "
                "near that class's, and batch norm subtracts it.",
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
                "It heads there, but slowly: each value moves it by a hundredth of the distance "
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
                "They are hardly older than the final weights, but 8 images are few. The draw "
                "decides.",
            ),
            Choice(
                "An average with decay 0.99: the longer its memory, the better.",
                "A long memory takes out the noise, and keeps statistics of weights that are long "
                "gone, and of the start.",
            ),
            Choice(
                "The exact ones, and those of an average with decay 0.9.",
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
                "Batches of 2 give less than that, those of 4 more. With 8, the statistics are "
                "poor but not useless.",
            ),
            Choice(
                "About 10 %.",
                "That is a batch of one, where every image gets the same answer.",
            ),
        ),
    ),
    Question(
        "no-grad-without-eval",
        "In PyTorch, you test a network under torch.no_grad() and forget net.eval(). What "
        "does batch norm do?",
        (
            Choice(
                "What it should: without gradients nothing is trained.",
                "Nothing is trained, but the mode is another switch. no_grad only says that no "
                "gradients will be asked for.",
            ),
            Choice(
                "It takes each test batch's statistics, and updates its running averages.",
                "Both belong to the training mode, which is still on. What the second has done "
                "stays when you switch it off later.",
                right=True,
            ),
            Choice(
                "It takes its running averages, and goes on updating them.",
                "Taking them is test mode. In training mode it updates them and takes the batch's.",
            ),
        ),
    ),
    Question(
        "last-batch-of-one",
        "1,297 training images in batches of 16 make 81 batches and one image that is left over. "
        "It makes a batch of its own, in training mode. What does it do to the running averages?",
        (
            Choice(
                "Nothing: one image has no variance.",
                "Its variance is 0, and 0 is what is averaged in.",
            ),
            Choice(
                "It pulls the variance towards 0 and the mean towards one image.",
                "At decay 0.9 the variance loses a tenth of itself, just before the network is "
                "tested.",
                right=True,
            ),
            Choice(
                "It makes them NaN.",
                "The biased variance of one value is 0. It is the unbiased one that divides by m "
                "- 1 = 0: PyTorch refuses such a batch in a fully connected layer.",
            ),
        ),
    ),
    Question(
        "tuned-in-twos",
        "A trained network is to be trained on, on the same kind of images, at a learning rate of "
        "0.01 after 0.3, but in batches of 2, as more do not fit into memory. Batch norm is in "
        "training mode. What becomes of its accuracy on new images within 100 steps?",
        (
            Choice(
                "It rises a little, as more training does.",
                "With frozen statistics it does not even do that. In training mode, statistics of "
                "two images steer every step.",
            ),
            Choice(
                "It stays, as the rate is small.",
                "With the statistics frozen it does. In training mode, two images decide mean and "
                "variance, in the step and in the running averages.",
            ),
            Choice(
                "It falls, by tens of points.",
                "Normalized in twos, a unit can only say which of the two images has more; and "
                "the running averages follow the drift.",
                right=True,
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
        "average-of-weights",
        "You average the weights of the last hundreds of steps into one network. Which running "
        "statistics does it need?",
        (
            Choice(
                "Those of the last weights.",
                "They are averages over other weights' activations. How far off they are depends "
                "on how far the weights moved.",
            ),
            Choice(
                "Those averaged along with the weights.",
                "The mean of statistics is not the statistics of the mean: a layer's activations "
                "are no linear function of all weights.",
            ),
            Choice(
                "New ones: pass training images through the averaged network.",
                "No batch has gone through it yet. One pass over the training images, without "
                "training, is enough. Here that gains some tenths of a point.",
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
    Question(
        "sixty-four-in-parts",
        "Memory allows batches of 2 only. You add up the gradients of 32 such batches before each "
        "step. With batch norm, is that the same as batches of 64?",
        (
            Choice(
                "Yes: gradients add up.",
                "They do, of each image's cost as it is. But what an image's cost is depends on "
                "its batch-mates, and there is one of these now.",
            ),
            Choice(
                "Nearly: the mean of 32 noisy batches is steady.",
                "The gradient's noise averages out; what a unit sees in a batch of two does not.",
            ),
            Choice(
                "No: each part is normalized by itself.",
                "It is batch norm with batches of 2, and a steadier gradient. Without batch norm "
                "it would be the same.",
                right=True,
            ),
        ),
    ),
)
