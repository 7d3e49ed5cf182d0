"""Questions of notebook 5, softmax."""

from bnlib.widgets.questions.question import Choice, Question

QUESTIONS = (
    Question(
        "logits-to-probability",
        "The output layer gives z = [5, 2, -1, 3] for other, cat, dog, chick. How probable is "
        "class 0, other?",
        (
            Choice(
                "5 out of 9, or 0.56: its share of the sum.",
                "A share of the sum would give the dog -1 / 9, and no probability is below 0. "
                "That is why the exponential comes first.",
            ),
            Choice(
                "0.84",
                "exp(5) = 148.4 of a total of 176.3. Its logit is only 2 above the next one, but "
                "exp turns a lead of 2 into a factor of 7.4.",
                right=True,
            ),
            Choice(
                "1, because 5 is the largest.",
                "That is hardmax: all for the largest. Softmax leaves the others something.",
            ),
        ),
    ),
    Question(
        "adding-a-constant",
        "You add 100 to all four logits. What happens to the probability of class 0?",
        (
            Choice(
                "It goes to 1: exp(105) is enormous.",
                "So are the other three exponentials: all four grow by the same factor, exp(100), "
                "and the sum does, too.",
            ),
            Choice(
                "It goes to 1/4: next to 100, the differences hardly count.",
                "So it would, if shares were taken of the logits. Exponentials turn differences "
                "into ratios, and the differences are the same as before.",
            ),
            Choice(
                "Nothing.",
                "exp(z + 100) = exp(z) exp(100): the factor stands above and below the line, and "
                "cancels.",
                right=True,
            ),
        ),
    ),
    Question(
        "two-logits",
        "Two classes, logits z0 = -1 and z1 = 2. Which sigmoid is the probability of class 1?",
        (
            Choice(
                "sigmoid(2): its own logit.",
                "It cannot be: the other logit counts as much. Were z0 = 2 as well, the "
                "probability would be 1/2.",
            ),
            Choice(
                "sigmoid(3): the difference.",
                "Only differences count, so you may add 1 to both: exp(3) / "
                "(exp(3) + exp(0)), which is sigmoid(3).",
                right=True,
            ),
            Choice(
                "sigmoid(1): the sum.",
                "Adding a constant to both logits would change the sum, and must not change the "
                "probability.",
            ),
        ),
    ),
    Question(
        "loss-of-a-guess",
        "A network for the ten digits has learned nothing yet: it gives every class 1/10. What is "
        "its cost?",
        (
            Choice(
                "0.1",
                "That is the probability of the true class. The loss is minus its logarithm.",
            ),
            Choice(
                "0.9",
                "That is how much probability is in the wrong place. The loss counts it "
                "otherwise: minus the logarithm of what is in the right place.",
            ),
            Choice(
                "2.30",
                "-log(1/10) = log 10. If a fresh network starts far above log C, its first logits "
                "differ too much: a check worth making every time.",
                right=True,
            ),
            Choice(
                "It depends on the labels.",
                "Not here: whichever class is the true one, it got 1/10.",
            ),
        ),
    ),
    Question(
        "the-other-probabilities",
        "You raise the logit of class 0 a little. What do the other three probabilities do?",
        (
            Choice(
                "Nothing: each one has a logit of its own.",
                "Each also has the same sum below the line, and that sum contains exp(z_0).",
            ),
            Choice(
                "All three fall by the same amount.",
                "They fall by the same factor. So the likely ones fall by more.",
            ),
            Choice(
                "All three fall, each in proportion to itself.",
                "The sum below the line grows, and divides them all: each p_i falls at the rate "
                "p_i times p_0.",
                right=True,
            ),
        ),
    ),
    Question(
        "diagonal-only",
        "A network with 2 hidden layers and batch norm is trained with y_hat (1 - y_hat) as the "
        "derivative of softmax. What becomes of it?",
        (
            Choice(
                "It learns as well as ever: the true class's part is right.",
                "That part is right, and all others are missing. No example asks for a lower logit "
                "of a wrong class.",
            ),
            Choice(
                "It learns nothing at all.",
                "It learns at first, and gets about nine of ten right. Each class's logit does "
                "rise for its own images.",
            ),
            Choice(
                "It learns at first, and then gets worse than before.",
                "Each example pushes a logit up, and none pushes one down. In the run below a "
                "logit passes a million; in all that were recorded the accuracy ends below 20 %.",
                right=True,
            ),
        ),
    ),
    Question(
        "loss-of-a-gap-of-200",
        "In float32 the logits are 200 for a cat and 0 for a dog, and it is a dog. What does "
        "-np.log(softmax(z)) give for the dog?",
        (
            Choice(
                "200",
                "That is the right loss, and what comes out of the logits. The probability, "
                "exp(-200), is below the smallest float32 number above 0.",
            ),
            Choice(
                "Infinity",
                "exp(-200) is about 1e-87 and rounds to 0 in float32, whose smallest number above "
                "0 is 1.4e-45. And log(0) is minus infinity.",
                right=True,
            ),
            Choice(
                "About 103, the -log of the smallest float32 above 0.",
                "A probability far below the smallest number above 0 does not stop there: it "
                "rounds to 0.",
            ),
        ),
    ),
    Question(
        "cut-off-loss",
        "The true class's probability is 1e-9, and a loss counts it as 1e-7: it stands still at "
        "16.1. What is the gradient of that loss with respect to the logits?",
        (
            Choice(
                "The usual one, y_hat - y: about -1 for the true class.",
                "That is the gradient of the loss without the cut-off, which Caffe and Paddle hand "
                "back all the same. A loss that does not change when the logit moves a little has "
                "another one.",
            ),
            Choice(
                "Exactly 0.",
                "Move the logit a little: the probability is below 1e-7 before and after, so the "
                "loss is the same.",
                right=True,
            ),
            Choice(
                "Infinity.",
                "Through log(0) the loss would be infinite, and its gradient NaN. The cut-off "
                "avoids both.",
            ),
        ),
    ),
    Question(
        "linear-digits",
        "A softmax layer straight on the 64 pixels, with no hidden layer, trained until the cost "
        "hardly falls any more: how many of the test images does it get right?",
        (
            Choice(
                "About 94 %, as after those nine epochs.",
                "That was a short training. Trained until the cost hardly falls any more, the "
                "same layer does better.",
            ),
            Choice(
                "About 97 %.",
                "484 of 500. Before you praise a network, see what a linear classifier does.",
                right=True,
            ),
            Choice(
                "About 99 %.",
                "That is more than two hidden layers with batch norm reach on average, below.",
            ),
        ),
    ),
    Question(
        "label-smoothing",
        "You train on labels of 0.91 for the true class and 0.01 for each other one. On test "
        "images, what will change most?",
        (
            Choice(
                "Accuracy: it rises.",
                "By a fifth of a point here, one image a split. That is what it is used for.",
            ),
            Choice(
                "Accuracy: it falls, since the labels are wrong.",
                "They are, a little, but the true class is still the largest in each.",
            ),
            Choice(
                "Confidence: it falls far below the accuracy.",
                "Its labels say 0.91, and it says less than that on average, while it goes on "
                "being right as often as before.",
                right=True,
            ),
        ),
    ),
)
