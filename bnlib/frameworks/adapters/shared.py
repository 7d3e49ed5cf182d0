"""What several adapters need; imported by its name, as adapters are run by their path."""


def layer_sizes(weights):
    """[n_0, ..., n_L] of W1, ..., WL, each (n_out, n_in)."""
    depth = sum(name.startswith("W") for name in weights)
    return [weights["W1"].shape[1], *(len(weights[f"W{i}"]) for i in range(1, depth + 1))]
