"""Quantities as siunitx has them, in signs: "5 GHz" of `\\SI{5}{\\giga\\hertz}` (manual, sections 3.3 and 4).

What is raised and has no sign of its own stands in "^{...}".
"""

from __future__ import annotations

import re

from fedbib.text.regex import regex

_PREFIXES = {
    "quecto": "q", "ronto": "r", "yocto": "y", "zepto": "z", "atto": "a", "femto": "f", "pico": "p", "nano": "n",
    "micro": "µ", "milli": "m", "centi": "c", "deci": "d", "deca": "da", "deka": "da", "hecto": "h", "kilo": "k",
    "mega": "M", "giga": "G", "tera": "T", "peta": "P", "exa": "E", "zetta": "Z", "yotta": "Y", "ronna": "R",
    "quetta": "Q", "kibi": "Ki", "mebi": "Mi", "gibi": "Gi", "tebi": "Ti",
}  # fmt: skip
_UNITS = {
    "ampere": "A", "candela": "cd", "kelvin": "K", "kilogram": "kg", "gram": "g", "metre": "m", "meter": "m",
    "mole": "mol", "second": "s", "becquerel": "Bq", "degreeCelsius": "°C", "celsius": "°C", "coulomb": "C",
    "farad": "F", "gray": "Gy", "henry": "H", "hertz": "Hz", "joule": "J", "katal": "kat", "lumen": "lm", "lux": "lx",
    "newton": "N", "ohm": "Ω", "pascal": "Pa", "radian": "rad", "siemens": "S", "sievert": "Sv", "steradian": "sr",
    "tesla": "T", "volt": "V", "watt": "W", "weber": "Wb", "day": "d", "degree": "°", "hectare": "ha", "hour": "h",
    "litre": "l", "liter": "L", "minute": "min", "tonne": "t", "electronvolt": "eV", "dalton": "Da", "bel": "B",
    "decibel": "dB", "neper": "Np", "percent": "%", "bit": "bit", "byte": "B", "angstrom": "Å", "bar": "bar",
    "barn": "b", "astronomicalunit": "au", "parsec": "pc",
    "nm": "nm", "um": "µm", "mm": "mm", "cm": "cm", "km": "km", "kg": "kg", "mg": "mg", "ug": "µg", "g": "g",
    "Hz": "Hz", "kHz": "kHz", "MHz": "MHz", "GHz": "GHz", "THz": "THz", "eV": "eV", "keV": "keV", "MeV": "MeV",
    "GeV": "GeV", "TeV": "TeV", "ms": "ms", "us": "µs", "ns": "ns", "s": "s", "m": "m", "K": "K", "V": "V", "W": "W",
    "kW": "kW", "MW": "MW", "dB": "dB", "Pa": "Pa", "kPa": "kPa", "MPa": "MPa", "GPa": "GPa", "T": "T",
}  # fmt: skip
_POWERS = {"squared": "²", "cubed": "³"}
_BEFORE = {"square": "²", "cubic": "³"}
_TOKEN = regex(r"\\([A-Za-z]+)|\^\{?(-?\d+)\}?|([.~\s])|([^\\.~\s^]+)")


def unit(tex: str) -> str:
    """The unit in signs, "" for one with a macro that siunitx does not define."""
    out, prefix, power, sign = "", "", "", ""
    for macro, raised, between, letters in _TOKEN.findall(tex):
        if macro in _PREFIXES:
            prefix = _PREFIXES[macro]
        elif macro in _BEFORE:
            power = _BEFORE[macro]
        elif macro in _POWERS or raised:
            out += _POWERS.get(macro, "") or _power(raised)
        elif macro == "per":
            sign = "/"
        elif between:
            sign = sign or (" " if out else "")
        elif macro and macro not in _UNITS:
            return ""
        else:
            out += (sign or (" " if out else "")) + prefix
            out += (_UNITS[macro] if macro else letters) + power
            prefix = power = sign = ""
    return out


def _power(raised: str) -> str:
    return {"2": "²", "3": "³"}.get(raised, f"^{{{raised}}}")


def number(tex: str) -> str:
    """A number as it is printed: "3 × 10^{8}" of "3e8"."""
    base, e, exponent = re.sub(r"(?<=\d)[eEdD](?=[+-]?\d)", "e", tex.strip()).partition("e")
    base = base.replace("+-", " ± ").replace("\\pm", " ± ")
    return f"{base} × 10^{{{exponent.lstrip('+')}}}" if e else base


def quantity(value: str, tex: str) -> str:
    """A number with its unit, "" for a unit that is not known."""
    signs = unit(tex)
    return signs and number(value) + ("" if signs in ("°", "%") else " ") + signs
