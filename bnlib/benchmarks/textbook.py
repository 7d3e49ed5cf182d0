"""Batch norm, cross-entropy and a training step as textbooks print them, in plain NumPy.

Line by line the formulas of Ioffe and Szegedy 2015, algorithm 1 and section 3, and of the lecture:
no closed form, no work in place, one-hot labels, means by np.mean. It is what a reader would write
first, and what bnlib is measured against.
"""

from __future__ import annotations

import numpy as np

EPS, DECAY = 1e-5, 0.9


def batch_norm(z, gamma, beta):
    """z (n, m), gamma and beta (n, 1) -> z_tilde (n, m) and what the backward pass needs."""
    mu = np.mean(z, axis=1, keepdims=True)
    var = np.var(z, axis=1, keepdims=True)
    z_norm = (z - mu) / np.sqrt(var + EPS)
    return gamma * z_norm + beta, (z, z_norm, mu, var, gamma)


def batch_norm_backward(dz_tilde, cache):
    """dz_tilde (n, m) -> dz (n, m), dgamma and dbeta (n, 1): the paper's derivatives in turn."""
    z, z_norm, mu, var, gamma = cache
    m = z.shape[1]
    dz_norm = dz_tilde * gamma
    dvar = np.sum(dz_norm * (z - mu) * -0.5 * (var + EPS) ** -1.5, axis=1, keepdims=True)
    dmu = np.sum(-dz_norm / np.sqrt(var + EPS), axis=1, keepdims=True)
    dmu = dmu + dvar * np.sum(-2 * (z - mu), axis=1, keepdims=True) / m
    dz = dz_norm / np.sqrt(var + EPS) + dvar * 2 * (z - mu) / m + dmu / m
    dgamma = np.sum(dz_tilde * z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dz_tilde, axis=1, keepdims=True)
    return dz, dgamma, dbeta


def softmax_cross_entropy(z, y):
    """Logits z (C, m), labels y (m,) -> the mean cost and its gradient (C, m)."""
    one_hot = np.eye(z.shape[0], dtype=z.dtype)[:, y]
    shifted = z - np.max(z, axis=0, keepdims=True)
    p = np.exp(shifted) / np.sum(np.exp(shifted), axis=0, keepdims=True)
    cost = -np.mean(np.sum(one_hot * np.log(p), axis=0))
    return cost, (p - one_hot) / z.shape[1]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def relu(z):
    return np.where(z > 0, z, 0)


def relu_slope(z):
    return np.where(z > 0, 1, 0).astype(z.dtype)


ACTIVATIONS = {"sigmoid": (sigmoid, sigmoid_slope), "relu": (relu, relu_slope)}


class Network:
    """W, batch norm, activation in every hidden layer; then W and b.

    Args:
        parameters: W1, gamma1, beta1, ..., WL, bL, which are copied.
        activation: "sigmoid" or "relu".
        learning_rate: of plain gradient descent.
    """

    def __init__(self, parameters: dict, activation: str, learning_rate: float) -> None:
        self.parameters = {name: value.copy() for name, value in parameters.items()}
        self.depth = sum(name.startswith("W") for name in parameters)
        self.activation, self.slope = ACTIVATIONS[activation]
        self.learning_rate = learning_rate
        self.running = {}
        for number in range(1, self.depth):
            gamma = parameters[f"gamma{number}"]
            self.running[number] = np.zeros_like(gamma), np.ones_like(gamma)

    def train_step(self, x, y) -> float:
        """Forward, backward and update on x (n_0, m) and labels y (m,); the cost before it."""
        p, gradients = self.parameters, {}
        activations, z_tildes, caches = [x], {}, {}
        for number in range(1, self.depth):
            z = p[f"W{number}"] @ activations[-1]
            z_tildes[number], caches[number] = batch_norm(
                z, p[f"gamma{number}"], p[f"beta{number}"]
            )
            mean, var = self.running[number]
            _, _, mu, batch_var, _ = caches[number]
            self.running[number] = (
                DECAY * mean + (1 - DECAY) * mu,
                DECAY * var + (1 - DECAY) * batch_var,
            )
            activations.append(self.activation(z_tildes[number]))
        last = self.depth
        cost, dz = softmax_cross_entropy(p[f"W{last}"] @ activations[-1] + p[f"b{last}"], y)
        gradients[f"b{last}"] = np.sum(dz, axis=1, keepdims=True)
        for number in range(last, 0, -1):
            gradients[f"W{number}"] = dz @ activations[number - 1].T
            if number > 1:
                below = number - 1
                da = p[f"W{number}"].T @ dz
                dz_tilde = da * self.slope(z_tildes[below])
                dz, gradients[f"gamma{below}"], gradients[f"beta{below}"] = batch_norm_backward(
                    dz_tilde, caches[below]
                )
        for name, gradient in gradients.items():
            p[name] = p[name] - self.learning_rate * gradient
        return float(cost)
