"""9.1: a symbol is written, held and read out; a unit that counts the line."""

from explorer.locale import N_
from explorer.web.tours.tour import Mark, Question, Stop, Tour

#: Found by `python -m explorer opening`; the start page shows the same text.
_WRITTEN = {"model": "gru-recall", "text": "!Cdahbfegcadhbfcagehdbacfhge?", "unit": "7"}
_KEY = "1"  # the step of the letter
#: As wide as the lines of the novel that the page's first model has read. The page begins with the
#: unit that is named first: the one that follows the place in the line.
_LINES = (
    "The old clock on the wall had stopped long before we came into the\n"
    "room, and nobody had thought of winding it again. We sat down beside\n"
    "the fire, and for a while there was no sound but that of the rain upon\n"
    "the windows and of the wind in the trees.\n"
)
_STRIP = Mark(N_("the coloured text"), "strip")

_KEPT = Question(
    N_(
        "From the letter to “?”, every character of noise multiplies the state by the update gate. "
        "How large must the gate be each time, so that half of the state is left at the end?"
    ),
    "gru:kept",
    ("model", "text", "unit"),
    (N_("0.8 is enough"), N_("0.9 is enough"), N_("more than 0.9")),
    N_("Small losses multiply: only a gate very close to 1 keeps a state over many steps."),
)
_UNWRITTEN = Question(
    N_(
        "Suppose that every update gate stays at 1 at the one step where the letter is read. What "
        "will the GRU answer at the end?"
    ),
    "gru:unwritten",
    ("model", "text"),
    (N_("the same as before"), N_("something else")),
    N_("Where the gate keeps the old state, the character has not happened."),
)
_LINE_END = Question(
    N_(
        "Hold this one unit at its mean, so that it no longer counts. By how much will the "
        "network's surprise at a line end grow?"
    ),
    "gru:line_end",
    ("model", "text", "unit"),
    (
        N_("hardly: less than half a bit"),
        N_("half a bit to two bits"),
        N_("more than two bits"),
    ),
    N_("The more it costs, the more the network relied on this unit to know when a line is full."),
)

GRU = Tour(
    "gru",
    (
        Stop(
            N_(
                "A network reads character by character, with nothing but its state to remember "
                "by. Here it must keep the capital letter after “!” through a lot of noise, until "
                "“?” asks for it. Watch: the letter is written, held, and read out."
            ),
            "start",
            {},
            Mark(N_("two texts that differ in one letter"), "texts"),
        ),
        Stop(
            N_(
                "This is the same text, and one of the units that hold the letter. A plain network "
                "would mix every new character into its state, and the letter would fade. A GRU "
                "decides, unit by unit and step by step, whether to write."
            ),
            "gru",
            {**_WRITTEN, "colour": "reset", "step": "0"},
            _STRIP,
            _KEPT,
        ),
        Stop(
            N_(
                "Now the colour is the update gate. Where it is strong, what is there is kept; "
                "only where the state is to be overwritten does it fade. Move along the text and "
                "compare."
            ),
            "gru",
            {**_WRITTEN, "step": _KEY},
            _STRIP,
        ),
        Stop(
            N_(
                "Here is the step at which the letter comes in. Follow the wires: the candidate is "
                "what could be written, the update gate decides how much of it is. Play the cell, "
                "and see the old state go and the new one come."
            ),
            "gru",
            {**_WRITTEN, "step": _KEY},
            Mark(N_("the cell"), "cell"),
            _UNWRITTEN,
        ),
        Stop(
            N_(
                "This is the experiment: the update gates are held at 1 while the letter is read. "
                "The bars compare what is answered at the end, as it is and with the change. Take "
                "the change away, or move it to another step."
            ),
            "gru",
            {
                **_WRITTEN,
                "step": "28",
                "show": "what-if",
                "change": f"update~1~s{_KEY}",
            },
            Mark(N_("the answer, before and after"), "figure.what-if-guesses.whole"),
        ),
        Stop(
            N_(
                "Nobody tells a unit what to do. This one, of a GRU that has read a novel, has "
                "learned to count how far along the line it is. Its colour changes step by step "
                "from the beginning of a line to its end, and turns back at every line end, ⏎."
            ),
            "gru",
            {"text": _LINES, "show": "lines"},
            _STRIP,
            _LINE_END,
        ),
        Stop(
            N_(
                "The same is measured on stories that it has never read: this unit is held, and "
                "every character is read again. Without its counter the network goes on as if the "
                "line were never full, and each real line end comes as a surprise. How large a one "
                "depends on the text: the card says what it was in the novel."
            ),
            "gru",
            {"text": _LINES, "show": "unit", "held": "story"},
            Mark(N_("what it costs to hold the unit"), "unit.held"),
        ),
    ),
)
