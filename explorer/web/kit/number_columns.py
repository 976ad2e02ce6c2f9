"""How the numbers of a table are written: with the same digits all the way down."""

from collections.abc import Mapping

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig


def columns_of(digits: Mapping[str, int]) -> dict[str, ColumnConfig | str | None]:
    """What ``st.dataframe`` is told of the columns that hold decimals.

    Args:
        digits: Column → digits behind its point.
    """
    return {name: st.column_config.NumberColumn(format=f"%.{of}f") for name, of in digits.items()}
