"""The training laboratory: two small networks learn while the reader watches."""

from collections.abc import Mapping, Sequence
from functools import partial
from math import isfinite
from statistics import fmean

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.figures.race import Course, race_chart
from explorer.locale import paragraph
from explorer.text.numbers import decimal, percent
from explorer.training.lessons import EXAMINED_LAG
from explorer.training.setting import Setting
from explorer.training.trainer import Update
from explorer.web.kit.errors import sentence
from explorer.web.kit.figure import show_altair
from explorer.web.kit.fragments import run_alone
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.kit.job import Job
from explorer.web.kit.session_jobs import watch
from explorer.web.kit.views import NEEDED
from explorer.web.pages.deep.laboratory_controls import Asked
from explorer.web.pages.deep.laboratory_job import Race, begin, kept
from explorer.web.pages.deep.trained_network import show_network

_LOOK_S = 2.0
_LAST = 20
"""Updates over which the loss that is said is averaged."""


def show_laboratory(frame: Frame, asked: Asked, anew: bool, place: DeltaGenerator) -> None:
    """The runs asked for, begun where there are none yet or where ``anew``.

    Args:
        frame: The page's frame.
        asked: What is asked for.
        anew: Whether to begin them again.
        place: Where they are shown, above the controls.
    """
    with place:
        _show_runs(frame, asked, anew)


def _show_runs(frame: Frame, asked: Asked, anew: bool) -> None:
    job = kept()
    if anew or job is None:
        job = begin(asked)
    elif job.result.asked != asked:
        st.info(
            _("The settings have changed since these runs: start again to see the effect."),
            icon=":material/tune:",
        )
    if job.ended:
        _show(frame, job)
    else:
        watch(
            job,
            _say_progress,
            stop=_("Stop and keep what was learned"),
            draw=partial(_draw, frame),
        )
    race = job.result
    network = partial(show_network, of=race)
    run_alone(frame, network, name=NEEDED, every=None if job.ended else _LOOK_S)


def _say_progress(race: Race) -> None:
    """How far the runs are."""
    done = min(run.trainer.step if not run.done else race.asked.updates for run in race.runs)
    said = _("Update {done} of {updates}").format(done=done, updates=race.asked.updates)
    st.progress(min(1.0, done / race.asked.updates), text=said)


def _show(frame: Frame, job: Job[Race]) -> None:
    race = job.outcome()
    if job.stopped and not all(run.done for run in race.runs):
        done = max(len(run.updates) for run in race.runs)
        st.caption(_("Stopped after {done} updates.").format(done=done))
    _draw(frame, race)


def _draw(frame: Frame, race: Race) -> None:
    """What every run came to, then loss and gradient as lines."""
    for number, column in enumerate(st.columns(len(race.runs), gap="large")):
        with column:
            _say(race, number)
    updates = [tuple(run.updates) for run in race.runs]  # they grow in another thread
    losses = [[update.loss for update in made] for made in updates]
    norms = [[update.norm for update in made] for made in updates]
    left, right = st.columns(2, gap="large")
    with left:
        axis = _("loss, nats per character") if race.guessing else _("loss, nats")
        _chart(frame, race, losses, name="loss", axis=axis, marks=_guesses(race))
    with right:
        axis = _("norm of the gradient before clipping")
        _chart(frame, race, norms, name="gradient", axis=axis, marks=_clips(race))
    st.caption(
        _(
            "Loss and gradient norm of each update, on its own minibatch. A loss beyond the "
            "scale is drawn at the upper edge; a cross marks where a run diverged."
        )
    )


def _say(race: Race, number: int) -> None:
    """One run in words."""
    run = race.runs[number]
    made = tuple(run.updates)
    st.markdown(f"**{_name(number)}** · {_described(run.setting)}")
    if made:
        loss = _("Loss **{loss}** nats (mean of the last updates) after {count} updates.").format(
            loss=decimal(_loss(made), 3), count=len(made)
        )
        st.markdown(paragraph(loss, _learned(race, number)) if race.learned else loss)
    if run.diverged is not None:
        st.warning(sentence(run.diverged), icon=":material/cancel:")
    elif run.done and race.guessing and _loss(made) > race.guessing.uniform:
        said = _(
            "The run diverged: its loss is above {nothing} nats, that of knowing nothing. Try a "
            "lower learning rate or a smaller clipping norm."
        )
        st.warning(said.format(nothing=f"{race.guessing.uniform:.3g}"), icon=":material/cancel:")


def _loss(made: Sequence[Update]) -> float:
    return fmean(update.loss for update in made[-_LAST:])


def _learned(race: Race, number: int) -> str:
    value = race.learned[number]
    if not isfinite(value):
        return ""
    if race.guessing is None:
        return _("At lag {lag}, {share} of its answers are right.").format(
            lag=EXAMINED_LAG, share=percent(value)
        )
    return _("Held out: {loss} nats per character.").format(loss=f"{value:.4g}")


def _chart(
    frame: Frame,
    race: Race,
    values: Sequence[Sequence[float]],
    *,
    name: str,
    axis: str,
    marks: Mapping[str, float],
) -> None:
    courses = [
        Course(_name(number), series, run.diverged is not None)
        for number, (series, run) in enumerate(zip(values, race.runs, strict=True))
    ]
    chart = race_chart(
        courses,
        updates=race.asked.updates,
        x=_("update"),
        y=axis,
        marks=marks,
        logarithmic=name == "gradient",
        ended=_("diverged"),
    )
    show_altair(frame, chart, name)


def _guesses(race: Race) -> dict[str, float]:
    """What guessing costs, to be got below."""
    if race.guessing is None:
        return {}
    return {
        _("knowing nothing"): race.guessing.uniform,
        _("guessing by character frequency"): race.guessing.frequency,
        _("guessing by the previous character"): race.guessing.pair,
    }


def _clips(race: Race) -> dict[str, float]:
    """The norms to clip at."""
    norms = {run.setting.clip for run in race.runs if run.setting.clip is not None}
    return {_("clipping norm {norm}").format(norm=f"{norm:g}"): norm for norm in sorted(norms)}


def _name(number: int) -> str:
    return _("Run {number}").format(number=number + 1)


def _described(setting: Setting) -> str:
    clip = _("no clipping")
    if setting.clip is not None:
        clip = _("clipping norm {norm}").format(norm=f"{setting.clip:g}")
    return _("{cell}, {layers} × {units} units, learning rate {rate}, {clip}").format(
        cell=setting.cell.upper(),
        layers=setting.layers,
        units=setting.units,
        rate=f"{setting.rate:g}",
        clip=clip,
    )
