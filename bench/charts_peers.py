"""The peers' pictures of bench_charts, each library in a process of its own (no Django here)."""

import io
import json
import sys

from bench.bench_charts import SERIES, measured, quarters


def with_pygal() -> list[list[str]]:
    import pygal

    def drawn(chart: "pygal.Graph", round_: int, count: int) -> str:
        rows = quarters(round_)
        chart.x_labels = [name for name, _ in rows]
        for at, name in enumerate(SERIES[:count]):
            chart.add(name, [parts[at] for _, parts in rows])
        return str(chart.render(is_unicode=True))

    return [
        measured("pygal, stacked bars", lambda at: drawn(pygal.HorizontalStackedBar(width=480), at, 5)),
        measured("pygal, lines", lambda at: drawn(pygal.Line(width=480), at, 4)),
    ]


def with_matplotlib() -> list[list[str]]:
    import matplotlib

    matplotlib.use("svg")
    from matplotlib.figure import Figure

    def finished(figure: "Figure") -> str:
        figure.legend()
        file = io.StringIO()
        figure.savefig(file, format="svg")
        return file.getvalue()

    def stacked(round_: int) -> str:
        figure = Figure(figsize=(5, 5))
        axes, rows = figure.subplots(), quarters(round_)
        names, left = [name for name, _ in rows], [0] * len(rows)
        for at, name in enumerate(SERIES):
            parts = [values[at] for _, values in rows]
            axes.barh(names, parts, left=left, label=name)
            left = [one + part for one, part in zip(left, parts, strict=True)]
        return finished(figure)

    def lines(round_: int) -> str:
        figure = Figure(figsize=(5, 3))
        axes, rows = figure.subplots(), quarters(round_)
        for at, name in enumerate(SERIES[:4]):
            axes.plot([one for one, _ in rows], [parts[at] for _, parts in rows], label=name)
        return finished(figure)

    return [measured("matplotlib, stacked bars", stacked), measured("matplotlib, lines", lines)]


if __name__ == "__main__":
    print(json.dumps({"pygal": with_pygal, "matplotlib": with_matplotlib}[sys.argv[1]]()))
