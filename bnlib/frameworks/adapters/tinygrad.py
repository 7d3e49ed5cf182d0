"""tinygrad: tinygrad.nn.BatchNorm, lazily built and compiled with clang."""

from importlib.metadata import version

from tinygrad import Context, Tensor, TinyJit, nn

VERSIONS = {"tinygrad": version("tinygrad")}


class Net:
    def __init__(self, weights):
        self.depth = sum(name.startswith("W") for name in weights)
        self.linears, self.norms = [], []
        for i in range(1, self.depth + 1):
            last = i == self.depth
            n_out, n_in = weights[f"W{i}"].shape
            linear = nn.Linear(n_in, n_out, bias=last)
            linear.weight.assign(Tensor(weights[f"W{i}"])).realize()
            self.linears.append(linear)
            if last:
                linear.bias.assign(Tensor(weights[f"b{i}"][:, 0])).realize()
            else:
                norm = nn.BatchNorm(n_out)
                norm.weight.assign(Tensor(weights[f"gamma{i}"][:, 0])).realize()
                norm.bias.assign(Tensor(weights[f"beta{i}"][:, 0])).realize()
                self.norms.append(norm)
        self.optimizer = nn.optim.SGD(nn.state.get_parameters((self.linears, self.norms)), 0.1)
        self.jitted = TinyJit(self.descend)

    def forward(self, a):
        for linear, norm in zip(self.linears, self.norms):
            a = norm(linear(a)).sigmoid()
        return self.linears[-1](a)

    def batch(self, x, y):
        return Tensor(x.T.copy()).realize(), Tensor(y).realize()

    def step(self, batch):
        x, y = batch
        with Context(TRAINING=1):
            self.optimizer.zero_grad()
            logits = self.forward(x)
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
        return self.forward(Tensor(x.T.copy())).numpy().T

    def descend(self, x, y):
        self.optimizer.zero_grad()
        cost = self.forward(x).sparse_categorical_crossentropy(y).backward()
        return cost.realize(*self.optimizer.schedule_step())

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
