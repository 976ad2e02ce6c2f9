"""Colours and shapes of what is no quantity: groups of sentences, and the reader's own.

Every group has a shape too (plotly's names), for no eye tells eight colours apart for certain.
"""

#: Groups without an order, in the order of a legend: hues of Okabe and Ito's palette for
#: colour-blind readers (2008).
CATEGORIES = (
    ("#0072B2", "circle"),
    ("#E69F00", "square"),
    ("#009E73", "diamond"),
    ("#D55E00", "triangle-up"),
    ("#56B4E9", "cross"),
    ("#CC79A7", "x"),
    ("#8A6FDF", "triangle-down"),
    ("#7F7F7F", "pentagon"),
)
#: What has an order, from its low end to its high one: lightness rises with it.
ORDERED = (
    ("#3B528B", "circle"),
    ("#21918C", "square"),
    ("#5EC962", "diamond"),
    ("#E0C000", "triangle-up"),
)
#: The reader's own sentences among others: the first and the second.
OWN = (("#E5177B", "star"), ("#9B6BFF", "star-diamond"))
