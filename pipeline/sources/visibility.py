"""Takes out of a page what its reader cannot see, so that no hidden text is ever quoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NEVER_SHOWN = ("script", "style", "noscript", "template", "object", "iframe", "svg", "canvas", "select", "datalist")
_INLINE = frozenset({"a", "abbr", "b", "em", "i", "small", "span", "strong", "sub", "sup"})
_DECORATION_LENGTH = 12
"""An aria-hidden inline element this short is a drop cap or a symbol beside its spoken text, and is seen."""

# Names that the common style sheets (Bootstrap, WordPress, HTML5 Boilerplate) give to what is not shown or only spoken.
_HIDDEN_CLASSES = frozenset(
    {"hidden", "hide", "is-hidden", "d-none", "visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text"}
    | {"element-invisible", "u-hidden", "noscript"}
)

_ZERO = re.compile(r"^[+-]?0*\.?0*(?:px|em|rem|pt|%|vh|vw)?$")
_TINY_FONT = re.compile(r"^(?:0*\.?0*(?:px|em|rem|pt|%|vh|vw)?|0*1px|0?\.\d+px)$")
_FAR_OFF = re.compile(r"^-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|%|vw|vh)?$")
_WHITE = frozenset({"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)", "hsl(0,0%,100%)"})


def prune_unseen(tree: HtmlElement) -> None:
    """Remove every element from `tree`, in place, that the page itself marks as not shown.

    These are: scripts, styles, noscript and templates; the `hidden` attribute and `aria-hidden`; a closed `dialog`;
    inline styles for no display, no visibility, no size, a place far outside the screen, and text in the colour of its
    background; and the class names by which the common style sheets hide. The text that follows an element stays.
    """
    for element in list(tree.iter(*_NEVER_SHOWN)):
        _drop(element)
    for element in list(tree.iter()):
        if element.tag in ("html", "body") or not isinstance(element.tag, str):
            continue
        if element.get("aria-hidden", "").lower() == "true":
            if _is_decoration(element):
                del element.attrib["aria-hidden"]
            else:
                _drop(element)
        elif _is_hidden(element):
            _drop(element)


def _is_hidden(element: HtmlElement) -> bool:
    attributes = element.attrib
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return True
    if element.tag == "dialog" and "open" not in attributes:
        return True
    if not _HIDDEN_CLASSES.isdisjoint(attributes.get("class", "").lower().split()):
        return True
    style = _declarations(attributes.get("style", ""))
    return bool(style) and (_has_no_room(element, style) or _has_colour_of_ground(element, style))


def _has_no_room(element: HtmlElement, style: dict[str, str]) -> bool:
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if _TINY_FONT.match(style.get("font-size", "x")):
        return not any("font-size" in inner.get("style", "").lower() for inner in element.iterdescendants("*"))
    if style.get("overflow") in ("hidden", "clip"):
        sizes = (style.get(size, "x") for size in ("height", "max-height", "width", "max-width"))
        if any(_ZERO.match(size) for size in sizes):
            return True
    if style.get("position") in ("absolute", "fixed"):
        places = (style.get(side, "x") for side in ("left", "top", "right"))
        if style.get("clip", "").startswith("rect(0") or any(_FAR_OFF.match(place) for place in places):
            return True
    return bool(_FAR_OFF.match(style.get("text-indent", "x")))


def _has_colour_of_ground(element: HtmlElement, style: dict[str, str]) -> bool:
    colour = _plain_colour(style.get("color", ""))
    return bool(colour) and (colour == "transparent" or colour == _ground(element))


def _ground(element: HtmlElement) -> str:
    """The background that the element or the nearest one around it declares; a page that declares none is white."""
    for around in (element, *element.iterancestors()):
        style = _declarations(around.get("style", ""))
        ground = style.get("background-color") or style.get("background") or around.get("bgcolor", "")
        if ground and ground not in ("none", "transparent", "inherit", "initial", "unset"):
            return _plain_colour(ground)
    return "white"


def _plain_colour(value: str) -> str:
    colour = re.sub(r"\s*,\s*", ",", value.strip())
    colour = colour if "(" in colour else colour.partition(" ")[0]
    return "white" if colour in _WHITE else colour


def _declarations(style: str) -> dict[str, str]:
    pairs = (declaration.partition(":") for declaration in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, colon, value in pairs if colon}


def _is_decoration(element: HtmlElement) -> bool:
    return element.tag in _INLINE and len(element.text_content()) <= _DECORATION_LENGTH


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
