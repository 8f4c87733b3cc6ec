"""Read a QR code from a screenshot, as a phone would, if nothing is damaged: no error is ever corrected here."""

import io
from collections.abc import Iterator
from itertools import zip_longest

from PIL import Image, ImageOps
from segno import consts

Matrix = list[list[bool]]
FORMAT_PLACES = [*((8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8)), *((row, 8) for row in (7, 5, 4, 3, 2, 1, 0))]
FORMAT_MASK = 0b101010000010010
LEVELS = {0b00: "m", 0b01: "l", 0b10: "h", 0b11: "q"}
MASKS = [
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
]


def read(png: bytes) -> str:
    """The text in the picture of a QR code with its quiet zone, whose outer half may lie under a neighbour."""
    image = Image.open(io.BytesIO(png)).convert("L")
    modules = _modules(ImageOps.crop(image, round(image.width * 0.035)))
    shape = _number(modules[row][column] for row, column in FORMAT_PLACES) ^ FORMAT_MASK
    level, mask, version = LEVELS[shape >> 13], shape >> 10 & 7, (len(modules) - 17) // 4
    codewords = _codewords(modules, version, mask)
    return _text(_data(codewords, version, level), version)


def _modules(image: Image.Image) -> Matrix:
    """True is dark. The upper left finder is seven modules wide: that gives the size of one."""
    left, top, right, bottom = image.point(lambda grey: 255 if grey < 128 else 0).getbbox() or (0, 0, 1, 1)
    finder = next(run for run in range(right - left) if image.getpixel((left + run, top)) >= 128)
    count = 17 + 4 * round(((right - left) * 7 / finder - 17) / 4)
    step_x, step_y = (right - left) / count, (bottom - top) / count
    return [
        [image.getpixel((int(left + (x + 0.5) * step_x), int(top + (y + 0.5) * step_y))) < 128 for x in range(count)]
        for y in range(count)
    ]


def _codewords(modules: Matrix, version: int, mask: int) -> list[int]:
    """Upwards and downwards in double columns from the right, around everything that is no data."""
    frame = _frame(len(modules), version)
    ways = (place for place in _zigzag(len(modules)) if place not in frame)
    bits = [modules[row][column] != MASKS[mask](row, column) for row, column in ways]
    return [_number(bits[start : start + 8]) for start in range(0, len(bits) - 7, 8)]


def _frame(count: int, version: int) -> set[tuple[int, int]]:
    """Where no data stands: finders with formats, timing, alignment, version."""
    corners = _block(0, 9, 0, 9) | _block(count - 8, count, 0, 9) | _block(0, 9, count - 8, count)
    timing = _block(6, 7, 0, count) | _block(0, count, 6, 7)
    centres = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    aligned = [(row, column) for row in centres for column in centres if (row, column) not in corners]
    patterns = [_block(row - 2, row + 3, column - 2, column + 3) for row, column in aligned]
    told = [_block(0, 6, count - 11, count - 8), _block(count - 11, count - 8, 0, 6)] if version > 6 else []
    return corners.union(timing, *patterns, *told)


def _block(top: int, bottom: int, left: int, right: int) -> set[tuple[int, int]]:
    return {(row, column) for row in range(top, bottom) for column in range(left, right)}


def _zigzag(count: int) -> Iterator[tuple[int, int]]:
    upwards = True
    for right in [*range(count - 1, 6, -2), 5, 3, 1]:
        for row in reversed(range(count)) if upwards else range(count):
            yield from ((row, right), (row, right - 1))
        upwards = not upwards


def _data(codewords: list[int], version: int, level: str) -> list[int]:
    """The blocks are dealt out like cards, one codeword each; the shorter ones stop earlier."""
    kinds = consts.ECC[version][consts.ERROR_MAPPING[level.upper()]]
    sizes = [kind.num_data for kind in kinds for _ in range(kind.num_blocks)]
    blocks: list[list[int]] = [[] for _ in sizes]
    rounds = zip_longest(*([index] * size for index, size in enumerate(sizes)))
    order = [index for dealt in rounds for index in dealt if index is not None]
    for index, codeword in zip(order, codewords, strict=False):
        blocks[index].append(codeword)
    return [codeword for block in blocks for codeword in block]


def _text(data: list[int], version: int) -> str:
    bits = "".join(f"{codeword:08b}" for codeword in data)
    assert bits[:4] == "0100", "not in byte mode"
    begin = 12 if version < 10 else 20
    length = int(bits[4:begin], 2)
    return bytes(int(bits[at : at + 8], 2) for at in range(begin, begin + 8 * length, 8)).decode()


def _number(bits: Iterator[bool] | list[bool]) -> int:
    return int("".join("1" if bit else "0" for bit in bits), 2)
