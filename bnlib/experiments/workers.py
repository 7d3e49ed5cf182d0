"""Batch norm over four real processes with PyTorch: `run()`, or this file with `python -m`.

Every process holds a shard of one batch. They exchange each unit's mean, variance and count, and in
the backward pass two more sums. The reference is `torch.nn.BatchNorm1d` on the whole batch in one
process. `torch.nn.SyncBatchNorm` does the same on GPUs; on a CPU it raises an error.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from bnlib.datasets import load_digits
from bnlib.experiments import pooling

LIMIT = 120
"""Seconds, after which something is wrong with the machine's network settings."""

RECORDED = {"each its own": 0.3931280, "averaged": 0.2271908, "pooled": 2e-16, "gradient": 6e-17}
"""What `run` found with PyTorch 2.15.0 on Linux in November 2026."""


def run() -> tuple[dict[str, float] | None, str]:
    """Start the processes: the errors that they found, and in words where these come from.

    The errors are those of `pooling.errors`, and that of the "gradient"; None where PyTorch is not
    installed, or its processes failed.
    """
    if importlib.util.find_spec("torch") is None:
        return None, "PyTorch is not installed here"
    root = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bnlib.experiments.workers"],
            env={**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=True,
        )
    except subprocess.SubprocessError as error:
        last = (str(getattr(error, "stderr", None) or error)).strip().splitlines()[-1]
        return None, f"PyTorch's processes failed here ({last})"
    found = json.loads(done.stdout.splitlines()[-1])
    return found["errors"], f"PyTorch {found['version']}, four processes, just now"


def batch() -> tuple[np.ndarray, np.ndarray]:
    """z (10, 64), sorted by class, and a made-up gradient dz_norm of the same shape."""
    digits = load_digits()
    z = pooling.batch_of_digits(digits.x_train, digits.y_train, seed=0, by_class=True)
    return z, np.random.default_rng(1).standard_normal(z.shape)


def work(rank: int, folder: str) -> None:
    """One process: its shard of z_norm in every way, and of the gradient dz, into a file."""
    import torch
    from torch import distributed

    torch.set_num_threads(1)
    distributed.init_process_group(
        "gloo",
        init_method=Path(folder, "meeting-point").as_uri(),
        rank=rank,
        world_size=len(pooling.SHARDS),
    )
    z, dz_norm = (torch.from_numpy(pooling.split(array)[rank]) for array in batch())
    mine = torch.cat([*own_statistics(z), torch.full((len(z), 1), float(z.shape[1]))], dim=1)
    everyones = [torch.empty_like(mine) for _ in pooling.SHARDS]
    distributed.all_gather(everyones, mine)
    mean, var, size = torch.stack(everyones).unsqueeze(-1).unbind(dim=2)  # each (workers, n, 1)

    mu = (size * mean).sum(0) / size.sum(0)
    pooled = mu, (size * (var + (mean - mu) ** 2)).sum(0) / size.sum(0)
    used = {"each its own": own_statistics(z), "averaged": (mean.mean(0), var.mean(0))}
    z_norm = {
        way: (z - mu) / torch.sqrt(var + pooling.EPS)
        for way, (mu, var) in {**used, "pooled": pooled}.items()
    }

    # batch_norm_backward, with its two sums taken over all workers
    sums = torch.stack([dz_norm.sum(1), (dz_norm * z_norm["pooled"]).sum(1)])
    distributed.all_reduce(sums)
    shared = (sums[0][:, None] + z_norm["pooled"] * sums[1][:, None]) / size.sum(0)
    dz = (dz_norm - shared) / torch.sqrt(pooled[1] + pooling.EPS)
    np.savez(Path(folder, f"{rank}.npz"), gradient=dz, **z_norm)
    distributed.destroy_process_group()


def own_statistics(z):
    """Mean and biased variance of a tensor (n, m), each (n, 1)."""
    return z.mean(1, keepdim=True), z.var(1, correction=0, keepdim=True)


def main() -> None:
    """Run four processes, and print how far they are from one process with the whole batch."""
    import torch
    from torch import multiprocessing

    # Gloo asks the network for this machine's name otherwise, which not every machine has
    loopback = {"linux": "lo", "darwin": "lo0"}.get(sys.platform)
    if loopback:
        os.environ.setdefault("GLOO_SOCKET_IFNAME", loopback)
    # A forked process need not import PyTorch again; elsewhere than on Linux that is not safe
    start = "fork" if sys.platform == "linux" else "spawn"
    with tempfile.TemporaryDirectory() as folder:
        multiprocessing.start_processes(
            work, (folder,), nprocs=len(pooling.SHARDS), start_method=start
        )
        shards = [np.load(Path(folder, f"{rank}.npz")) for rank in range(len(pooling.SHARDS))]
        found = {name: np.hstack([shard[name] for shard in shards]) for name in shards[0].files}

    z, dz_norm = batch()
    whole = torch.from_numpy(z).T.requires_grad_()  # PyTorch has an example a row
    layer = torch.nn.BatchNorm1d(len(z), eps=pooling.EPS, affine=False).double()
    z_norm = layer(whole)
    z_norm.backward(torch.from_numpy(dz_norm).T)
    expected = z_norm.detach().numpy().T
    errors: dict[str, float] = {way: rms(found[way] - expected) for way in pooling.WAYS}
    errors["gradient"] = rms(found["gradient"] - whole.grad.numpy().T)
    print(json.dumps({"errors": errors, "version": torch.__version__.split("+")[0]}))


def rms(difference: np.ndarray) -> float:
    """The root mean square."""
    return float(np.sqrt(np.mean(difference**2)))


if __name__ == "__main__":
    main()
