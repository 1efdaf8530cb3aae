"""Closed classes of words that tell whether a sentence goes on over a break. Pure data."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Function words that leave their clause open. Single characters count only when the segmenter keeps them apart, so
# that 高地, 以及, 大会, 获得 do not.
OPEN_WORDS = _words(
    """
    的 地 得 着 和 与 及 或 在 把 被 对 从 向 往 为 以 将 于 并 而 且 但 由 给 让
    使 令 跟 按 据 至 是 这 那 该 其 每 各 某 之 也 都 就 还 又 再 更 最 很 已 正
    曾 仍 则 却 均 皆 因 若 如 虽 既 即 所 不 未 没 以及 并且 而且 但是 不仅 不但 因为
    由于 为了 关于 对于 通过 根据 按照 随着 作为 如果 虽然 同时 其中 此外 及其 包括 成为
    属于 位于 达到 超过 来自 围绕 依托 这个 那个 一个 一些 我们的 他们的 正在 已经 仍然 可以
    能够 应当 必须 需要
    """
)


# What a new sentence hardly begins with: the predicate or the tail of the one before.
RARE_OPENINGS = _words(
    """
    的 地 得 了 着 过 等 也 都 就 还 已 均 并 而 则 却 是 将 可 可以 能够 能 会 应
    应当 之 后 前 中 里 上 下 内 外 间 等等 以及 和 与 及 或 进行 表示 认为 指出 介绍
    说 强调 要求 告诉 开展 达 达到 共 约 近 余 多 以上 以下 左右 之一 之间 成为 正在 已经
    """
)
