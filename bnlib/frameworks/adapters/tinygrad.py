"""tinygrad: tinygrad.nn.BatchNorm, lazily built and compiled with clang."""

from importlib.metadata import version
from itertools import pairwise

from shared import layer_sizes
from tinygrad import Context, Tensor, TinyJit, nn

VERSIONS = {"tinygrad": version("tinygrad")}


class Model:
    def __init__(self, sizes):
        self.linears = [nn.Linear(n_in, n_out, bias=False) for n_in, n_out in pairwise(sizes[:-1])]
        self.linears.append(nn.Linear(*sizes[-2:]))
        self.norms = [nn.BatchNorm(n_out) for n_out in sizes[1:-1]]

    def __call__(self, a):
        for linear, norm in zip(self.linears, self.norms):
            a = norm(linear(a)).sigmoid()
        return self.linears[-1](a)


def training(model):
    optimizer = nn.optim.SGD(nn.state.get_parameters(model), 0.1)

    @TinyJit
    def train_step(x, y):
        optimizer.zero_grad()
        cost = model(x).sparse_categorical_crossentropy(y).backward()
        return cost.realize(*optimizer.schedule_step())

    return optimizer, train_step


class Net:
    def __init__(self, weights):
        self.model = Model(layer_sizes(weights))
        self.linears, self.norms = self.model.linears, self.model.norms
        self.depth = len(self.linears)
        for i, linear in enumerate(self.linears, 1):
            linear.weight.assign(Tensor(weights[f"W{i}"])).realize()
        self.linears[-1].bias.assign(Tensor(weights[f"b{self.depth}"][:, 0])).realize()
        for i, norm in enumerate(self.norms, 1):
            norm.weight.assign(Tensor(weights[f"gamma{i}"][:, 0])).realize()
            norm.bias.assign(Tensor(weights[f"beta{i}"][:, 0])).realize()
        self.optimizer, self.jitted = training(self.model)

    def batch(self, x, y):
        return Tensor(x.T.copy()).realize(), Tensor(y).realize()

    def step(self, batch):
        x, y = batch
        with Context(TRAINING=1):
            self.optimizer.zero_grad()
            logits = self.model(x)
            cost = logits.sparse_categorical_crossentropy(y).backward()
        gradients = {f"W{i}": each.weight.grad.numpy() for i, each in enumerate(self.linears, 1)}
        gradients[f"b{self.depth}"] = self.linears[-1].bias.grad.numpy()[:, None]
        for i, norm in enumerate(self.norms, 1):
            gradients[f"gamma{i}"] = norm.weight.grad.numpy()[:, None]
            gradients[f"beta{i}"] = norm.bias.grad.numpy()[:, None]
        return logits.numpy().T, cost.item(), gradients

    def running(self):
        found = {}
        for i, norm in enumerate(self.norms, 1):
            found[f"mean{i}"] = norm.running_mean.numpy()[:, None]
            found[f"var{i}"] = norm.running_var.numpy()[:, None]
        return found

    def infer(self, x):
        return self.model(Tensor(x.T.copy())).numpy().T

    def train(self, batch):
        with Context(TRAINING=1):
            return self.jitted(*batch).item()


def minimize(learning_rate, steps):
    w = Tensor([0.0]).is_param_()
    optimizer = nn.optim.SGD([w], learning_rate)
    with Context(TRAINING=1):
        for _ in range(steps):
            optimizer.zero_grad()
            (w**2 - 10 * w + 25).sum().backward()
            optimizer.step()
    return w.item()
