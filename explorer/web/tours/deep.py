"""9.3: layers at different speeds, what training several takes, and whether it pays."""

from explorer.locale import N_
from explorer.web.tours.tour import Mark, Question, Stop, Tour

_LIVES = Question(
    N_(
        "A unit's half-life is the time after which half of what it held is gone. In which layer "
        "does the typical unit forget soonest on this text?"
    ),
    "deep:lives",
    ("model", "text"),
    (),
    N_("What is nearest to the characters follows them; what stands above can take its time."),
)
_CONVERGED = Question(
    N_(
        "One layer and three layers were each trained with the same learning rates, clipping and "
        "seeds. Which converged more often?"
    ),
    "deep:converged",
    (),
    (N_("one layer"), N_("about equally often"), N_("three layers")),
    N_("More layers are a longer way for the gradient, so fewer settings work."),
)
_THREE = Question(
    N_(
        "On text that neither has read: do three layers predict better than one layer with about "
        "the same number of weights?"
    ),
    "deep:three",
    (),
    (N_("clearly better"), N_("no difference that can be told"), N_("clearly worse")),
    N_("Depth is not worth anything by itself; it has to be worth what it costs to train."),
)

DEEP = Tour(
    "deep",
    (
        Stop(
            N_(
                "Three LSTMs on top of each other read one text. Each state is made from two "
                "others: that of its own layer one step earlier, and that of the layer below at "
                "the same step. Click a state, and follow the bold arrows back."
            ),
            "deep",
            {},
            Mark(N_("the layers and their steps"), "layers"),
        ),
        Stop(
            N_(
                "The number on each state is now how much it changed from the step before. Compare "
                "the rows. The lowest layer has to react to every character; what do the others do?"
            ),
            "deep",
            {"node": "change", "colour": "hidden"},
            Mark(N_("the layers and their steps"), "layers"),
            _LIVES,
        ),
        Stop(
            N_(
                "Every tick is a unit, the diamond is the layer's median. Look at the scale, which "
                "is logarithmic. Type a text of your own, and see whether the order stays."
            ),
            "deep",
            {"show": "memory"},
            Mark(N_("the half-life of every unit"), "figure.half-life.whole"),
        ),
        Stop(
            N_(
                "Deep networks have to be trained, and that is harder. Two small networks learn "
                "here while you watch, one layer against three. Which one leaves the plateau "
                "first? A click on an example above starts another race."
            ),
            "deep",
            {"show": "training"},
            Mark(N_("the loss of both runs"), "figure.loss.whole"),
            _CONVERGED,
        ),
        Stop(
            N_(
                "The same was done many times beforehand, over a grid of learning rates and "
                "clipping norms. Each cell is a setting, each ✔ a run that converged. Where do "
                "three layers still learn?"
            ),
            "deep",
            {"show": "claims", "claim": "convergence"},
            Mark(N_("what became of the runs"), "figure.convergence.whole"),
            _THREE,
        ),
        Stop(
            N_(
                "The claim, and what was measured. A verdict is given by the numbers alone, and "
                "another text or another size might give another. Unfold the method to see what "
                "exactly was compared."
            ),
            "deep",
            {"show": "claims", "claim": "three-layers"},
            Mark(N_("the claim and its verdict"), "verdict"),
        ),
    ),
)
