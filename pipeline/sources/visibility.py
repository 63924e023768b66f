"""Takes out of a page what its reader cannot see, so that no hidden text is ever quoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NEVER_SHOWN = (
    *("script", "style", "noscript", "noframes", "noembed", "template", "object", "iframe", "svg", "canvas", "select"),
    "datalist",
)
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
Colour: TypeAlias = tuple[int, int, int]
_WHITE = (255, 255, 255)
_NAMED_COLOURS = {"white": _WHITE, "snow": (255, 250, 250), "ivory": (255, 255, 240), "black": (0, 0, 0)}
_ALIKE = 24
"""Two colours whose red, green and blue differ by no more are one to the eye: the least that WCAG calls readable, a
contrast of 3 to 1, is a difference of over 100."""

_HEXADECIMAL = re.compile(r"#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b")
_RGB = re.compile(r"rgba?\(\s*([\d.]+%?)[\s,]+([\d.]+%?)[\s,]+([\d.]+%?)\s*(?:[,/]\s*(?:1|100%)(?:\.0*)?\s*)?\)")
_WHITE_HSL = re.compile(r"hsla?\(\s*[\d.]+(?:deg)?[\s,]+[\d.]+%[\s,]+100%")

_LONGEST_SHEET = 500_000
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CONDITIONAL = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_NAME = re.compile(r"[.#][A-Za-z_][\w-]*")
_PAGE_SHARE = 0.3
"""A style sheet that hides more of the page's text than this waits for a script to show it: that is the article."""


def prune_unseen(tree: HtmlElement) -> None:
    """Remove every element from `tree`, in place, that the page itself marks as not shown.

    These are: scripts, styles, noscript and templates; the `hidden` attribute and `aria-hidden`; a closed `dialog`;
    inline styles for no display, no visibility, no size, a place far outside the screen, and text in the colour of its
    background; what the page's own style sheet gives no display, by a class or an id; and the class names by which the
    common style sheets hide. The text that follows an element stays.
    """
    hidden_names = _hidden_by_sheet(tree)
    most = _PAGE_SHARE * len(tree.text_content()) if hidden_names else 0
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
        elif _is_hidden(element) or (
            hidden_names and not hidden_names.isdisjoint(_names(element)) and len(element.text_content()) < most
        ):
            _drop(element)


def _hidden_by_sheet(tree: HtmlElement) -> frozenset[str]:
    """The classes (`.name`) and ids (`#name`) to which the page's own style sheets give no display or visibility.

    Only rules that always hold and select by one name count; the last word on a name is believed.
    """
    shown: dict[str, bool] = {}
    for sheet in tree.iter("style"):
        rules = _CONDITIONAL.sub("", _COMMENT.sub("", (sheet.text or "")[:_LONGEST_SHEET]))
        for selectors, style in _RULE.findall(rules):
            declarations = _declarations(style)
            if "display" in declarations or "visibility" in declarations:
                hides = declarations.get("display") == "none" or declarations.get("visibility") == "hidden"
                shown |= {name.strip(): not hides for name in selectors.split(",") if _NAME.fullmatch(name.strip())}
    return frozenset(name for name, is_shown in shown.items() if not is_shown)


def _names(element: HtmlElement) -> list[str]:
    return [f"#{element.get('id', '')}", *(f".{name}" for name in element.get("class", "").split())]


def _is_hidden(element: HtmlElement) -> bool:
    attributes = element.attrib
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return True
    if element.tag == "dialog" and "open" not in attributes:
        return True
    if not _HIDDEN_CLASSES.isdisjoint(attributes.get("class", "").lower().split()):
        return True
    style = _declarations(attributes.get("style", ""))
    if "color" in attributes and element.tag == "font":
        style.setdefault("color", attributes["color"].lower())
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
    colour = _colour(style.get("color", ""))
    if colour is None:
        return style.get("color") == "transparent"
    ground = _ground(element)
    return ground is not None and all(abs(one - other) <= _ALIKE for one, other in zip(colour, ground, strict=True))


def _ground(element: HtmlElement) -> Colour | None:
    """The background that the element or the nearest one around it declares; a page that declares none is white.

    None when it is not a plain colour.
    """
    for around in (element, *element.iterancestors()):
        style = _declarations(around.get("style", ""))
        ground = style.get("background-color") or style.get("background") or around.get("bgcolor", "").lower()
        if ground and ground not in ("none", "transparent", "inherit", "initial", "unset"):
            return _colour(ground)
    return _WHITE


def _colour(value: str) -> Colour | None:
    """Red, green and blue of a colour as CSS writes it, 0 to 255; None for what is none, or can be seen through."""
    value = value.strip()
    if digits := _HEXADECIMAL.match(value):
        wide = digits[1] if len(digits[1]) > 4 else "".join(2 * digit for digit in digits[1])
        return (int(wide[:2], 16), int(wide[2:4], 16), int(wide[4:6], 16))
    if found := _RGB.match(value):
        parts = [round(float(part.rstrip("%")) * (2.55 if part.endswith("%") else 1)) for part in found.groups()]
        return (parts[0], parts[1], parts[2])
    if _WHITE_HSL.match(value):
        return _WHITE
    return _NAMED_COLOURS.get(value.partition(" ")[0])


def _declarations(style: str) -> dict[str, str]:
    pairs = (declaration.partition(":") for declaration in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, colon, value in pairs if colon}


def _is_decoration(element: HtmlElement) -> bool:
    return element.tag in _INLINE and len(element.text_content()) <= _DECORATION_LENGTH


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
