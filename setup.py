"""Puts what stands beside the package in a checkout inside it: ``explorer/_app`` in a wheel.

So an installed app finds its pages, settings and models (explorer/shipped_files.py), and nothing
called ``app`` or ``pages`` lands among other people's packages. All else is in pyproject.toml.
"""

from setuptools import find_packages, setup

setup(
    script_name="setup.py",  # by this name the build knows that it is no module of the app
    packages=[*find_packages(include=["explorer", "explorer.*"]), "explorer._app"],
    package_dir={"explorer._app": "."},
    package_data={
        "explorer": ["py.typed", "locale/*/LC_MESSAGES/*.po", "**/*.js", "**/*.css"],
        "explorer.seq2seq": ["*.tsv"],
        "explorer.text": ["*.txt", "*.tsv"],
        "explorer._app": ["pages/*.py", ".streamlit/*.toml", "pretrained/**/*"],
    },
)
