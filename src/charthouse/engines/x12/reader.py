"""The streaming tokenizer: bytes in, segments out, delimiters from every ISA; damage becomes faults, never raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from charthouse.engines.x12.fault import Report, X12Fault
from charthouse.engines.x12.segment import Delimiters, Segment

CHUNK = 65_536
# An ISA is 106 characters; what lies this close to the end of a chunk waits, so a header is never judged by half.
_HOLD_BACK = 400
_LONGEST_SEGMENT = 200_000
# Not \s: partners do part with the control characters 1C to 1F, which Python counts as blanks.
_ISA = re.compile(r"ISA([^\w \t\r\n])\w{2}\1.{0,15}?\1\w{2}\1.{0,15}?\1\w{2}\1", re.DOTALL)
_ISA_WIDTHS = (3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
_WIDEST_BELIEVABLE = 30
_LINE_ENDS = "\r\n"


def read_segments(source: bytes | BinaryIO, report: Report) -> Iterator[Segment]:
    """Yield every segment of every interchange in order; faults go to `report`; memory stays flat."""
    stream = BytesIO(source) if isinstance(source, bytes | bytearray) else source
    return _Tokenizer(stream, report).run()


class _Tokenizer:
    """Holds one buffer and the delimiters of the interchange it stands in (none: looking for the next ISA)."""

    def __init__(self, stream: BinaryIO, report: Report) -> None:
        self._stream = stream
        self._report = report
        self._buffer = ""
        self._ended = False
        self._position = 0
        self._delimiters: Delimiters | None = None
        self._skipped_text = False

    def run(self) -> Iterator[Segment]:
        while not self._ended:
            self._fill()
            while (ready := self._next_stretch()) is not None:
                yield from ready
        if self._position == 0:
            self._fault("x12.isa.absent", "There is no ISA segment, so this is not an X12 interchange.", "ISA")

    def _fill(self) -> None:
        chunk = self._stream.read(CHUNK)
        self._ended = not chunk
        # Latin-1 maps bytes one to one, so a chunk may end inside a UTF-8 character; _decoded puts that right.
        self._buffer += chunk.decode("latin-1")

    def _next_stretch(self) -> Iterator[Segment] | None:
        """The next run of segments under one set of delimiters; None when more input is needed."""
        safe_end = len(self._buffer) if self._ended else len(self._buffer) - _HOLD_BACK
        if safe_end <= 0:
            return None
        header = _ISA.search(self._buffer)
        if header and header.start() == 0:
            return self._open_interchange(header)
        if self._delimiters is None:
            return self._skip_to(header.start() if header else max(safe_end, 0))
        if header and header.start() < safe_end:
            return self._split(header.start(), is_last=True)
        return self._split(safe_end, is_last=self._ended)

    def _open_interchange(self, header: re.Match[str]) -> Iterator[Segment]:
        """Take the ISA by counting separators, not columns: a wrong width must not spoil the delimiters."""
        mark = header[1]
        self._position += 1
        fields = self._buffer[:_HOLD_BACK].split(mark, 16)
        if len(fields) < 17 or len(fields[16]) < 2 or max(map(len, fields[:16])) > _WIDEST_BELIEVABLE:
            return self._leave_interchange("The ISA segment is cut short; reading goes on at the next ISA.")
        component, terminator = fields[16][0], fields[16][1]
        fields[16] = component
        repetition = "" if fields[11].isalnum() or len(fields[11]) != 1 else fields[11]
        delimiters = Delimiters(mark, component, repetition, terminator)
        if len(set(delimiters.all)) != len(delimiters.all) or any(sign.isalnum() for sign in delimiters.all):
            return self._leave_interchange("The ISA declares delimiters that cannot be told apart from data.")
        self._delimiters, self._skipped_text = delimiters, False
        self._buffer = self._buffer[len(mark.join(fields)) + 1 :]
        self._check_widths(fields)
        return iter((Segment(self._position, fields, delimiters),))

    def _leave_interchange(self, sentence: str) -> Iterator[Segment]:
        self._fault("x12.isa.damaged", sentence, "ISA")
        self._buffer = self._buffer[3:]
        self._delimiters, self._skipped_text = None, True
        return iter(())

    def _check_widths(self, fields: list[str]) -> None:
        for number, (text, width) in enumerate(zip(fields, _ISA_WIDTHS, strict=True)):
            if len(text) != width:
                sentence = f"ISA{number:02d} has {len(text)} characters and needs {width}."
                self._fault("x12.isa.width", sentence, "ISA", number, text)

    def _skip_to(self, end: int) -> Iterator[Segment] | None:
        skipped, self._buffer = self._buffer[:end], self._buffer[end:]
        if skipped.strip() and not self._skipped_text:
            self._skipped_text = True
            self._fault("x12.isa.text-before", "Text stands where an ISA segment was expected; it was left out.", "ISA")
        return iter(()) if self._buffer and end else None

    def _split(self, end: int, *, is_last: bool) -> Iterator[Segment] | None:
        """Cut the buffer into segments up to `end`; the piece without a terminator waits, or is a fault if last."""
        delimiters = self._delimiters or Delimiters()
        stretch, rest = self._buffer[:end], self._buffer[end:]
        if not is_last:
            cut = stretch.rfind(delimiters.terminator) + 1
            if not cut:
                return self._give_up_if_endless()
            stretch, rest = stretch[:cut], stretch[cut:] + rest
        self._buffer = rest
        pieces = stretch.split(delimiters.terminator)
        tail = pieces.pop()
        return self._segments(pieces, tail, delimiters)

    def _segments(self, pieces: list[str], tail: str, delimiters: Delimiters) -> Iterator[Segment]:
        mark, empty_run = delimiters.element, False
        for piece in pieces:
            text = piece.strip(_LINE_ENDS)
            if not text:
                if not empty_run:
                    self._fault(
                        "x12.segment.empty", "A terminator follows a terminator; the empty segment is left out."
                    )
                empty_run = True
                continue
            empty_run = False
            self._position += 1
            yield Segment(self._position, (text if text.isascii() else _decoded(text)).split(mark), delimiters)
        if tail.strip():
            self._position += 1
            elements = _decoded(tail.strip(_LINE_ENDS)).split(mark)
            self._fault("x12.segment.unterminated", "The last segment has no terminator.", elements[0][:3])
            yield Segment(self._position, elements, delimiters)

    def _give_up_if_endless(self) -> Iterator[Segment] | None:
        if len(self._buffer) > _LONGEST_SEGMENT:
            self._position += 1
            self._fault("x12.segment.endless", "No segment terminator for too long; reading goes on at the next ISA.")
            self._delimiters = None
            self._skipped_text = True
            return iter(())
        return None

    def _fault(self, rule: str, sentence: str, segment: str = "", element: int = 0, value: str = "") -> None:
        position = max(self._position, 1)
        self._report(X12Fault(1, rule, sentence, position, segment, element, value=value))


def _decoded(text: str) -> str:
    """UTF-8 where the bytes are UTF-8, Latin-1 otherwise."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return text
