"""Gatescope: ``streamlit run app.py``. The start page is pages/start.py."""

from explorer.web import frame

frame.navigate()
