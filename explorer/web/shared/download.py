"""The trace and the figures as files."""

from collections.abc import Callable

import streamlit as st

from explorer.recurrence.export import to_bytes
from explorer.web.kit.figure import choose_picture
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _
from explorer.web.shared.layer_values import Traced

_FORMATS = {
    ".csv": ("CSV", "text/csv"),
    ".parquet": ("Parquet", "application/vnd.apache.parquet"),
    ".nc": ("netCDF", "application/x-netcdf"),
}


def show_download(frame: Frame, traced: Traced, model_name: str) -> None:
    """Buttons that write the trace when they are pressed."""
    st.markdown(
        _("The whole trace of this text: every quantity of every unit and layer at every step.")
    )
    with st.container(horizontal=True):
        for ending, (label, mime) in _FORMATS.items():
            st.download_button(
                label,
                data=_writer(traced, ending),
                file_name=f"{model_name}-trace{ending}",
                mime=mime,
                key=frame.address.key(f"download{ending}"),
                on_click="ignore",
            )
    st.markdown(
        _("Each figure has its own buttons; the camera button on a heatmap saves it as a picture.")
    )
    choose_picture(frame)


def _writer(traced: Traced, ending: str) -> Callable[[], bytes]:
    return lambda: to_bytes(traced.trace, ending)
