"""PaddlePaddle: paddle.nn.BatchNorm1D, gradients by autograd."""

import paddle
from paddle import nn

VERSIONS = {"paddlepaddle": paddle.__version__}


class Net:
    def __init__(self, weights):
        self.depth = sum(name.startswith("W") for name in weights)
        self.linears, self.norms, layers = [], [], []
        for i in range(1, self.depth + 1):
            last = i == self.depth
            n_out, n_in = weights[f"W{i}"].shape
            linear = nn.Linear(n_in, n_out, bias_attr=None if last else False)
            linear.weight.set_value(weights[f"W{i}"].T)
            self.linears.append(linear)
            layers.append(linear)
            if last:
                linear.bias.set_value(weights[f"b{i}"][:, 0])
            else:
                norm = nn.BatchNorm1D(n_out)
                norm.weight.set_value(weights[f"gamma{i}"][:, 0])
                norm.bias.set_value(weights[f"beta{i}"][:, 0])
                self.norms.append(norm)
                layers += [norm, nn.Sigmoid()]
        self.model, self.loss = nn.Sequential(*layers), nn.CrossEntropyLoss()
        self.optimizer = paddle.optimizer.SGD(0.1, parameters=self.model.parameters())

    def batch(self, x, y):
        return paddle.to_tensor(x.T.copy()), paddle.to_tensor(y)

    def step(self, batch):
        x, y = batch
        self.model.train()
        self.optimizer.clear_grad()
        logits = self.model(x)
        cost = self.loss(logits, y)
        cost.backward()
        gradients = {f"W{i}": each.weight.grad.numpy().T for i, each in enumerate(self.linears, 1)}
        gradients[f"b{self.depth}"] = self.linears[-1].bias.grad.numpy()[:, None]
        for i, norm in enumerate(self.norms, 1):
            gradients[f"gamma{i}"] = norm.weight.grad.numpy()[:, None]
            gradients[f"beta{i}"] = norm.bias.grad.numpy()[:, None]
        return logits.numpy().T, float(cost), gradients

    def running(self):
        found = {}
        for i, norm in enumerate(self.norms, 1):
            found[f"mean{i}"] = norm._mean.numpy()[:, None]
            found[f"var{i}"] = norm._variance.numpy()[:, None]
        return found

    def infer(self, x):
        self.model.eval()
        with paddle.no_grad():
            return self.model(paddle.to_tensor(x.T.copy())).numpy().T

    def train(self, batch):
        x, y = batch
        self.model.train()
        cost = self.loss(self.model(x), y)
        self.optimizer.clear_grad()
        cost.backward()
        self.optimizer.step()
        return float(cost)


def minimize(learning_rate, steps):
    w = paddle.to_tensor(0.0, stop_gradient=False)
    optimizer = paddle.optimizer.SGD(learning_rate, parameters=[w])
    for _ in range(steps):
        cost = w**2 - 10 * w + 25
        optimizer.clear_grad()
        cost.backward()
        optimizer.step()
    return float(w)
