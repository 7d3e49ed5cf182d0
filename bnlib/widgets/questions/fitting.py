"""Questions of notebook 2, fitting batch norm into a network."""

from bnlib.widgets.questions.question import Choice, Question

QUESTIONS = (
    Question(
        "which-beta",
        "A net has three hidden layers of 100 units, each with batch norm. You train it with "
        "Momentum and beta = 0.9. How many numbers in this are called beta?",
        (
            Choice(
                "1: the 0.9 serves both.",
                "They share a letter and nothing else. Momentum's beta weighs old gradients; batch "
                "norm's beta is the mean that a unit is given.",
            ),
            Choice(
                "4: one a layer, and Momentum's.",
                "A layer has more than one: every unit has a mean of its own, so beta has shape "
                "(100, 1).",
            ),
            Choice(
                "300: one a unit, all learned.",
                "Those are batch norm's. Momentum has one more, with the same name, that is not "
                "learned: you set it.",
            ),
            Choice(
                "301: one a unit, and Momentum's.",
                "300 are learned, one for each unit. The 0.9 is another thing under the same name, "
                "and stays as you set it.",
                right=True,
            ),
        ),
    ),
    Question(
        "bias-before-batch-norm",
        "A unit computes z = w x + b, then batch norm. You add 3 to its b. What changes, in "
        "training, in the output of batch norm?",
        (
            Choice(
                "Its mean grows by 3.",
                "The mean of z grows by 3, and batch norm subtracts the mean of z. The output's "
                "mean is beta, before and after.",
            ),
            Choice(
                "Its mean grows by 3 divided by the standard deviation.",
                "It would, at gamma = 1, if batch norm only divided. It subtracts the mean first, "
                "and the 3 goes with it.",
            ),
            Choice(
                "Nothing.",
                "Every z grows by 3 and so does mu; z - mu is what it was. That is why the hidden "
                "layers here have no b.",
                right=True,
            ),
            Choice(
                "Its spread changes.",
                "Adding the same number to every example leaves the variance as it was, and the "
                "mean takes the number out.",
            ),
        ),
    ),
    Question(
        "doubled-weights",
        "You call your hidden_layer twice, the second time with 2 * w in place of w. z has a "
        "standard deviation of about 1 in every row, and eps is 1e-5. What changes in the result?",
        (
            Choice(
                "It is twice as large.",
                "z is. But its mean and its standard deviation are twice as large too, and they "
                "are taken out.",
            ),
            Choice(
                "Next to nothing.",
                "Mean and standard deviation double along with z. Only eps notices: beside a "
                "variance of 4 it weighs less than beside one of 1.",
                right=True,
            ),
            Choice(
                "More units are cut off by ReLU.",
                "Which ones are cut is decided after batch norm, by z_norm, gamma and beta, and "
                "those hardly change.",
            ),
            Choice(
                "It is half as large.",
                "The standard deviation below the line doubles, but so does what stands above it.",
            ),
        ),
    ),
    Question(
        "last-mini-batch",
        "Your split_into_minibatches cuts 1,297 images into batches of 60, and the cost of each is "
        "a mean over its own images. How much does one image of the last batch count in an epoch, "
        "beside one of another batch?",
        (
            Choice(
                "As much: an epoch sees every image once.",
                "Each is seen once. But 1,297 is 21 times 60 and 37 more, and those 37 have a "
                "whole step to themselves.",
            ),
            Choice(
                "More.",
                "The last batch has 37 images, and each has 1/37 of a step where others have 1/60. "
                "Shuffled anew in every epoch, it is not always the same 37.",
                right=True,
            ),
            Choice(
                "Less.",
                "The batch is smaller, but its cost is a mean: fewer images share one step.",
            ),
        ),
    ),
    Question(
        "gradient-along-z-norm",
        "You give your normalize_backward a dz_norm that is z_norm itself: the cost would fall if "
        "all entries moved towards their mean. With a negligible eps, what comes back?",
        (
            Choice(
                "z_norm over the standard deviation.",
                "That is the direct path. The paths through mu and through the variance are still "
                "to be added.",
            ),
            Choice(
                "0",
                "The row can be squeezed as it likes: z_norm is stretched back to standard "
                "deviation 1. Squeezing z does not do what the cost asks for.",
                right=True,
            ),
            Choice(
                "z_norm times the standard deviation.",
                "A gradient that goes back through a division is divided, not multiplied. And "
                "nothing is left to be divided here.",
            ),
            Choice(
                "It depends on the batch.",
                "Its mean and deviation do, but they are what normalizing takes out.",
            ),
        ),
    ),
    Question(
        "healthy-curve",
        "You forget beta in the forward pass of network_gradients, but not its gradient, and train "
        "on the digits. What does the accuracy do?",
        (
            Choice(
                "It stays at 10 %.",
                "Most of the gradient is right still: W1 and W2 learn to read.",
            ),
            Choice(
                "It rises as it should, or nearly.",
                "It ends within a point or two of the right one. Many slips look like this in a "
                "curve; the numerical gradient and check see them at once.",
                right=True,
            ),
            Choice(
                "It rises, then falls to 10 %.",
                "Training does not use beta, and where the test images are read it is still too "
                "small to do much harm.",
            ),
            Choice(
                "Training stops with an error.",
                "All shapes are right, so nothing complains. That is what makes such slips last.",
            ),
        ),
    ),
    Question(
        "smaller-nudge",
        "Your numerical_gradient nudges by h = 1e-5. You call it with h = 1e-13 on the cost of a "
        "small batch, about 1 in size. What becomes of its error?",
        (
            Choice(
                "It falls by 8 digits.",
                "On paper it falls by 16, as h squared. But numbers have 16 digits only.",
            ),
            Choice(
                "It stays as it was.",
                "Two errors change: that of the formula falls, that of rounding grows.",
            ),
            Choice(
                "It grows by far.",
                "The two costs now agree in nearly all of their 16 digits. What is left of their "
                "difference is right to a digit or two: you divide rounding errors by 2e-13.",
                right=True,
            ),
            Choice(
                "It becomes exactly 0.",
                "The limit h to 0 is what the derivative is on paper, not in floating point.",
            ),
        ),
    ),
    Question(
        "gradient-sum",
        "dz is the gradient of the cost through batch norm, for one unit. What do you get when "
        "you add it up over the examples of the batch?",
        (
            Choice(
                "dbeta",
                "dbeta is the sum of the gradient after batch norm, dz_tilde. On the way back "
                "through mu that sum is taken out.",
            ),
            Choice(
                "0",
                "Adding one number to every z changes nothing after batch norm, so the cost "
                "cannot change in that direction, and the sum is the slope in that direction.",
                right=True,
            ),
            Choice(
                "The sum of dz_norm, divided by the standard deviation.",
                "That is what you get if you forget that mu depends on every z. Its path takes "
                "exactly this sum out again.",
            ),
            Choice(
                "It depends on the batch.",
                "Every single dz depends on the batch, but not their sum: it is the same for all "
                "batches.",
            ),
        ),
    ),
    Question(
        "constant-statistics",
        "A unit gives z - mean(z), with z = u + b. The loss would like its output to be larger. A "
        "backward pass takes mean(z) for a constant. What does gradient descent do?",
        (
            Choice(
                "It raises b until the loss is lowest.",
                "Raising b raises z and mean(z) alike, so the output is what it was. There is no "
                "lower loss to reach this way.",
            ),
            Choice(
                "It raises b for ever, and the loss stands still.",
                "Taken for a constant, mean(z) seems to stay behind, so every step sees the same "
                "slope and takes the same step. The output never moves.",
                right=True,
            ),
            Choice(
                "It leaves b alone.",
                "That is what the right gradient does, since dJ/db is 0. With mean(z) held "
                "constant, the sum of the gradients is not 0, and b follows it.",
            ),
            Choice(
                "It makes the loss grow.",
                "The loss depends on the output alone, and no b moves the output. It can neither "
                "fall nor grow.",
            ),
        ),
    ),
    Question(
        "plain-net-from-a-small-start",
        "With batch norm, this net reads 90 % of the test digits after some 30 steps. The same net "
        "without it starts from the same small weights, at its own best learning rate. What "
        "becomes of it?",
        (
            Choice(
                "It never gets beyond guessing.",
                "At first it looks so, on most seeds for over a hundred steps. Give it longer: it "
                "leaves the plateau and learns to read.",
            ),
            Choice(
                "It gets there, hundreds of steps later.",
                "Signal and gradient shrink in every sigmoid layer, so the first layer hardly "
                "moves to begin with, and the learning that follows takes its time too.",
                right=True,
            ),
            Choice(
                "It needs about twice as many steps.",
                "The wait is much longer: from this start the signal shrinks in every sigmoid "
                "layer.",
            ),
            Choice(
                "It is faster: there is less to learn.",
                "It has 300 parameters fewer, of 28,000. The number is not what decides here; the "
                "start is.",
            ),
        ),
    ),
    Question(
        "both-from-a-good-start",
        "Now both nets start well: wider weights, standardized pixels. How many times as many "
        "steps to 90 % does the net without batch norm need, each at its best learning rate?",
        (
            Choice(
                "Over 20 times, as before.",
                "Then batch norm's gain would have nothing to do with the start. Most of it has: "
                "the long wait was the start's fault.",
            ),
            Choice(
                "Two or three times.",
                "A good start repairs most of what batch norm repaired. Something remains.",
                right=True,
            ),
            Choice(
                "As many.",
                "With Adam it comes nearer to that, as you will see. With plain gradient descent "
                "something of the gain remains.",
            ),
            Choice(
                "Fewer.",
                "On some seeds that happens to a ReLU net, at a small learning rate. Not to this "
                "net at its best rate.",
            ),
        ),
    ),
    Question(
        "gamma-after-training",
        "Every gamma starts at 1. After 6 epochs, in which hidden layer have they moved furthest?",
        (
            Choice(
                "The first, next to the pixels.",
                "Its gammas hardly move: their median stays within a few hundredths of 1.",
            ),
            Choice(
                "The last, next to the classes.",
                "They grow to about 1.3. A wider spread takes the sigmoids further from their "
                "straight part.",
                right=True,
            ),
            Choice(
                "All alike.",
                "In the first two a typical gamma moves by a few hundredths at most, in the last "
                "by about 0.3.",
            ),
            Choice(
                "None: they stay at 1.",
                "They are learned like weights, and have a gradient like weights.",
            ),
        ),
    ),
    Question(
        "before-or-after",
        "The paper puts batch norm before the activation, on z. Many put it after, on a. Which net "
        "reads unseen digits better?",
        (
            Choice(
                "Before, clearly.",
                "The paper argues for it, and did not measure the other. Here the difference is "
                "smaller than the spread between seeds.",
            ),
            Choice(
                "After, clearly.",
                "It was measured so on ImageNet with a net like AlexNet. Here the difference is "
                "smaller than the spread between seeds.",
            ),
            Choice(
                "Too close to call.",
                "Each seed has its own split of the images, and the mean difference is a fraction "
                "of a percentage point; its sign changes with the length of training.",
                right=True,
            ),
            Choice(
                "After does not train at all.",
                "It trains just as well. At the start the next layer then gets normalized inputs.",
            ),
        ),
    ),
)
