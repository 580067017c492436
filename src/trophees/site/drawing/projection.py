"""From longitude and latitude to a place on a flat map: Lambert-93 for mainland France, Mercator for an island."""

from __future__ import annotations

from math import asinh, atanh, cos, exp, log, radians, sin, sqrt, tan

# GRS 80, the ellipsoid of RGF93 (half the major axis, in metres; flattening)
_AXIS = 6_378_137.0
_FLATTENING = 1 / 298.257222101
_ECCENTRICITY = sqrt(_FLATTENING * (2 - _FLATTENING))

# Lambert-93 (EPSG:2154): parallels kept true to scale, origin, and the coordinates given to the origin
_PARALLELS = radians(44), radians(49)
_ORIGIN = radians(3), radians(46.5)
_FALSE = 700_000.0, 6_600_000.0


def _isometric(latitude: float) -> float:
    """The isometric latitude on the ellipsoid, for a latitude in radians."""
    return atanh(sin(latitude)) - _ECCENTRICITY * atanh(_ECCENTRICITY * sin(latitude))


def _parallel(latitude: float) -> float:
    """The radius of the parallel, in metres."""
    return _AXIS * cos(latitude) / sqrt(1 - (_ECCENTRICITY * sin(latitude)) ** 2)


_N = log(_parallel(_PARALLELS[0]) / _parallel(_PARALLELS[1])) / (_isometric(_PARALLELS[1]) - _isometric(_PARALLELS[0]))
_C = _parallel(_PARALLELS[0]) / _N * exp(_N * _isometric(_PARALLELS[0]))
_SOUTH = _C * exp(-_N * _isometric(_ORIGIN[1]))


def lambert93(longitude: float, latitude: float) -> tuple[float, float]:
    """Easting and northing in metres (EPSG:2154) of a place given in degrees: Lambert's conic with two parallels."""
    radius = _C * exp(-_N * _isometric(radians(latitude)))
    angle = _N * (radians(longitude) - _ORIGIN[0])
    return _FALSE[0] + radius * sin(angle), _FALSE[1] + _SOUTH - radius * cos(angle)


def mercator(longitude: float, latitude: float) -> tuple[float, float]:
    """Metres at the equator (spherical Mercator): true in shape, not in size; for one island at its own scale."""
    return _AXIS * radians(longitude), _AXIS * asinh(tan(radians(latitude)))


PROJECTIONS = {"lambert-93": lambert93, "mercator": mercator}
